# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal rank, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class EqualRankWords(Words):
    summary = _("Pays a leader on the groups of those who reached the same rank.")
