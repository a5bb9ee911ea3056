# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool: a part of all volume, divided by shares."""

from dataclasses import replace
from fractions import Fraction

from ..bonus import Bonus
from ..codes import PAID, REASONS
from ..numbers import E6, allocate, floored, fraction, points, rounded


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self._rows = None

    def of_payee(self, member):
        return self._everything().get(member, [])

    def of_nobody(self):
        return self._everything().get(-1, [])

    def fund(self):
        data = self.run.inputs
        figures = getattr(data, f"row_{self.param('of', 'cv')}_e4")
        total = max(0, sum(figures[row] for row in data.rows if self.passes(row)))
        part = fraction(self.param("pct", 0)) / 100
        return self.run.plan.money(part * total * Fraction(self.fx_e6, E6))

    def _everything(self):
        if self._rows is None:
            fund = self.fund()
            shares = {one: self.shares(one) for one in self.run.inputs.members}
            shares = {one: share for one, share in shares.items() if share > 0}
            self._rows = self._divided(fund, shares) if fund > 0 else {}
        return self._rows

    def shares(self, member):
        """Return the shares of somebody; only their proportion matters."""
        run = self.run
        if self.refusal(member):
            return 0
        if self.param("points") is not None:
            return run.measures.value(str(self.param("points")), member)
        return run.plan.by_rank(self.param("shares"), run.ranks.paying(member), points)

    def _divided(self, fund, shares):
        if not shares:
            return {-1: self._left(fund, REASONS["NO_QUALIFIER"])}
        plan, total = self.run.plan, sum(shares.values())
        if self.param("remainder", "spread") == "spread":
            ids = [self.run.inputs.member_id[one] for one in shares]
            parts = allocate(plan.units(fund), list(shares.values()), ids)
            amounts = [part * plan.unit for part in parts]
        else:
            amounts = [
                rounded(Fraction(fund * share, total), "down", plan.unit)
                for share in shares.values()
            ]
        found = {}
        for (member, share), amount in zip(shares.items(), amounts, strict=True):
            percent = floored(Fraction(share * E6, total))
            found[member] = self._row(member, fund, percent, amount)
        found[-1] = self._left(fund - sum(amounts), REASONS["POOL_REMAINDER"])
        return found

    def _row(self, member, fund, percent, amount):
        if not amount:
            return []
        (row,) = self.earning(member, amount, E6, fx_e6=E6)
        return [replace(row, base_e4=fund, rate_e6=percent, amount_e4=amount)]

    def _left(self, amount, reason):
        return self.earning(-1, amount, E6, reason or PAID, fx_e6=E6) if amount else []
