# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matching, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class MatchingWords(Words):
    summary = _("A percentage of what sponsored people earn, by generation.")
