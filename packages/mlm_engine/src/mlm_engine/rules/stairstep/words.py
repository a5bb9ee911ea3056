# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep, for people."""

from ...telling.rule_words import Words


class StairstepWords(Words):
    summary = {
        "es": "Paga el porcentaje propio, por volumen, y la diferencia con cada grupo de abajo.",
        "en": "Pays the own percentage, by volume, and the difference with each group below.",
    }
