# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order, for people."""

from ...telling.rule_words import Words


class DifferentialOrderWords(Words):
    summary = {
        "es": "De cada venta, la diferencia entre el porcentaje propio y el que ya se pagó abajo.",
        "en": "Of each sale, the difference between one's percentage and what was paid below.",
    }
    tiny = {
        "es": "Porcentajes 5, 11 y 14 sobre 100 CV: 5, 6 y 3.",
        "en": "Percentages 5, 11 and 14 on 100 CV: 5, 6 and 3.",
    }
