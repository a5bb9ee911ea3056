# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values of a document as people write them, by what their field is."""

from decimal import Decimal, InvalidOperation

from .. import words
from ..document import day_of

_YES = {"es": ("sí", "no"), "en": ("yes", "no")}
_NONE = {"es": "ninguno", "en": "none"}
#: units that say no more than the kind
_PLAIN = ("points", "money", "integer", "number", "percent")


def default_of(field):
    """Return the value that a field has where the document says nothing."""
    return field.get("default")


def number(value, lang):
    """Return a number of a document, or the text itself when it is none."""
    try:
        return words.number(format(Decimal(str(value)).normalize(), "f"), lang)
    except InvalidOperation:
        return str(value)


def say(field, value, lang):
    """Return the value of a field as text for a sentence."""
    kind = field["kind"]
    if value is None or value == [] or value == {}:
        return _NONE[lang]
    if kind in ("choice", "ordered", "flag", "day"):
        return _SAID[kind](field, value, lang)
    if kind == "percent":
        return f"{number(value, lang)} %"
    if kind in ("points", "money", "integer", "decimal", "number"):
        unit = field.get("unit")
        return number(value, lang) + (f" {unit}" if unit and unit not in _PLAIN else "")
    if kind == "names":
        return value.get(lang) or value.get("es", "") if isinstance(value, dict) else str(value)
    return anything(value, lang)


def anything(value, lang):
    """Return any structure as text."""
    if isinstance(value, bool):
        return _YES[lang][0 if value else 1]
    if isinstance(value, dict):
        return ", ".join(f"{key}: {anything(item, lang)}" for key, item in value.items())
    if isinstance(value, list):
        plain = [anything(item, lang) for item in value]
        mark = "; " if any(isinstance(item, (dict, list)) for item in value) else " · "
        return mark.join(plain)
    return number(value, lang) if isinstance(value, (int, float, Decimal)) else str(value)


def _label(field, value, lang):
    texts = field.get("options", {}).get(value)
    return texts[0 if lang == "es" else 1] if texts else str(value)


def _day(field, value, lang):
    try:
        return words.day(day_of(value), lang)
    except ValueError:
        return str(value)


_SAID = {
    "choice": _label,
    "ordered": lambda field, value, lang: " › ".join(_label(field, one, lang) for one in value),
    "flag": lambda field, value, lang: _YES[lang][0 if value is True else 1],
    "day": _day,
}
