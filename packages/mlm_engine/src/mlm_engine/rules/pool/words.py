# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class PoolWords(Words):
    summary = _("Shares a part of the company's volume among those who qualify.")
