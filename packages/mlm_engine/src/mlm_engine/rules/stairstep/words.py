# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class StairstepWords(Words):
    summary = _("Pays the own percentage, by volume, and the difference with each group below.")
