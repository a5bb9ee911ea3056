# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel, for people."""

from ...telling.rule_words import Words


class UnilevelWords(Words):
    summary = {
        "es": "Un porcentaje de cada venta para cada nivel hacia arriba.",
        "en": "A percentage of each sale for each level of uplines.",
    }
    tiny = {
        "es": "200 CV al 5 % en cuatro niveles: 10 para cada uno.",
        "en": "200 CV at 5 % on four levels: 10 for each.",
    }
