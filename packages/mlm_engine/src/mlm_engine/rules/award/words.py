# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Awards, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class AwardWords(Words):
    summary = _("Gives a fixed amount when a person meets conditions, once or every time.")
