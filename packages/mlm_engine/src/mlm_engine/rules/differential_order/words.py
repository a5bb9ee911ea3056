# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class DifferentialOrderWords(Words):
    summary = _(
        "On each sale, the difference between a person's percentage and what was paid below."
    )
