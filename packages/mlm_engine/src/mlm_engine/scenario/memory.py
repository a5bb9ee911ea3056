# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What periods of a scenario hand on: carry, ranks, measures, state, earnings, own volume.

People are ids here: who stands where in a snapshot changes from period to period. A
kind of period hands on to the next of its kind; ranks come from the kind that decides
them, earnings of cycles go to the longer periods that they are part of.
"""

from .. import measures as kinds
from .. import rules
from ..kernel.codes import FIGURES, PLAN, Measure
from ..kernel.ranks import decides


class Memory:
    """Filled by ``keep`` after each run, read by the snapshot that comes next."""

    def __init__(self, plan, ids, opening, position_of):
        self.plan = plan
        self._ages = kinds.ages(plan)
        ranks = {item["code"]: place for place, item in enumerate(plan["ranks"])}
        self.titles = {ids[code]: ranks[rank] for code, rank in opening.titles.items()}
        self.paid = {ids[code]: ranks[rank] for code, (rank, _m) in opening.ranks.items()}
        self.misses = {ids[code]: missed for code, (_r, missed) in opening.ranks.items()}
        self._carry, self._state = {}, {}  # {kind: rows}
        self._prior = {}  # {kind: [{(member, measure): value}], newest first}
        self._earned = {}  # {cycle: {(member, bonus): amount}}
        self._window = {}  # {cycle: {member: [pv, package pv]}}
        self._fed = {}  # {kind: {(member, moment, position, bonus): see ``fed``}}
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
        earlier = []
        for code, figures in opening.measures.items():
            for name, values in figures.items():
                earlier += [{} for _ in range(len(values) - len(earlier))]
                for age, value in enumerate(values):
                    earlier[age][ids[code], measures[name]] = value
        self._prior = {kind: [dict(one) for one in earlier] for kind in self.plan["periods"]}
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

    def prior(self, kind):
        """Return ``[(member, measure, age, value)]`` of the measures that accumulate."""
        return [
            (member, measure, age, value)
            for age, figures in enumerate(self._prior[kind], 1)
            for (member, measure), value in figures.items()
            if age <= self._ages.get(measure, 0) and value
        ]

    def earned(self, cycles):
        """Return ``[(member, bonus, amount)]`` that these cycles paid."""
        total = {}
        for cycle in cycles:
            for key, amount in self._earned.get(cycle, {}).items():
                total[key] = total.get(key, 0) + amount
        return [(member, bonus, amount) for (member, bonus), amount in total.items() if amount]

    def fed(self, kind):
        """Return ``{(member, moment, position, bonus): [left, right, of, back, packages]}``:
        what own purchases put into legs, by the last moment of the period of this kind;
        the CV it came from, and how much of that came back since."""
        return self._fed.get(kind, {})

    def own(self, member, window, cycles):
        """Return ``(PV, PV of packages)`` of the cycles in ``window`` less that of ``cycles``."""
        found = [0, 0]
        for sign, numbers in ((1, window), (-1, cycles)):
            for cycle in numbers:
                parts = self._window.get(cycle, {}).get(member, (0, 0))
                found = [total + sign * part for total, part in zip(found, parts, strict=True)]
        return found

    # -- what a run leaves

    def keep(self, kind, number, is_cycle, snapshot, result):
        """Take over the results of a run."""
        members, positions = snapshot.member_id.tolist(), snapshot.position_id.tolist()
        self._carry[kind] = [
            (positions[row[0]], *row[1:]) for row in _rows(result, "carry", "position")
        ]
        self._state[kind] = [
            (members[row[0]], *row[1:]) for row in _rows(result, "state", "member")
        ]
        self._feed(kind, snapshot, result, members, positions)
        self._prior[kind].insert(0, _declared(result, members))
        if decides(snapshot):
            self.titles.update(zip(members, result.title.tolist(), strict=True))
            self.paid.update(zip(members, result.rank.tolist(), strict=True))
            self.misses = _misses(result, members)
        if is_cycle:
            self._earned[number] = _earned(result, members)
            self._bought(number, snapshot, members)

    def _feed(self, kind, snapshot, result, members, positions):
        """Note what own purchases put into legs, and what of earlier ones came back."""
        fed = self._fed.setdefault(kind, {})
        bought, back = _own_cv(snapshot, members)
        for (member, moment, _position, _bonus), entry in fed.items():
            entry[3] += back.get((member, moment), (0, 0))[entry[4]]
        for (member, position, bonus), sides in _excess(result, members, positions).items():
            rule, params = rules.of(self.plan["bonuses"][bonus])
            packages = rule.feeds_legs(params)
            key = member, snapshot.period_end_moment - 1, position, bonus
            fed[key] = [*sides, bought[member][packages], 0, packages]

    def _bought(self, number, snapshot, members):
        columns = (snapshot.row_member, snapshot.row_pv_e4, snapshot.row_package)
        for member, pv, package in zip(*(one.tolist() for one in columns), strict=True):
            if member >= 0:
                self._count(number, members[member], pv, pv if package >= 0 else 0)


def _rows(result, table, first):
    names = (first, "bonus", "measure", "value")
    return zip(*(getattr(result, f"{table}_{name}").tolist() for name in names), strict=True)


def _measured(result):
    """Yield ``(member, measure, value)`` of the figures of people."""
    found = result.measures
    columns = (found.member, found.position, found.bonus, found.measure, found.value)
    for member, position, bonus, measure, value in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        if position < 0 and bonus < 0:
            yield member, measure, value


def _own_cv(snapshot, members):
    """Return ``({member: [without packages, with]}, {(member, moment): [the same]})``: CV of
    own purchases, and of those returned of an earlier period."""
    bought, back = {}, {}
    as_of = snapshot.row_as_of.tolist() or [-1] * snapshot.row_id.size
    columns = (snapshot.row_member, snapshot.row_cv_e4, snapshot.row_package, snapshot.row_reversal)
    for member, cv, package, reversal, moment in zip(
        *(column.tolist() for column in columns), as_of, strict=True
    ):
        who = members[member] if member >= 0 else None
        found, key, cv = (back, (who, moment), -cv) if reversal else (bought, who, cv)
        entry = found.setdefault(key, [0, 0])
        entry[0] += cv if package < 0 else 0
        entry[1] += cv
    return bought, back


def _excess(result, members, positions):
    """Return ``{(member, position, bonus): [left, right]}``: CV that the excess of own
    purchases put into the legs, before what returned ones took out."""
    found, table = {}, result.measures
    codes = {
        Measure.LEFT_EXCESS: 0,
        Measure.LEFT_BACK: 0,
        Measure.RIGHT_EXCESS: 1,
        Measure.RIGHT_BACK: 1,
    }
    columns = (table.member, table.position, table.bonus, table.measure, table.value)
    for member, position, bonus, measure, value in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        if measure in codes and position >= 0:
            key = members[member], positions[position], bonus
            found.setdefault(key, [0, 0])[codes[measure]] += value
    return {key: sides for key, sides in found.items() if any(sides)}


def _declared(result, members):
    return {
        (members[member], measure - PLAN): value
        for member, measure, value in _measured(result)
        if measure >= PLAN
    }


def _misses(result, members):
    return {
        members[member]: value
        for member, measure, value in _measured(result)
        if measure == Measure.RANK_MISSES
    }


def _earned(result, members):
    total = {}
    rows = result.earnings
    for payee, bonus, amount in zip(
        rows.payee.tolist(), rows.bonus.tolist(), rows.amount_e4.tolist(), strict=True
    ):
        if payee >= 0:
            key = members[payee], bonus
            total[key] = total.get(key, 0) + amount
    return total
