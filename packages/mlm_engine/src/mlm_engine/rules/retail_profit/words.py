# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Retail profit, for people."""

from ...kernel.text import _
from ...telling.rule_words import Words


class RetailProfitWords(Words):
    summary = _(
        "The difference between the customer's price and the distributor's, when the company "
        "invoices the customer."
    )
