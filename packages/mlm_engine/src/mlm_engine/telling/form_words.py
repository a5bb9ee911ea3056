# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the reader of a document misses or does not know, for somebody who sees the form.

The reader speaks of keys and values (``unknown value nothing``); whoever works with the form
chooses, writes and adds. What the checks say is about the plan and stays as it is.
"""

from dataclasses import replace

from ..form.parts import variants_of
from ..form.place import field_at, value_at
from ..form.sections import SECTIONS
from ..kernel.text import Text, _, listed

#: Templates of the reader: a key is not there; `key`, `name`, or always `kind`.
_MISSING = {
    "{key!r} is missing",
    "{name!r} is missing: {what}",
    "'kind' is missing",
    "'requires' is missing",
}
#: a value names nothing that is there
_UNKNOWN = {
    "unknown value {value}",
    "unknown value {kind}",
    "unknown kind {kind}",
    "unknown code {code}",
    "unknown rule {name}",
    "unknown measure {name}",
    "unknown bonus {bonus}",
    "unknown product {code}",
    "unknown package {code!r}",
    "rule {rule} cannot read the tree {tree}",
    "{code} is not one of the kinds of days above",
}
#: a value is of another shape than is asked for
_SHAPES = {
    "a mapping (key: value) is needed",
    "a list is needed",
    "a number is needed",
    "{value} is not a number",
    "a text is needed, not {value}",
    "a word that means yes or no in YAML",
    "a code is needed",
    "a name is needed",
    "{value} is neither true nor false",
    "{value} is not a date",
    "a condition is a mapping",
}
_KEYS = {"unknown key {key}", "unknown key {name}: no parameters here"}

_CHOOSE = {
    "periods": _("Choose the period"),
    "packages": _("Choose the package"),
    "ranks": _("Choose the rank"),
    "trees": _("Choose the tree"),
    "measures": _("Choose the measure"),
    "bonuses": _("Choose the bonus"),
    "catalog": _("Choose the product"),
}
_CHOOSE_KIND = {
    "periods": _("Choose the kind of period"),
    "measures": _("Choose the kind of measure"),
    "bonuses": _("Choose the kind of bonus"),
}
_FILL_IN = {
    **dict.fromkeys(
        ("integer", "points", "money", "percent", "factor", "decimal"), _("Write the number")
    ),
    "code": _("Write the code"),
    "names": _("Write the name"),
    "text": _("Write the text"),
    "day": _("Choose the date"),
    "currency": _("Choose the currency"),
    "flag": _("Say yes or no"),
    "choice": _("Choose one of the options"),
    "ordered": _("Choose one or more of the options"),
    "tree": _CHOOSE["trees"],
    "measure": _CHOOSE["measures"],
    "conditions": _("Add a condition"),
    "formula": _("Write the formula"),
    **dict.fromkeys(("levels", "grid", "steps", "level_steps", "counts"), _("Fill in the table")),
    **dict.fromkeys(("list", "map", "entries"), _("Add at least one")),
}
#: keys of what has no field of its own: conditions, and rows of tables
_BY_KEY = {
    "measure": _CHOOSE["measures"],
    "package": _CHOOSE["packages"],
    "title": _CHOOSE["ranks"],
    "min": _("Write the minimum"),
    "kind": _("Choose one of the options"),
    "es": _("Write the name in Spanish"),
    "code": _FILL_IN["code"],
    "name": _FILL_IN["names"],
}
_NOT_THERE = {
    "periods": _("This plan has no period “{code}”"),
    "packages": _("This plan has no package “{code}”"),
    "ranks": _("This plan has no rank “{code}”"),
    "trees": _("This plan has no tree “{code}” that fits here"),
    "measures": _("This plan has no measure “{code}”"),
    "bonuses": _("This plan has no bonus “{code}”"),
    "catalog": _("This plan has no product “{code}”"),
}
#: what a value names, by the kind of its field, its key, or what the reader says
_NAMED_BY = {
    "tree": "trees",
    "measure": "measures",
    "package": "packages",
    "title": "ranks",
    "unknown measure {name}": "measures",
    "unknown bonus {bonus}": "bonuses",
    "unknown product {code}": "catalog",
    "unknown package {code!r}": "packages",
}
_EMPTY = _("This is empty")
_FILL = _("Fill it in or remove it")
_NO_NUMBER = _("“{value}” is not a number")
_NO_FIT = _("“{value}” does not fit here")
_WHOLE = _("This does not fit here")
_IN_DOCUMENT = _("Correct it on the page “Document”")


def in_form(item, data):
    """Return a ``Finding`` of the reader in the words of the form, on the field it is about.

    :param data: the parsed document
    """
    template = item.text.template if isinstance(item.text, Text) else ""
    if template in _MISSING:
        values = item.text.values
        key = values.get("key") or values.get("name") or template.split("'")[1]
        path = item.path if item.path[-1:] == (key,) else (*item.path, key)
        return _ask(replace(item, path=path), data)
    if template in _UNKNOWN or template in _SHAPES:
        if value_at(item.path, data) in (None, "", [], {}):
            return _ask(item, data)
        return _unknown(item, data) if template in _UNKNOWN else _shape(item, data)
    if template in _KEYS:
        text = _("The form has no field “{key}”", key=str(item.path[-1]))
        return replace(item, text=text, remedy=_IN_DOCUMENT)
    return item


def _ask(item, data):
    """Return the finding that something is still to be given."""
    text = _request(item.path, data)
    return replace(item, text=text or _EMPTY, remedy="" if text else _FILL)


def _request(path, data):
    """Return what to do where nothing is written yet, ``None`` where no field tells."""
    field, is_cell = _field(path, data)
    if not field:
        return _BY_KEY.get(path[-1] if path else None)
    if field["kind"] == "variant":
        return _CHOOSE_KIND[field["section"]]
    if field["kind"] in ("ref", "codes"):
        return _CHOOSE.get(field["section"])
    return _FILL_IN.get(field.get("cell") if is_cell else field["kind"])


def _field(path, data):
    """Return the field of a path and whether the path is a cell or an entry of it."""
    field = field_at(path, data)
    if field or len(path) < 2:
        return field, False
    above = field_at(path[:-1], data)
    if above and above["kind"] in ("grid", "levels", "codes", "ordered", "level_steps", "counts"):
        return above, True
    return None, False


def _unknown(item, data):
    """Return the finding that a value names nothing that is there."""
    field, is_cell = _field(item.path, data)
    named = is_cell and field["kind"] not in ("codes", "ordered")
    code = str(item.path[-1] if named else value_at(item.path, data))
    options = _options(field)
    if options:
        text = _("“{code}” is none of the options", code=code)
        remedy = _("Choose one: {options}", options=listed(options))
        return replace(item, text=text, remedy=remedy)
    section = _section_of(item, field)
    if not section:
        return replace(item, text=_("“{code}” is not known here", code=code), remedy=_FILL)
    label = next(one["label"] for one in SECTIONS if one["key"] == section)
    remedy = _("Choose another one, or add it under “{section}”", section=label)
    text = Text(_NOT_THERE[section].template, {"code": code})
    return replace(item, text=text, remedy=remedy)


def _options(field):
    """Return the labels of what a field offers by itself."""
    if not field:
        return []
    if field["kind"] == "variant":
        section = next(one for one in SECTIONS if one["key"] == field["section"])
        return [one["label"] for one in variants_of(section)]
    return list((field.get("options") or {}).values())


def _section_of(item, field):
    """Return the section whose entry a value should name."""
    if field and field.get("section"):
        return field["section"]
    kind = field["kind"] if field else item.path[-1]
    return _NAMED_BY.get(kind) or _NAMED_BY.get(item.text.template)


def _shape(item, data):
    """Return the finding that a value is of another shape."""
    value = value_at(item.path, data)
    if isinstance(value, (dict, list)) or "mapping" in item.text.template:
        return replace(item, text=_WHOLE, remedy=_IN_DOCUMENT)
    told = _NO_NUMBER if item.text.template == "{value} is not a number" else _NO_FIT
    text = Text(told.template, {"value": str(value)[:60]})
    return replace(item, text=text, remedy=_request(item.path, data) or _FILL)
