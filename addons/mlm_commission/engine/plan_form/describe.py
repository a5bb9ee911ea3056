# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Descriptions of sections, rules and parameters in one language, as JSON data."""

from .. import measures, rules
from .. import params as rule_params
from ..document import unscaled
from ..words_of import summary
from .sections import SECTIONS

_NUMBERS = ("points", "money", "percent", "integer")


def describe_plan(lang="es"):
    """Return ``{"sections": […], "rules": […], "measures": […]}``.

    Fields are dicts with ``key``, ``kind``, ``label``, ``help``, ``unit``,
    ``default`` (as written in a document), ``options`` (``[{value, label}]``) and,
    where the kind has parts, ``fields``.
    """
    return {
        "sections": [told(one, lang) for one in SECTIONS],
        "rules": [_rule(name, lang) for name in rules.names()],
        "measures": [
            {"value": name, "label": measures.text(code, lang)}
            for name, code in measures.BY_NAME.items()
        ],
    }


def rule_fields(name):
    """Return the fields of a rule's parameters, worded in both languages."""
    if name not in rules.names():
        return []
    return [_param(item) for item in rule_params.describe(rules.get(name).Params)]


def told(item, lang):
    """Return a field with its texts in one language."""
    told_field = {
        key: value
        for key, value in item.items()
        if key not in ("es", "en", "help_es", "help_en", "item_es", "item_en", "fields", "options")
    }
    told_field["label"] = item[lang]
    told_field["help"] = item.get(f"help_{lang}", "")
    if f"item_{lang}" in item:
        told_field["item"] = item[f"item_{lang}"]
    if item.get("options"):
        told_field["options"] = [
            {"value": value, "label": texts[0 if lang == "es" else 1]}
            for value, texts in item["options"].items()
        ]
    if item.get("fields"):
        told_field["fields"] = [told(one, lang) for one in item["fields"]]
    return told_field


def _rule(name, lang):
    rule = rules.get(name)
    return {
        "name": name,
        "label": rule.LABEL[lang],
        "tree": rule.TREE,
        **summary(name, lang),
        "fields": [told(item, lang) for item in rule_fields(name)],
    }


def _param(item):
    """A parameter as a field: its default as a document writes it."""
    default = item["default"]
    if item["kind"] in _NUMBERS and default is not None:
        default = unscaled(default, item["scale"])
    kind = {"table": "any"}.get(item["kind"], item["kind"])
    more = {key: value for key, value in item.items() if key not in ("field", "scale")}
    return {**more, "kind": kind, "default": default}
