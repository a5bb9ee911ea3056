# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest, for people."""

from ...telling.rule_words import Words


class ContestWords(Words):
    summary = {
        "es": "Premia a quienes alcanzan una meta, o a los primeros, entre dos fechas.",
        "en": "Rewards those who reach a goal, or the first ones, between two dates.",
    }
