# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Makers of the descriptions that a form is drawn from."""


def field(kind, key, es, en, help_es="", help_en="", **more):
    """Return one field; see ``docs/contracts/plan_form.md`` for the kinds."""
    return {
        "kind": kind,
        "key": key,
        "es": es,
        "en": en,
        "help_es": help_es,
        "help_en": help_en,
        **more,
    }


def required(kind, key, es, en, help_es="", help_en="", **more):
    """Return a field that every entry must have."""
    return field(kind, key, es, en, help_es, help_en, required=True, **more)


def section(kind, key, es, en, fields, help_es="", help_en="", **more):
    """Return one section."""
    return field(kind, key, es, en, help_es, help_en, fields=fields, **more)


CODE = required(
    "code",
    "code",
    "Código",
    "Code",
    "Así lo nombran los registros; no cambia de una versión a otra.",
    "How records name it; it stays the same from version to version.",
)
NAME = required("names", "name", "Nombre", "Name")
