# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel: each level above a sale has a rate."""

from ..codes import PAID, REASONS
from ..compression import payees
from ..levels import Levels
from ..row_bonus import RowBonus


class Rule(RowBonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.levels = Levels(run.plan, self.param)
        settings = self.param("compression") or {}
        plain = settings.get("kind", "none") == "none" and not settings.get("max_depth")
        if plain and self.param("boundary_rank") is None:
            self.reach = self.levels.count

    def places(self, row):
        origin = self.origin(row)
        uplines, cut = self._cut(origin, self.uplines(row))
        return [
            (upline, level)
            for level, upline in payees(self, self.levels, origin, uplines)
            if upline is not None or not cut
        ]

    def _cut(self, origin, uplines):
        """Return the uplines up to the boundary, and whether there is one."""
        wanted = self.param("boundary_rank")
        if wanted is None:
            return uplines, False
        boundary = self.run.plan.rank_index[str(wanted)]
        if origin >= 0 and self.run.ranks.paying(origin) >= boundary:
            return [], True
        found = []
        for one in uplines:
            found.append(one)
            if self.run.ranks.paying(one.member) >= boundary:
                return found, True
        return found, False

    def paid(self, row, upline, level):
        base, offered = self.row_base(row), self.levels.offered(level)
        where = {"row": row, "source": self.run.inputs.row_buyer[row], "paid_level": level}
        if upline is None:
            return self.earning(-1, base, offered, REASONS["NO_UPLINE"], level=level, **where)
        member = upline.member
        rank = self.run.ranks.paying(member)
        refusal, short = self.refusal(member), PAID
        if not refusal and self.levels.unlock(rank) < level:
            refusal = REASONS["NOT_UNLOCKED"]
        own = self.levels.own(level, rank)
        if own < offered:
            short = REASONS["RANK_RATE"]
        return self.earning(
            member,
            base,
            own,
            refusal,
            (base, offered),
            short=short,
            level=upline.distance,
            position=upline.position,
            **where,
        )

    # -- pass-up

    def _over_sponsors(self, row):
        settings = self.param("compression") or {}
        if settings.get("kind") != "pass_up":
            yield from super()._over_sponsors(row)
            return
        above = self.run.network.passed_up(int(settings.get("pass_up", 2)))
        member = self.run.inputs.row_member[row]
        if not self._of_customer(row):
            member = above[member]
        while member >= 0:
            yield member, -1
            member = above[member]
