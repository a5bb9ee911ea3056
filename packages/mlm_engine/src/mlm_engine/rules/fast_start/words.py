# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fast start, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class FastStartWords(Words):
    summary = _("A higher percentage on the purchases of new people, for a limited time.")
