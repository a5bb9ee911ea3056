# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep, for people."""

from ...telling.rule_words import Words


class StairstepWords(Words):
    summary = {
        "es": "Paga el porcentaje propio, por volumen, y la diferencia con cada grupo de abajo.",
        "en": "Pays the own percentage, by volume, and the difference with each group below.",
    }
    tiny = {
        "es": "Con 21 % y un grupo de 100.000 que está en 12 %, se pagan 9.000 por ese grupo.",
        "en": "At 21 % with a group of 100,000 that is at 12 %, that group pays 9,000.",
    }
