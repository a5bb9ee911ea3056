# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who holds which package, since when and until when (rules.md §3, plan.md)."""

from collections import defaultdict

from .numbers import rate
from .plan import add_months

NEVER = 2**31


class Packages:
    def __init__(self, inputs, plan):
        self.inputs, self.plan = inputs, plan
        self._bought = defaultdict(list)
        for place, member in enumerate(inputs.held_member):
            self._bought[member].append((inputs.held_moment[place], 0, place))
        for row, package in enumerate(inputs.row_package):
            buyer = inputs.row_buyer[row]
            if package >= 0 and buyer >= 0 and not inputs.row_reversal[row]:
                self._bought[buyer].append((inputs.row_moment[row], 1, row))

    def purchases(self, member):
        """Return ``(moment, package)`` of somebody, in order of time."""
        columns = self.inputs.held_package, self.inputs.row_package
        return [
            (moment, columns[now][place]) for moment, now, place in sorted(self._bought[member])
        ]

    def highest(self, member, moment=None):
        """Return the highest package bought up to a moment (or ever), -1 for none."""
        return max(
            (package for at, package in self.purchases(member) if moment is None or at <= moment),
            default=-1,
        )

    def until(self, moment, months):
        """Return the last day of a term of months, NEVER without one."""
        day = self.inputs.day(moment)
        return NEVER if months is None else add_months(day, int(months))

    def in_term(self, member, least):
        """Tell whether a purchase of this package or a higher one is in term."""
        return any(
            package >= least
            and self.until(moment, self.plan.packages[package].get("months"))
            >= self.inputs.period_end
            for moment, package in self.purchases(member)
        )

    def rate_in_term(self, member):
        """Return the best percentage of packages in term, in millionths."""
        best, seen = 0, set()
        for moment, package in self.purchases(member):
            item = self.plan.packages[package]
            percent = item["pct"]
            if package in seen and item.get("repeat_pct") is not None:
                percent = item["repeat_pct"]
            seen.add(package)
            if self.until(moment, item.get("months")) >= self.inputs.period_end:
                best = max(best, rate(percent))
        return best

    def granted_rank(self, member):
        """Return the highest rank that a package in its term of rank grants, else 0."""
        best = 0
        for moment, package in self.purchases(member):
            item = self.plan.packages[package]
            if item.get("rank") is None:
                continue
            months = item.get("rank_months", item.get("months"))
            if self.until(moment, months) >= self.inputs.period_end:
                best = max(best, self.plan.rank_index[str(item["rank"])])
        return best
