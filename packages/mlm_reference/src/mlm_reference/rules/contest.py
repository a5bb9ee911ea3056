# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest: a measure summed over a time, prizes for those ahead or above a least."""

from ..bonus import Bonus
from ..codes import STANDING
from ..numbers import E4, E6, fraction, points
from ..plan import day


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.start, self.end = day(self.param("start")), day(self.param("end"))
        self.measure = str(self.param("measure"))
        data = run.inputs
        self._before = {
            member: data.state_value[place]
            for place, member in enumerate(data.state_member)
            if (data.state_bonus[place], data.state_measure[place]) == (index, STANDING)
        }
        self._places = None

    @property
    def pays_now(self):
        return self.run.inputs.period_start <= self.end <= self.run.inputs.period_end

    def standing(self, member):
        value = self._before.get(member, 0)
        if self.start <= self.run.inputs.period_end <= self.end:
            scale = E4 if self.run.measures.is_count(self.measure) else 1
            value += self.run.measures.value(self.measure, member) * scale
        return value

    def of_payee(self, member):
        place = self._winners().get(member) if self.pays_now else None
        prizes = {int(one.get("place", 1)): one for one in self.param("prizes", [])}
        if place not in prizes:
            return []
        return self.earning(member, points(prizes[place]["amount"]), E6, level=place)

    def _winners(self):
        """Return ``{member: place}``."""
        if self._places is None:
            least = fraction(self.param("min", 0)) * E4
            values = {
                one: self.standing(one)
                for one in self.run.inputs.members
                if not self.refusal(one) and self.standing(one) >= least
            }
            if self.param("mode", "threshold") == "threshold":
                self._places = dict.fromkeys(values, 1)
            else:
                self._places = {
                    one: 1 + sum(other > value for other in values.values())
                    for one, value in values.items()
                    if value > 0
                }
        return self._places

    def state(self):
        if self.run.inputs.period_end >= self.end or self.run.inputs.period_end < self.start:
            return {}
        return {(one, self.index, STANDING): self.standing(one) for one in self.run.inputs.members}
