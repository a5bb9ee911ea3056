# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal rank, for people."""

from ...telling.rule_words import Words


class EqualRankWords(Words):
    summary = {
        "es": "Paga a un líder sobre los grupos de quienes alcanzaron su mismo rango.",
        "en": "Pays a leader on the groups of those who reached the same rank.",
    }
    tiny = {
        "es": "El grupo de B hace 100.000 y el de B1 dentro de él 50.000, todos del mismo rango: "
        "con 1 % se pagan 500 por cada uno.",
        "en": "The group of B makes 100,000 and that of B1 inside it 50,000, all of one rank: at "
        "1 % each pays 500.",
    }
