# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate, for people."""

from ...telling.rule_words import Words


class PersonalRebateWords(Words):
    summary = {
        "es": "Un porcentaje del volumen propio, según cuánto se alcanza.",
        "en": "A percentage of one's own volume, by how much it reaches.",
    }
    tiny = {
        "es": "5 % desde 100: con 200 CV propios se devuelven 10.",
        "en": "5 % from 100 on: with 200 own CV, 10 come back.",
    }
