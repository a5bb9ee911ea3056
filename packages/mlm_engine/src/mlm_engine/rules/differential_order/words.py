# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order, for people."""

from ...telling.rule_words import Words


class DifferentialOrderWords(Words):
    summary = {
        "es": "De cada venta, la diferencia entre el porcentaje propio y el que ya se pagó abajo.",
        "en": "Of each sale, the difference between one's percentage and what was paid below.",
    }
