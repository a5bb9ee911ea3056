# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class ContestWords(Words):
    summary = _("Rewards those who reach a goal, or the first ones, between two dates.")
