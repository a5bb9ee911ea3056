# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order: everybody above a sale gets what the own percentage is higher
than the highest one below."""

from ..row_bonus import RowBonus, Upline
from ..steps import own_rate, passes_up


class Rule(RowBonus):
    def places(self, row):
        origin, own = self.origin(row), self.param("own", "pays")
        paid, found = 0, []
        people = self.uplines(row)
        if origin >= 0 and own == "counts":
            paid = self._rate(origin)
        elif origin >= 0 and own == "pays":
            people = [Upline(origin, -1, 0), *people]
        for upline in people:
            percent = self._rate(upline.member)
            if percent > paid:
                found.append((upline, percent - paid))
                paid = percent
        return found

    def _rate(self, member):
        if passes_up(self) and self.refusal(member):
            return 0
        return own_rate(self, member)
