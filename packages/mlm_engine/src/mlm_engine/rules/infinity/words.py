# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Infinity, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class InfinityWords(Words):
    summary = _("A percentage of all volume below down to the next person of the same rank.")
