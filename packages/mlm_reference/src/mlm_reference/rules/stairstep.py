# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep: own percentage on the own volume, the difference on each group below."""

from ..bonus import Bonus
from ..steps import own_rate, passes_up


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self._groups = {}

    def of_payee(self, member):
        refusal = self.refusal(member)
        if passes_up(self) and refusal:
            return []
        own = own_rate(self, member)
        found = self._row(member, self._own(member), own, refusal, member, 0)
        taken = self.returned(member, self._paid_on)
        for person, distance in self._reached(member):
            if self._aside(person):
                base, rate = self.staying(person), own
            else:
                base, rate = self._group(person), own - own_rate(self, person)
            base += taken.get(person, 0)
            found += self._row(member, base, rate, refusal, person, distance)
        return found

    def _row(self, member, base, rate, refusal, source, level):
        if base <= 0 or rate <= 0:
            return []
        return self.earning(member, base, rate, refusal, source=source, level=level)

    def _own(self, member):
        return self.summed(member, "row_cv_e4")

    def _reached(self, member):
        """Return ``(person, distance)`` of those on whom a row may stand."""
        found = [(one, 1) for one in self._children(member)]
        for person, distance in found:
            if self._aside(person):
                found += [(one, distance + 1) for one in self._children(person)]
        return found

    def _group(self, member):
        """Return what stays in somebody's group: of each person with that of those below."""
        unknown = [member] if member not in self._groups else []
        for one in unknown:
            unknown += [other for other in self._children(one) if other not in self._groups]
        for one in reversed(unknown):
            below = sum(self._groups[other] for other in self._children(one))
            self._groups[one] = self.staying(one) + below
        return self._groups[member]

    def _aside(self, person):
        return passes_up(self) and bool(self.refusal(person))

    def _paid_on(self, below):
        """Return on whom of the people between them and a sale somebody was paid for it, if
        on anybody."""
        if not below or any(map(self._away, below)):
            return None
        return ([one for one in below if not self._aside(one)] or below[:1])[-1]

    def _away(self, person):
        wanted, run = self.param("breakaway_rank"), self.run
        return wanted is not None and (run.ranks.paying(person) >= run.plan.rank_index[str(wanted)])

    def _children(self, member):
        run, wanted = self.run, self.param("breakaway_rank")
        children = run.network.sponsored.get(member, ())
        if wanted is None:
            return children
        boundary = run.plan.rank_index[str(wanted)]
        return [one for one in children if run.ranks.paying(one) < boundary]
