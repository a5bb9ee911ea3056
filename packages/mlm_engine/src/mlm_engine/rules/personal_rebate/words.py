# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class PersonalRebateWords(Words):
    summary = _("A percentage of a person's own volume, depending on how much it is.")
