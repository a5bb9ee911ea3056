# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Descriptions of sections, rules and parameters in one language, as JSON data."""

from .. import rules
from ..kernel import codes
from ..telling import words
from ..telling.codes import figure_text
from ..telling.language import known, name_in, tell
from .parts import variants_of
from .sections import SECTIONS

#: Figures of a person that conditions may ask for without declaring a measure.
BUILT_IN = ("own_pv", "own_pv_period", "own_cv_period", "active")


def describe_plan(lang="es"):
    """Return ``{"lang", "sections": […], "measures": […], "figures": {rule: […]}}``.

    Fields are dicts with ``key``, ``kind``, ``label``, ``help``, ``unit``,
    ``default`` (as written in a document), ``options`` (``[{value, label}]``) and,
    where the kind has parts, ``fields``; see ``docs/contracts/plan_form.md``.
    """
    return {
        "lang": lang,
        "sections": [_section(one, lang) for one in SECTIONS],
        "measures": [_figure(name, lang) for name in BUILT_IN],
        "figures": {
            name: [_figure(one, lang) for one in rules.get(name).figures]
            for name in rules.names()
            if rules.get(name).figures
        },
    }


def told(item, lang):
    """Return a field with its texts in one language."""
    found = {key: value for key, value in item.items() if key in _PLAIN}
    if item.get("unit"):
        found["unit"] = words.unit(item["unit"], lang)
    found["label"] = tell(item["label"], lang)
    found["help"] = tell(item.get("help", ""), lang)
    if item.get("options"):
        found["options"] = [
            {"value": value, "label": tell(text, lang)} for value, text in item["options"].items()
        ]
    if item.get("columns"):
        found["columns"] = [
            {"key": key, "kind": kind, "label": tell(text, lang)}
            for key, (kind, text) in item["columns"].items()
        ]
    if item.get("fields"):
        found["fields"] = [told(one, lang) for one in item["fields"]]
    return found


_PLAIN = (
    "advanced",
    "cell",
    "code",
    "default",
    "in",
    "key",
    "kind",
    "lists",
    "new",
    "nullable",
    "optional",
    "readonly",
    "required",
    "section",
    "unit",
    "unnamed",
    "wanted",
)


def _section(section, lang):
    found = told(section, lang)
    found.setdefault("fields", [])
    found["item"] = tell(section.get("item", ""), lang)
    if section.get("variant"):
        found["variant"] = {
            "key": section["variant"]["key"],
            "options": [_variant(one, lang) for one in variants_of(section)],
        }
    return found


def _variant(one, lang):
    return {
        "value": one["value"],
        "label": tell(one["label"], lang),
        "summary": tell(one.get("summary", ""), lang),
        "example": name_in(one["example"], lang) if one.get("example") else "",
        "names": {each: tell(one["label"], each) for each in known()},
        "new": one.get("new", {}),
        "fields": [told(item, lang) for item in one["fields"]],
    }


def _figure(name, lang):
    return {"value": name, "label": figure_text(codes.FIGURES[name], lang)}
