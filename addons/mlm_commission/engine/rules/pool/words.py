# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool, for people."""

from ...telling.rule_words import Words


class PoolWords(Words):
    summary = {
        "es": "Reparte una parte del volumen de la compañía entre quienes califican.",
        "en": "Shares a part of the company's volume among those who qualify.",
    }
    tiny = {
        "es": "1 % de 1.000.000 CV son 10.000; con participaciones 1, 2, 3 y 4 cada una vale 1.000.",
        "en": "1 % of 1,000,000 CV is 10,000; with shares 1, 2, 3 and 4 each is worth 1,000.",
    }
