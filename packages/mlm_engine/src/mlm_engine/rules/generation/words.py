# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generation, for people."""

from ...telling.rule_words import Words


class GenerationWords(Words):
    summary = {
        "es": "Un porcentaje del volumen hasta el siguiente líder, y así generación por generación.",
        "en": "A percentage of the volume down to the next leader, generation by generation.",
    }
