# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rates of levels, and how deep a rank reaches (rules.md §1)."""

from functools import cached_property

from .numbers import E6, rate
from .plan import times


class Levels:
    def __init__(self, plan, param):
        self.plan = plan
        share = rate(param("base_pct", 100))
        self.plain = [times(rate(one), share) for one in param("rates", [])]
        self.grid = {
            code: [times(rate(one), share) for one in row]
            for code, row in (param("rates_by_rank") or {}).items()
        }
        self.reach = param("levels_by_rank")
        lists = [self.plain, *self.grid.values()] if not self.grid else list(self.grid.values())
        self.count = max(map(len, lists), default=0)
        self._offered, self._unlock = {}, {}

    def _list(self, rank):
        if not self.grid:
            return self.plain
        return self.plan.by_rank(self.grid, rank, list, [])

    def own(self, level, rank):
        """Return the rate of a level for a rank, in millionths."""
        rates = self._list(rank)
        return rates[level - 1] if level <= len(rates) else 0

    def offered(self, level):
        """Return the highest rate of a level of any rank."""
        if level not in self._offered:
            ranks = range(max(1, len(self.plan.ranks)))
            self._offered[level] = max((self.own(level, rank) for rank in ranks), default=0)
        return self._offered[level]

    def unlock(self, rank):
        """Return the deepest level that a rank reaches."""
        if not self.reach:
            return self.count
        if rank not in self._unlock:
            self._unlock[rank] = self.plan.by_rank(self.reach, rank, int, 0)
        return self._unlock[rank]

    @cached_property
    def walked(self):
        """The levels that have an offered rate."""
        return [level for level in range(1, self.count + 1) if self.offered(level)]


def scaled(rate_e6, share_e6):
    """Return a rate reduced to a share of it."""
    return rate_e6 if share_e6 == E6 else times(rate_e6, share_e6)
