# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fields of sections, rules and measures: what they declare for the plan's reader, for a form."""

from .. import measures as kinds
from .. import rules
from ..kernel.text import _
from ..plan import params as rule_params
from ..plan.document import unscaled
from ..plan.schema import bonuses as bonus_schema
from ..telling import rule_words

_NUMBERS = ("points", "money", "percent", "integer", "factor")


def variants_of(section):
    """Return the kinds that an entry of a section may be of, ``[]`` if there are none.

    Each is a dict with ``value``, ``label``, ``fields`` and what the palette shows.
    """
    variant = section.get("variant")
    if not variant:
        return []
    if variant["options"] == "rules":
        return [{"value": name, **_rule(name)} for name in rules.names()]
    if variant["options"] == "measures":
        return [{"value": name, **_measure(name)} for name in kinds.names()]
    return [{"value": value, **texts} for value, texts in variant["options"].items()]


def entry_fields(section, entry):
    """Return all fields of one entry, those of its kind included."""
    variant = section.get("variant")
    chosen = entry.get(variant["key"]) if variant and isinstance(entry, dict) else None
    extra = [] if chosen is None else _variant_fields(section, chosen)
    return section["fields"] + extra


def value_of(field, entry):
    """Return the value of a field in an entry, its default where nothing is written."""
    entry = entry if isinstance(entry, dict) else {}
    if field.get("in"):
        entry = entry.get(field["in"]) or {}
    value = entry.get(field["key"]) if isinstance(entry, dict) else None
    return field.get("default") if value is None else value


def is_read(field, fields, entry):
    """Tell whether a parameter is read with what an entry says of the others."""
    only = field.get("only")
    if not only:
        return True
    beside = [item for item in fields if item.get("in") == field.get("in")]
    values = {item["key"]: value_of(item, entry) for item in beside}
    return rule_params.unread_by(only, values) is None


def is_said(field, value):
    """Tell whether a value is told to people: not the 0 of a field that then sets nothing."""
    if field["kind"] == "group" and field.get("fields") and isinstance(value, dict):
        value = said_parts(field, value)
    return value not in (None, [], {}, "") and not (
        "none" in field and rule_params.is_nothing(value)
    )


def said_parts(field, value):
    """Return the mapping of a group without what is not read or not told."""
    known = {item["key"]: item for item in field.get("fields", [])}
    return {
        key: one
        for key, one in value.items()
        if key not in known
        or (is_read(known[key], field["fields"], value) and is_said(known[key], one))
    }


def rule_fields(name):
    """Return the fields of a rule's own parameters."""
    if name not in rules.names():
        return []
    return [{**item, "in": "params", "rule": name} for item in described(rules.get(name).Params)]


def described(params):
    """Return the fields of a parameter class, defaults as a document writes them."""
    return [_param(item) for item in rule_params.describe(params)]


def _variant_fields(section, chosen):
    variant = section["variant"]
    if variant["options"] == "rules":
        return rule_fields(chosen) + _common(chosen) if chosen in rules.names() else []
    return next((one["fields"] for one in variants_of(section) if one["value"] == chosen), [])


def _rule(name):
    rule = rules.get(name)
    said = rule_words.of(name)
    return {
        "label": rule.label,
        "summary": said.summary,
        "example": said.tiny,
        "fields": rule_fields(name) + _common(name),
    }


def _measure(name):
    kind = kinds.get(name)
    return {"label": kind.label, "summary": kind.summary, "fields": described(kind.Params)}


def shared_fields():
    """Return the settings that rules share, those that not every rule uses included."""
    declared = (bonus_schema.Looks, bonus_schema.Rows, bonus_schema.Common)
    return [field for params in declared for field in described(params)]


def _common(name):
    """Parameters that rules share, as far as this one uses them: rarely needed."""
    rule = rules.get(name)
    tree = {"wanted": rule.tree, "advanced": rule.tree == "sponsor"}
    known = bonus_schema.allowed(rule) + (["tree", "as_of"] if rule.tree is not None else [])
    known += ["grain"] if rule.by_source else []
    return [
        {**item, **(tree if item["key"] == "tree" else {"advanced": True})}
        for item in shared_fields()
        if item["key"] in known
    ]


def _param(item):
    """A described parameter as a field."""
    found = {key: value for key, value in item.items() if key != "scale"}
    default = item["default"]
    if item["kind"] in _NUMBERS and default is not None:
        found["default"] = unscaled(default, item["scale"])
    elif item["kind"] == "levels" and default:
        found["default"] = [unscaled(one, item["scale"]) for one in default]
    elif item["kind"] == "ref":
        found["default"] = None
    if "none" in item:
        empty = "0" if item["kind"] in _NUMBERS else _("Empty")
        found["help"] = _("{empty}: {without}.", empty=empty, without=item["none"])
    if item["kind"] == "table":
        found.update(item.get("form") or {"kind": "any"})
    if item["kind"] == "group":
        found["fields"] = [_param(one) for one in item["fields"]]
        found["default"] = None
    return found
