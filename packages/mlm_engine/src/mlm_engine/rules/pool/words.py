# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool, for people."""

from ...telling.rule_words import Words


class PoolWords(Words):
    summary = {
        "es": "Reparte una parte del volumen de la compañía entre quienes califican.",
        "en": "Shares a part of the company's volume among those who qualify.",
    }
