# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generation, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class GenerationWords(Words):
    summary = _("A percentage of the volume down to the next leader, generation by generation.")
