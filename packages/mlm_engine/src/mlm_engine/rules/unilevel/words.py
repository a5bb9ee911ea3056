# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class UnilevelWords(Words):
    summary = _("A percentage of each sale for each upline level.")
