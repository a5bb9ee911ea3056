# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package bonus: a fixed amount per package bought, by generation of sponsors.

The lower of the own and the bought package's column counts; an upgrade counts new
less old on both sides.
"""

from ..codes import PAID, REASONS
from ..numbers import E6, points, rate
from ..row_bonus import RowBonus


class Rule(RowBonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        given = self.param("amounts", {})
        self.depth = self.reach = max(map(len, given.values()), default=0)
        self.amounts = {
            run.plan.package_index[str(code)]: [points(one) for one in row]
            for code, row in given.items()
        }
        self.tiers = {
            int(generation): [(points(one.get("pv", 0)), rate(one.get("pct", 0))) for one in steps]
            for generation, steps in (self.param("pv_tiers") or {}).items()
        }

    def _column(self, package, generation):
        row = self.amounts.get(package, [])
        return row[generation - 1] if generation <= len(row) else 0

    def _offered(self, row, generation):
        data = self.run.inputs
        new = self._column(data.row_package[row], generation)
        old = self._column(data.row_package_from[row], generation)
        return (new - old) * data.row_package_qty[row]

    def row_base(self, row):
        if self.run.inputs.row_package[row] < 0:
            return 0
        return max((self._offered(row, one) for one in range(1, self.depth + 1)), default=0)

    def places(self, row):
        above = [*self.uplines(row), *[None] * self.depth]
        return list(zip(above, range(1, self.depth + 1), strict=False))

    def paid(self, row, upline, generation):
        data, offered = self.run.inputs, self._offered(row, generation)
        if offered <= 0:
            return []
        where = {"row": row, "source": data.row_buyer[row], "level": generation}
        if upline is None:
            return self.earning(-1, offered, E6, REASONS["NO_UPLINE"], **where)
        member = upline.member
        held = self.run.packages.highest(member, data.row_moment[row])
        own = self._column(held, generation)
        bought = self._column(data.row_package[row], generation)
        below = self._column(data.row_package_from[row], generation)
        base = (min(own, bought) - min(own, below)) * data.row_package_qty[row]
        share = self._share(member, generation)
        short = PAID
        if base < offered:
            short = REASONS["SMALLER_PACKAGE"]
        if not own:
            short = REASONS["NO_PACKAGE"]
        elif share < E6:
            short = REASONS["PV_TIER"]
        return self.earning(
            member,
            base,
            share,
            self.refusal(member),
            (offered, E6),
            short=short,
            **where,
        )

    def _share(self, member, generation):
        steps = self.tiers.get(generation)
        if not steps:
            return E6
        own = self.run.people.own_pv(member)
        return max((step for step in steps if own >= step[0]), default=(0, 0))[1]
