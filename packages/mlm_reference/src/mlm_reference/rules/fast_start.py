# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fast start: a unilevel of the sales of people who joined not long ago."""

from . import unilevel


class Rule(unilevel.Rule):
    def takes(self, row):
        return self._in_window(row) and super().takes(row)

    def _in_window(self, row):
        data, plan = self.run.inputs, self.run.plan
        buyer = data.row_buyer[row]
        if buyer < 0:
            return False
        sale, joined = data.day(data.row_moment[row]), data.member_joined[buyer]
        days, months = self.param("window_days", 0), self.param("window_months", 0)
        if int(days) and sale >= joined + int(days):
            return False
        return not int(months) or plan.month_of(sale) < plan.month_of(joined) + int(months)
