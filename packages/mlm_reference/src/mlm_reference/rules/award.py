# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Awards: incentives for conditions that hold, once or in every such period."""

from ..bonus import Bonus
from ..codes import AWARDED, STREAK
from ..numbers import E6, points


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.awards = self.param("awards", [])
        data = run.inputs
        keys = zip(data.state_bonus, data.state_member, data.state_measure, strict=True)
        self._before = dict(zip(keys, data.state_value, strict=True))

    def _was(self, member, measure):
        return self._before.get((self.index, member, measure), 0)

    def _streak(self, member, place):
        """Return how many periods in a row the conditions have held now."""
        if self.refusal(member):
            return 0
        if not self.run.conditions.hold(self.awards[place].get("requires"), member):
            return 0
        return self._was(member, STREAK + place) + 1

    def _due(self, member):
        """Return the places of the awards that somebody reaches now."""
        had, due = self._was(member, AWARDED), []
        for place, award in enumerate(self.awards):
            wanted = int(award.get("in_a_row", self.param("in_a_row", 1)))
            once = award.get("once", self.param("once", True))
            if self._streak(member, place) < wanted or (once and had >> place & 1):
                continue
            due.append(place)
        return due

    def of_payee(self, member):
        due, found = self._due(member), []
        if self.param("highest_only", False):
            due = due[-1:]
        for place in due:
            amount = points(self.awards[place]["amount"])
            found += self.earning(member, amount, E6, level=place + 1)
        return found

    def state(self):
        found = {}
        for member in self.run.inputs.members:
            had = self._was(member, AWARDED)
            for place in self._due(member):
                had |= 1 << place
            found[member, self.index, AWARDED] = had
            for place in range(len(self.awards)):
                found[member, self.index, STREAK + place] = self._streak(member, place)
        return found
