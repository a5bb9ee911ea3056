# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Infinity, for people."""

from ...telling.rule_words import Words


class InfinityWords(Words):
    summary = {
        "es": "Un porcentaje de todo el volumen de abajo hasta el siguiente del mismo rango.",
        "en": "A percentage of all volume below down to the next person of the same rank.",
    }
    tiny = {
        "es": "2 % de 10.000 CV con una pierna de 4.000 que ya tiene a otro: 120.",
        "en": "2 % of 10,000 CV with a leg of 4,000 that has another one: 120.",
    }
