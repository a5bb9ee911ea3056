# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway, for people."""

SUMMARY = {
    "es": "Un porcentaje del grupo de cada líder que se ha independizado.",
    "en": "A percentage of the group of each leader that broke away.",
}
EXAMPLE = {
    "es": "Líder con 500 CV de grupo, 40 % de base, 7 % menos 5 %: 4.",
    "en": "Leader with 500 CV of group, 40 % base, 7 % less 5 %: 4.",
}
