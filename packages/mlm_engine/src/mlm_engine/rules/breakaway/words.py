# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway, for people."""

from ...telling.rule_words import Words


class BreakawayWords(Words):
    summary = {
        "es": "Paga a cada líder sobre el grupo de los líderes que tiene debajo.",
        "en": "Pays each leader on the groups of the leaders below.",
    }
