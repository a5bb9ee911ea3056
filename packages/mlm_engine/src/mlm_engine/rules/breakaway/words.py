# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class BreakawayWords(Words):
    summary = _("Pays each leader on the groups of the leaders below.")
