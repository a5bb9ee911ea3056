# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures as people read them: numbers, money and dates by the reader's language."""

from datetime import date
from decimal import Decimal

from odoo.tools import format_date

NBSP = "\N{NO-BREAK SPACE}"


class Words:
    """Formats for one reader.

    Numbers are Decimals or decimal text (``"1356.5"``), exact until here.

    :param env: its language is the reader's
    :param currency: ``res.currency`` of the company
    """

    def __init__(self, env, currency):
        self.env = env
        self.currency = currency
        # sudo: how a language writes numbers is no secret
        self._lang = env["res.lang"].sudo()._lang_get(env.lang or "en_US")

    def number(self, value, places=None):
        """``"1.356,5"``: thousands grouped, as many decimals as there are."""
        value = Decimal(value or 0)
        if places is None:
            places = max(0, -value.normalize().as_tuple().exponent)
        return self._lang.format(f"%.{places}f", float(value), grouping=True)

    def money(self, value, currency=None):
        """``"1.125.000 COP"``: cents only where there are some."""
        currency = currency or self.currency
        value = Decimal(value or 0)
        places = 0 if value == value.to_integral() else currency.decimal_places
        return f"{self.number(value, places)}{NBSP}{currency.name}"

    def percent(self, value):
        return f"{self.number(value)}{NBSP}%"

    def day(self, value, pattern="d MMM y"):
        """``"17 ago 2026"`` of a date or an ISO text."""
        if isinstance(value, str):
            value = date.fromisoformat(value[:10])
        return format_date(self.env, value, date_format=pattern)

    def span(self, start, end):
        """``"17 ago – 23 ago 2026"``."""
        return f"{self.day(start, 'd MMM')} – {self.day(end)}"
