# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The companies of a network: in whose currency somebody is paid (earning.md, *Several companies*)."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from .numbers import E6, rounded


@dataclass(frozen=True)
class Exchange:
    """From one currency into another: times ``fx_e6``, divided by ``per_e6`` (0: by one)."""

    fx_e6: int
    per_e6: int = 0

    @property
    def factor(self):
        return Fraction(self.fx_e6, self.per_e6 or E6)


SAME = Exchange(E6)


class Home:
    """A company whose people are paid in its currency.

    ``fx_e6``: units of it for a point; ``rates``: for one unit of other currencies. Money in
    ten-thousandths, rounded to multiples of ``unit``.
    """

    def __init__(self, mode, currency, unit, fx_e6, rates):
        self.mode, self.currency, self.unit = mode, currency, unit
        self.fx_e6, self.rates = fx_e6, rates

    def money(self, value):
        """Round ten-thousandths as the plan says."""
        return rounded(value, self.mode, self.unit)

    def down(self, value):
        return rounded(value, "down", self.unit)

    def units(self, money):
        """Return how many units of rounding an amount is."""
        return money // self.unit

    def points(self, money):
        """Return what money is in points, exactly."""
        return Fraction(money * E6, self.fx_e6)

    def worth(self, points):
        """Return what points are in money, exactly."""
        return points * Fraction(self.fx_e6, E6)


class Homes:
    """Homes of people, and rates between them. Of a network of one company everybody's is
    the one of the run; nobody's (-1) always is."""

    def __init__(self, inputs, plan):
        self.inputs, self.base = inputs, plan.base_currency
        self.of_run = Home(plan.mode, plan.company_currency, plan.unit, inputs.fx_e6, inputs.rates)
        self.companies = [
            Home(plan.mode, one["currency"], one["unit_e4"], one["fx_e6"], one.get("rates") or {})
            for one in inputs.homes
        ]

    def of(self, member):
        """Return the ``Home`` of somebody."""
        if member < 0 or not self.companies:
            return self.of_run
        return self.companies[self.inputs.member_home[member]]

    def seller(self, row):
        """Return the ``Home`` that sold."""
        return self.companies[self.inputs.row_seller[row]] if self.companies else self.of_run

    def grouped(self, keys, member):
        """Return ``[(home, its keys)]``; ``member(key)`` says whose a key is."""
        found = defaultdict(list)
        for key in keys:
            found[self.of(member(key))].append(key)
        return list(found.items())

    # -- rates

    def exchange(self, currency, home):
        """Return the ``Exchange`` from a currency that the plan names into that of a home."""
        return self._into(home, currency, self._point(currency))

    def between(self, source, home):
        """Return the ``Exchange`` from the money of one home into that of another."""
        return self._into(home, source.currency, source.fx_e6)

    def of_sale(self, row, home):
        """Return the ``Exchange`` from the money that a row was sold for: by what a point
        was worth at the sale, where that is known."""
        seller, known = self.seller(row), self.inputs.row_point_e6
        return self._into(home, seller.currency, (known and known[row]) or seller.fx_e6)

    def _point(self, currency):
        """Return what a point is in a currency, None where no company says so."""
        for home in (*self.companies, self.of_run):
            if home.currency == currency:
                return home.fx_e6
        return None

    def _into(self, home, currency, point_e6):
        if currency == home.currency:
            return SAME
        if currency == self.base:
            return Exchange(home.fx_e6)
        if point_e6 is not None:
            return Exchange(home.fx_e6, point_e6)
        return Exchange(home.rates[currency])
