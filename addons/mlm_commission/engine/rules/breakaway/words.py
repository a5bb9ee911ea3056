# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway, for people."""

from ...telling.rule_words import Words


class BreakawayWords(Words):
    summary = {
        "es": "Paga a cada líder sobre el grupo de los líderes que tiene debajo.",
        "en": "Pays each leader on the groups of the leaders below.",
    }
    tiny = {
        "es": "El grupo de un líder directo hace 30.000 CV: con 4 % se pagan 1.200.",
        "en": "The group of a leader directly below makes 30,000 CV: 4 % pays 1,200.",
    }
