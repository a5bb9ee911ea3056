# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Makers of the descriptions that a form is drawn from."""

from ..kernel.text import _


def field(kind, key, label, help="", **more):
    """Return one field; see ``docs/contracts/plan_form.md`` for the kinds."""
    return {"kind": kind, "key": key, "label": label, "help": help, **more}


def required(kind, key, label, help="", **more):
    """Return a field that every entry must have."""
    return field(kind, key, label, help, required=True, **more)


def section(kind, key, label, fields, help="", **more):
    """Return one section."""
    return field(kind, key, label, help, fields=fields, **more)


CODE = required(
    "code",
    "code",
    _("Code"),
    _("How records name it; it stays the same from version to version."),
)
NAME = required("names", "name", _("Name"))
