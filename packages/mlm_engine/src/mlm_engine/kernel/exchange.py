# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is paid in which currency, and how money becomes that of another one.

Everybody is paid in the currency of the own company, the home; nobody (-1), and everybody
in a network of one company, in that of the run. From one company's currency into
another's money goes through the point, exactly (``docs/contracts/earning.md``):

    money × units of the payee's currency for a point ÷ units of the other one for a point

Tiny example: 90,000 COP at 4,500 COP and 1 USD for a point: 90,000 × 1 ÷ 4,500 = 20 USD.
"""

from fractions import Fraction
from math import lcm

import numpy as np

from . import exact
from .exact import E6


class Exchange:
    """Homes and rates of a snapshot; ``homes[-1]`` is the run. ``unit_e4`` and ``fx_e6`` are
    int64 arrays over them, so that -1 finds the run's. ``several``: whether companies are."""

    def __init__(self, snapshot):
        plan = snapshot.plan
        run = {
            "currency": plan["company_currency"],
            "unit_e4": plan["rounding"]["unit_e4"],
            "fx_e6": snapshot.fx_e6,
            "rates": snapshot.rates,
        }
        self.mode, self._base = plan["rounding"]["mode"], plan["base_currency"]
        self.homes = [*snapshot.homes, run]
        self.unit_e4, self.fx_e6 = (self._of_homes(name) for name in ("unit_e4", "fx_e6"))
        self._point = {home["currency"]: home["fx_e6"] for home in reversed(self.homes)}
        self.several = len(snapshot.homes) > 1
        self._home = np.append(snapshot.member_home, -1) if snapshot.homes else None

    def _of_homes(self, name):
        return np.array([home[name] for home in self.homes], dtype=np.int64)

    def home(self, payee):
        """Return the index of the home of members, -1 for the run; of a network of one
        company -1 alone, so that what is found by it is one number for all."""
        return -1 if self._home is None else self._home[payee]

    def currency(self, payee):
        """Return the code of the currency in which a member, or nobody, is paid."""
        return self.homes[int(self.home(payee))]["currency"]

    def into(self, currency, home):
        """Return ``(fx_e6, per_e6)`` from a currency into those of homes; ``None`` is the
        plan's base currency. Raises ``KeyError`` for a currency that no rate is known of."""
        currency = currency or self._base
        return self._found([self._rate(currency, one) for one in self.homes], home)

    def between(self, source, home, point_e6=None):
        """Return ``(fx_e6, per_e6)`` from the currency of homes into those of others.

        ``point_e6``: what a point was worth in the source's currency, where it is not 0.
        """
        table = [[self._between(one, other) for other in self.homes] for one in self.homes]
        fx, per = self._found(table, (source, home))
        return fx, per if point_e6 is None else np.where((per > 0) & (point_e6 > 0), point_e6, per)

    def _found(self, table, place):
        table = np.array(table, dtype=np.int64)
        return table[..., 0][place], table[..., 1][place]

    def _rate(self, currency, home):
        if currency == self._base:
            return home["fx_e6"], 0
        if currency == home["currency"]:
            return E6, 0
        if currency in self._point:
            return home["fx_e6"], self._point[currency]
        return home["rates"][currency], 0

    def _between(self, source, home):
        if source["currency"] == home["currency"]:
            return E6, 0
        if source["currency"] == self._base:
            return home["fx_e6"], 0
        return home["fx_e6"], source["fx_e6"]

    def amounts(self, payee, base_e4, rate_e6=E6, currency=None):
        """Return base × rate of a currency as money of the payees, rounded once."""
        home = self.home(payee)
        fx, per = self.into(currency, home)
        return exact.amounts(base_e4, rate_e6, fx, self.mode, self.unit_e4[home], per)

    def money(self, home, value_e4, mode=None):
        """Return an exact ``Fraction`` of money rounded to the unit of a home."""
        unit = int(self.unit_e4[home])
        return exact.rounded(value_e4 / unit, mode or self.mode) * unit

    def factor(self, currency, home):
        """Return units of a home's currency for one unit of a currency, a ``Fraction``."""
        return _fraction(*self.into(currency, home))

    def factor_between(self, source, home):
        """Return units of a home's currency for one of another home's, a ``Fraction``."""
        return _fraction(*self.between(source, home))

    def scale(self, home):
        """Return ``(weights, whole)`` to sum money of several homes: an amount times the
        weight of its home (``{home: integer}``), and a point times ``whole``, a
        ``Fraction``, are of one size. ``home``: int64 array."""
        found = np.unique(home).tolist()
        if len(found) == 1:
            return {found[0]: 1}, Fraction(int(self.fx_e6[found[0]]), E6)
        whole = lcm(*(int(self.fx_e6[one]) for one in found))
        return {one: whole // int(self.fx_e6[one]) for one in found}, Fraction(whole, E6)


def _fraction(fx_e6, per_e6):
    return Fraction(int(fx_e6), int(per_e6) or E6)
