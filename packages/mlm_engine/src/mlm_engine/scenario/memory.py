# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario brings from before its first period, and own volume of every cycle.

People are ids here: who stands where in a snapshot changes from period to period. What
periods hand on to each other is in ``chain/handed_on.py``.
"""

from .. import measures as kinds
from ..kernel.codes import FIGURES


class Memory:
    """Opening balances, and own volume: filled by ``keep`` after each cycle."""

    def __init__(self, plan, ids, opening, position_of):
        self.plan = plan
        self._ages = kinds.ages(plan)
        ranks = {item["code"]: place for place, item in enumerate(plan["ranks"])}
        self.titles = {ids[code]: ranks[rank] for code, rank in opening.titles.items()}
        self.paid = {ids[code]: ranks[rank] for code, (rank, _m) in opening.ranks.items()}
        self.misses = {ids[code]: missed for code, (_r, missed) in opening.ranks.items()}
        self._carry, self._state = {}, {}  # {kind: rows}
        self._prior = []  # [{(member, measure): value}], newest first
        self._window = {}  # {cycle: {member: [pv, package pv]}}
        self._open(ids, opening, position_of)

    def _open(self, ids, opening, position_of):
        bonuses = {item["code"]: place for place, item in enumerate(self.plan["bonuses"])}
        for code, by_bonus in opening.carry.items():
            for name, figures in by_bonus.items():
                bonus = bonuses[name]
                rows = self._carry.setdefault(self.plan["bonuses"][bonus]["period"], [])
                for figure, value in figures.items():
                    rows.append((position_of(code, bonus), bonus, int(FIGURES[figure]), value))
        for code, by_bonus in opening.state.items():
            for name, figures in by_bonus.items():
                bonus = bonuses[name]
                rows = self._state.setdefault(self.plan["bonuses"][bonus]["period"], [])
                rows += [(ids[code], bonus, figure, value) for figure, value in figures.items()]
        measures = {item["code"]: place for place, item in enumerate(self.plan["measures"])}
        for code, figures in opening.measures.items():
            for name, values in figures.items():
                self._prior += [{} for _ in range(len(values) - len(self._prior))]
                for age, value in enumerate(values):
                    self._prior[age][ids[code], measures[name]] = value
        for item in opening.purchases:
            self._count(item.cycle, ids[item.distributor], item.pv_e4, item.package_pv_e4)

    def _count(self, cycle, member, pv, package_pv):
        entry = self._window.setdefault(cycle, {}).setdefault(member, [0, 0])
        entry[0] += pv
        entry[1] += package_pv

    # -- what a snapshot asks

    def carry(self, kind):
        """Return ``[(position, bonus, measure, value)]``."""
        return self._carry.get(kind, [])

    def state(self, kind):
        """Return ``[(member, bonus, measure, value)]``."""
        return self._state.get(kind, [])

    def prior(self, periods):
        """Return ``[(member, measure, age, value)]`` of the measures that accumulate, where so
        many periods of the kind were computed since."""
        return [
            (member, measure, age, value)
            for age, figures in enumerate(self._prior, 1 + periods)
            for (member, measure), value in figures.items()
            if age <= self._ages.get(measure, 0) and value
        ]

    def own(self, member, window, cycles):
        """Return ``(PV, PV of packages)`` of the cycles in ``window`` less that of ``cycles``."""
        found = [0, 0]
        for sign, numbers in ((1, window), (-1, cycles)):
            for cycle in numbers:
                parts = self._window.get(cycle, {}).get(member, (0, 0))
                found = [total + sign * part for total, part in zip(found, parts, strict=True)]
        return found

    # -- what a cycle leaves

    def keep(self, number, snapshot):
        """Count what everybody bought in a cycle."""
        members = snapshot.member_id.tolist()
        columns = (snapshot.row_member, snapshot.row_pv_e4, snapshot.row_package)
        for member, pv, package in zip(*(one.tolist() for one in columns), strict=True):
            if member >= 0:
                self._count(number, members[member], pv, pv if package >= 0 else 0)
