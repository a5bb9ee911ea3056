# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values of a document as people write them, by what their field is."""

from decimal import Decimal, InvalidOperation

from ..kernel import codes
from ..kernel.text import _
from ..plan.document import day_of
from ..telling import rule_words, words
from ..telling.codes import figure_text
from ..telling.language import name_in, tell
from .parts import is_said, said_parts

_YES, _NO = _("yes"), _("no")
_NONE = _("none")
_LEVEL = _("level")
_OR = _("or else")
_AND = _("and")
_LEAST = _("at least")
_PACKAGE = _("holding the package")
_IN_TERM = _("in term")
_TITLE = _("having reached the rank")
#: units that say no more than the kind
_PLAIN = ("points", "money", "integer", "number", "percent", "factor", "", None)


def value_text(field, value, lang, data=None):
    """Return the value of a field as text for a sentence.

    :param data: the document, which names what codes stand for
    """
    kind = field["kind"]
    if "none" in field and not is_said(field, value):
        return tell(field["none"], lang)
    if value is None or value in ([], {}):
        return tell(_NONE, lang)
    if kind in _SAID:
        return _SAID[kind](field, value, lang, data)
    if kind == "percent":
        return f"{number(value, lang)} %"
    if kind in ("points", "money", "integer", "decimal", "factor"):
        unit = field.get("unit")
        if kind == "money" and (unit in _PLAIN or unit == "company currency"):
            of = "company" if unit == "company currency" else "base"
            unit = ((data or {}).get("currency") or {}).get(of)
        return number(value, lang, "" if unit in _PLAIN else unit)
    return anything(value, lang)


def statement(field, value, lang, data=None):
    """Return a parameter with its value as a sentence, the rule's own if it has one."""
    said, phrase = value_text(field, value, lang, data), ""
    if field.get("rule") and is_said(field, value):
        phrase = rule_words.of(field["rule"]).phrase(field["key"], lang)
    return phrase.format(said) if phrase else f"{tell(field['label'], lang)}: {said}"


def number(value, lang, unit=""):
    """Return a number of a document with its unit, or the text itself when it is none."""
    try:
        return words.counted(format(Decimal(str(value)), "f"), unit, lang)
    except InvalidOperation:
        return str(value)


def anything(value, lang):
    """Return any structure as text."""
    if isinstance(value, bool):
        return tell(_YES if value else _NO, lang)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {anything(item, lang)}" for key, item in value.items())
    if isinstance(value, list):
        plain = [anything(item, lang) for item in value]
        mark = "; " if any(isinstance(item, (dict, list)) for item in value) else " · "
        return mark.join(plain)
    return number(value, lang) if isinstance(value, (int, float, Decimal)) else str(value)


def name_of(section, code, lang, data):
    """Return what an entry of a section is called; its code if it has no name."""
    entries = (data or {}).get(section)
    for item in entries if isinstance(entries, list) else []:
        if isinstance(item, dict) and str(item.get("code")) == str(code):
            return named(item, code, lang)
    return str(code)


def named(entry, code, lang):
    """Return the name of an entry."""
    name = entry.get("name") if isinstance(entry, dict) else None
    return str((name_in(name, lang) if isinstance(name, dict) else name) or code)


def conditions(value, lang, data):
    """Return conditions as one phrase."""
    found = [_condition(item, lang, data) for item in value if isinstance(item, dict)]
    return f" {tell(_AND, lang)} ".join(found) or tell(_NONE, lang)


def measure_name(name, lang, data):
    """Return what a measure is called: declared, of a bonus, or built in."""
    declared = name_of("measures", name, lang, data)
    if declared != name:
        return declared
    bonus, _dot, figure = str(name).rpartition(".")
    label = figure_text(codes.FIGURES[figure], lang) if figure in codes.FIGURES else figure
    return f"{label} ({name_of('bonuses', bonus, lang, data)})" if bonus else label


def _condition(item, lang, data):
    if "any" in item:
        lists = [conditions(one, lang, data) for one in item["any"] if one]
        return "(" + f" {tell(_OR, lang)} ".join(lists) + ")"
    if "package" in item:
        term = f" {tell(_IN_TERM, lang)}" if item.get("in_term") else ""
        return f"{tell(_PACKAGE, lang)} {name_of('packages', item['package'], lang, data)}{term}"
    if "title" in item:
        return f"{tell(_TITLE, lang)} {name_of('ranks', item['title'], lang, data)}"
    name = measure_name(item.get("measure"), lang, data)
    return f"{name}: {tell(_LEAST, lang)} {number(item.get('min', 0), lang)}"


def _label(field, value, lang):
    return tell(field.get("options", {}).get(value) or str(value), lang)


def _day(field, value, lang, data):
    try:
        return words.day(day_of(value), lang)
    except ValueError:
        return str(value)


def _cell(field, value, lang, data):
    return value_text(
        {"kind": field.get("cell", "number"), "unit": field.get("unit")}, value, lang, data
    )


def _levels(field, value, lang, data):
    if not isinstance(value, list):
        return anything(value, lang)
    return ", ".join(
        f"{tell(_LEVEL, lang)} {level}: {_cell(field, one, lang, data)}"
        for level, one in enumerate(value, 1)
    )


def row(field, value, lang, data):
    """Return one row of a grid."""
    if isinstance(value, list):
        return " · ".join(_cell(field, one, lang, data) for one in value)
    return _cell(field, value, lang, data)


def _grid(field, value, lang, data):
    if not isinstance(value, dict):
        return anything(value, lang)
    return "; ".join(
        f"{name_of(field['section'], code, lang, data)}: {row(field, one, lang, data)}"
        for code, one in value.items()
    )


def _steps(field, value, lang, data):
    if not isinstance(value, list):
        return anything(value, lang)
    return "; ".join(
        ", ".join(
            f"{tell(text, lang)} {value_text({'kind': kind}, item.get(key, 0), lang, data)}"
            for key, (kind, text) in field["columns"].items()
        )
        for item in value
        if isinstance(item, dict)
    )


def _level_steps(field, value, lang, data):
    if not isinstance(value, dict):
        return anything(value, lang)
    return "; ".join(
        f"{tell(_LEVEL, lang)} {level} ({_steps(field, steps, lang, data)})"
        for level, steps in value.items()
    )


def _codes(field, value, lang, data):
    values = value if isinstance(value, list) else [value]
    return ", ".join(name_of(field["section"], one, lang, data) for one in values)


def _group(field, value, lang, data):
    if not isinstance(value, dict):
        return anything(value, lang)
    labels = {item["key"]: item for item in field.get("fields", [])}
    return ", ".join(
        f"{tell(labels[key]['label'], lang)}: {value_text(labels[key], one, lang, data)}"
        if key in labels
        else f"{key}: {anything(one, lang)}"
        for key, one in said_parts(field, value).items()
    )


def entry(field, value, lang, data):
    """Return one entry of a list of entries, its name first."""
    if not isinstance(value, dict):
        return anything(value, lang)
    name = named(value, value.get("code", ""), lang)
    said = [
        statement(item, value[item["key"]], lang, data)
        for item in field["fields"]
        if item["key"] not in ("code", "name") and is_said(item, value.get(item["key"]))
    ]
    return (f"{name}: " if name else "") + ", ".join(said)


def _entries(field, value, lang, data):
    if not isinstance(value, list):
        return anything(value, lang)
    return "; ".join(entry(field, one, lang, data) for one in value)


def _names(field, value, lang, data):
    return name_in(value, lang) if isinstance(value, dict) else str(value)


_SAID = {
    "choice": lambda field, value, lang, data: _label(field, value, lang),
    "ordered": lambda field, value, lang, data: " › ".join(
        _label(field, one, lang) for one in value
    ),
    "flag": lambda field, value, lang, data: tell(_YES if value is True else _NO, lang),
    "day": _day,
    "levels": _levels,
    "grid": _grid,
    "steps": _steps,
    "level_steps": _level_steps,
    "codes": _codes,
    "ref": _codes,
    "conditions": lambda field, value, lang, data: conditions(value, lang, data),
    "measure": lambda field, value, lang, data: measure_name(value, lang, data),
    "group": _group,
    "entries": _entries,
    "names": _names,
}
