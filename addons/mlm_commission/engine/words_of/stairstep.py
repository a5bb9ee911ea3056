# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep, for people."""

SUMMARY = {
    "es": "El porcentaje que se alcanza sobre todo el grupo, menos lo que alcanza cada pierna.",
    "en": "The percentage reached on the whole group, less what each leg reaches.",
}
EXAMPLE = {
    "es": "21 % propio y una pierna al 9 %: 12 % de esa pierna.",
    "en": "21 % of one's own and a leg at 9 %: 12 % of that leg.",
}
