# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate: a percentage of the own volume."""

from ..bonus import Bonus
from ..measures.personal import wanted
from ..numbers import points
from ..steps import own_rate


class Rule(Bonus):
    def of_payee(self, member):
        data = self.run.inputs
        figures = getattr(data, f"row_{self.param('base', 'cv')}_e4")
        base = -points(self.param("above", 0))
        for row in self.run.people.credited.get(member, ()):
            other = data.row_buyer[row] != member
            if self.passes(row) and wanted(self.param("customers"), other):
                base += figures[row]
        if base <= 0:
            return []
        return self.earning(
            member, base, own_rate(self, member), self.refusal(member), source=member
        )
