# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate, for people."""

from ...telling.rule_words import Words


class PersonalRebateWords(Words):
    summary = {
        "es": "Un porcentaje del volumen propio, según cuánto se alcanza.",
        "en": "A percentage of one's own volume, by how much it reaches.",
    }
