# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Awards, for people."""

from ...telling.rule_words import Words


class AwardWords(Words):
    summary = {
        "es": "Entrega un valor fijo cuando una persona cumple condiciones, una vez o cada vez.",
        "en": "Gives a fixed amount when a person meets conditions, once or every time.",
    }
