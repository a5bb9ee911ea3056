# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool: a part of all volume, divided by shares."""

from dataclasses import replace
from fractions import Fraction

from ..bonus import Bonus
from ..codes import REASONS
from ..homes import SAME
from ..numbers import E6, allocate, floored, fraction, points


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self._rows = None

    def of_payee(self, member):
        return self._everything().get(member, [])

    def of_nobody(self):
        return self._everything().get(-1, [])

    def fund(self):
        """Return the fund, exactly, in the currency of the bonus."""
        data = self.run.inputs
        figures = getattr(data, f"row_{self.param('of', 'cv')}_e4")
        total = max(0, sum(figures[row] for row in data.rows if self.passes(row)))
        return fraction(self.param("pct", 0)) / 100 * total

    def _everything(self):
        if self._rows is None:
            shares = {one: self.shares(one) for one in self.run.inputs.members}
            shares = {one: share for one, share in shares.items() if share > 0}
            self._rows = self._divided(self.fund(), shares)
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
        homes, found, paid = self.run.homes, {}, 0
        for home, people in homes.grouped(shares, lambda one: one):
            mine = {one: shares[one] for one in people}
            part = fund * sum(mine.values()) / sum(shares.values())
            part *= self.exchange(people[0]).factor
            # what several companies round up would be more than the fund
            part = home.down(part) if len(homes.companies) > 1 else home.money(part)
            rows = self._in_home(home, part, mine)
            found |= rows
            amounts = sum(one.amount_e4 for row in rows.values() for one in row)
            paid += amounts * homes.between(home, homes.of_run).factor
        left = max(0, homes.of_run.down(self.worth(-1, fund) - paid))
        reason = REASONS["POOL_REMAINDER" if shares else "NO_QUALIFIER"]
        found[-1] = self.earning(-1, left, E6, reason, exchange=SAME)
        return found

    def _in_home(self, home, fund, shares):
        total = sum(shares.values())
        if self.param("remainder", "spread") == "spread":
            ids = [self.run.inputs.member_id[one] for one in shares]
            parts = allocate(home.units(fund), list(shares.values()), ids)
            amounts = [part * home.unit for part in parts]
        else:
            amounts = [home.down(Fraction(fund * share, total)) for share in shares.values()]
        return {
            member: self._row(member, fund, floored(Fraction(share * E6, total)), amount)
            for (member, share), amount in zip(shares.items(), amounts, strict=True)
        }

    def _row(self, member, fund, percent, amount):
        rows = self.earning(member, amount, E6, exchange=SAME)
        return [replace(row, base_e4=fund, rate_e6=percent, amount_e4=amount) for row in rows]
