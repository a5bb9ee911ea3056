# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Infinity: a rate on all sales below, down to people of the same rank or higher."""

from ..numbers import rate
from ..row_bonus import RowBonus


class Rule(RowBonus):
    def places(self, row):
        origin, uplines = self.origin(row), list(self.uplines(row))
        people = [origin, *(one.member for one in uplines)]
        found = []
        for upline in uplines:
            if upline.distance < int(self.param("from_level", 1)):
                continue
            percent = self._rate(upline, people[: upline.distance])
            if percent:
                found.append((upline, percent))
        return found

    def _rate(self, upline, below):
        run = self.run
        rank = run.ranks.paying(upline.member)
        reached = sum(one >= 0 and run.ranks.paying(one) >= rank for one in below)
        full = run.plan.by_rank(self.param("rates"), rank)
        if not full or not reached:
            return full
        reduced = run.plan.by_rank(self.param("reduced"), rank, list, [])
        return rate(reduced[reached - 1]) if reached <= len(reduced) else 0
