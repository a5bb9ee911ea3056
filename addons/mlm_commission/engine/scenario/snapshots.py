# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Snapshots of a scenario's cycles: what a database would load, from memory.

Ids: a member's and its position's id is the place in the file, from 1. Volume
rows are one per sale line, in order of payment, then one per refunded line.
"""

from dataclasses import dataclass

import numpy as np

from ..exact import sum_by
from ..measures import BY_NAME
from ..snapshot import (
    KIND_CUSTOMER,
    KIND_DISTRIBUTOR,
    KIND_PREFERRED,
    LEG_LEFT,
    LEG_NONE,
    LEG_RIGHT,
    STATE_ACTIVE,
    STATE_SUSPENDED,
    STATE_TERMINATED,
    Snapshot,
)

_KIND = {
    "distributor": KIND_DISTRIBUTOR,
    "preferred": KIND_PREFERRED,
    "customer": KIND_CUSTOMER,
}
_STATE = {
    "active": STATE_ACTIVE,
    "suspended": STATE_SUSPENDED,
    "terminated": STATE_TERMINATED,
}
_LEG = {"left": LEG_LEFT, "right": LEG_RIGHT, None: LEG_NONE}


@dataclass
class _Row:
    """A sale line, or the refund of one: its ``units``, negative when taken back."""

    id: int
    sale: object
    place: int  # of the line in its sale
    moment: int
    units: int
    reversal: bool

    @property
    def line(self):
        return self.sale.lines[self.place]


class SnapshotMaker:
    """Makes the snapshot of each cycle in turn; ``hand_on`` after each run."""

    def __init__(self, scenario, timeline):
        self.scenario, self.timeline = scenario, timeline
        self.plan = scenario.plan
        self.codes = [person.code for person in scenario.distributors]
        self.ids = {code: place + 1 for place, code in enumerate(self.codes)}
        self.packages = {item["code"]: i for i, item in enumerate(self.plan["packages"])}
        self.bonuses = {item["code"]: i for i, item in enumerate(self.plan["bonuses"])}
        ranks = {item["code"]: i for i, item in enumerate(self.plan["ranks"])}
        opening = scenario.opening
        self.titles = {code: ranks[rank] for code, rank in opening.titles.items()}
        self.carry = [
            (self.ids[code], self.bonuses[bonus], int(BY_NAME[name]), value)
            for code, by_bonus in opening.carry.items()
            for bonus, figures in by_bonus.items()
            for name, value in figures.items()
        ]
        self.rows = self._rows()
        self._window = {}  # {(cycle, code): [pv, package pv]}
        for item in opening.purchases:
            self._count(item.cycle, item.distributor, item.pv_e4, item.package_pv_e4)

    def code(self, identity):
        """Return the code of a member or position id."""
        return self.codes[int(identity) - 1]

    def row(self, identity):
        """Return ``(sale id, line number from 1)`` of a volume row id."""
        row = self.rows[int(identity) - 1]
        return row.sale.id, row.place + 1

    def _rows(self):
        """Rows of all cycles. Units refunded in the sale's own cycle net out."""
        next_start = self.timeline.next_start
        rows, of_line = [], {}
        for sale in self.scenario.sales:
            for place, line in enumerate(sale.lines):
                row = _Row(len(rows) + 1, sale, place, sale.paid, line.qty, False)
                of_line[sale.id, place] = row
                rows.append(row)
        for refund in self.scenario.refunds:
            for place, units in enumerate(refund.quantities):
                row = of_line[refund.sale, place]
                if units and refund.at < next_start(row.sale.paid):
                    row.units -= units
                elif units:
                    back = _Row(len(rows) + 1, row.sale, place, refund.at, -units, True)
                    rows.append(back)
        return rows

    def snapshot(self, number):
        """Return the ``Snapshot`` of a cycle; cycles must come in order."""
        start_day, end_day, _, start, end = self.timeline.cycle(number)
        self.number = number
        members = [person for person in self.scenario.distributors if person.joined <= end_day]
        self._member = {person.code: index for index, person in enumerate(members)}
        codes = list(self._member)
        placed = [
            code
            for code in codes
            if (since := self.timeline.first_placed(code)) is not None and since < end
        ]
        self._position = {code: index for index, code in enumerate(placed)}
        rows = [row for row in self.rows if start <= row.moment < end and row.units]
        return Snapshot(
            plan=self.plan,
            period_kind=self.scenario.period_kind,
            period_number=number,
            period_start=start_day,
            period_end=end_day,
            period_end_moment=end,
            fx_e6=self._rate(end_day),
            **self._people(codes, start, end - 1),
            **self._places(placed, end - 1),
            **self._carried(),
            **self._volume(rows),
            **self._holdings(start, end),
            **self._promotions(end - 1),
            **self._links(codes, start, end),
        )

    def hand_on(self, snapshot, result):
        """Take carry, titles and own volume of a run over to the next cycle."""
        self.carry = [
            (int(snapshot.position_id[position]), bonus, measure, value)
            for position, bonus, measure, value in zip(
                result.carry_position.tolist(),
                result.carry_bonus.tolist(),
                result.carry_measure.tolist(),
                result.carry_value.tolist(),
                strict=True,
            )
        ]
        for index, title in enumerate(result.title.tolist()):
            self.titles[self.code(snapshot.member_id[index])] = title
        size = snapshot.member_id.size
        package = snapshot.row_package >= 0
        pv = sum_by(snapshot.row_member, snapshot.row_pv_e4, size)
        of_packages = np.where(package, snapshot.row_pv_e4, 0)
        package_pv = sum_by(snapshot.row_member, of_packages, size)
        for index in np.flatnonzero((pv != 0) | (package_pv != 0)):
            code = self.code(snapshot.member_id[index])
            self._count(self.number, code, int(pv[index]), int(package_pv[index]))

    def _count(self, cycle, code, pv, package_pv):
        entry = self._window.setdefault((cycle, code), [0, 0])
        entry[0] += pv
        entry[1] += package_pv

    def _rate(self, day):
        rates = [item for item in self.scenario.company.rates if item.start <= day]
        return rates[-1].rate_e6 if rates else 10**6

    def _people(self, codes, start, moment):
        line = self.timeline
        people = {person.code: person for person in self.scenario.distributors}
        window = (self.plan["activity"] or {"window": 1})["window"]
        cycles = range(self.number - window + 1, self.number)
        own = [
            [
                sum(self._window.get((cycle, code), (0, 0))[part] for cycle in cycles)
                for code in codes
            ]
            for part in (0, 1)
        ]
        return {
            "member_id": _ints(self.ids[code] for code in codes),
            "member_kind": _ints(_KIND[line.kind(code, moment)] for code in codes),
            "member_state": _ints(_STATE[line.paid_state(code, start, moment)] for code in codes),
            "member_joined": _ints(people[code].joined for code in codes),
            "member_title": _ints(self.titles.get(code, 0) for code in codes),
            "sponsor": _ints(self._member.get(line.sponsor(code, moment), -1) for code in codes),
            "window_pv_e4": _ints(own[0]),
            "window_package_pv_e4": _ints(own[1]),
        }

    def _places(self, placed, moment):
        spots = [self.timeline.spot(code, moment) for code in placed]
        return {
            "position_id": _ints(self.ids[code] for code in placed),
            "position_member": _ints(self._member[code] for code in placed),
            "position_parent": _ints(self._position.get(parent, -1) for parent, _ in spots),
            "position_leg": _ints(_LEG[leg] for _, leg in spots),
        }

    def _carried(self):
        position = {self.ids[code]: index for code, index in self._position.items()}
        rows = sorted(row for row in self.carry if row[0] in position)
        return {
            "carry_position": _ints(position[row[0]] for row in rows),
            "carry_bonus": _ints(row[1] for row in rows),
            "carry_measure": _ints(row[2] for row in rows),
            "carry_value": _ints(row[3] for row in rows),
        }

    def _volume(self, rows):
        packages = self.packages
        return {
            "row_id": _ints(row.id for row in rows),
            "row_member": _ints(self._member[row.sale.credited] for row in rows),
            "row_buyer": _ints(self._member[row.sale.buyer] for row in rows),
            "row_position": _ints(self._placed_at(row.sale) for row in rows),
            "row_moment": _ints(row.moment for row in rows),
            "row_pv_e4": _ints(row.line.unit_pv_e4 * row.units for row in rows),
            "row_cv_e4": _ints(row.line.unit_cv_e4 * row.units for row in rows),
            "row_package": _ints(packages.get(row.line.package, -1) for row in rows),
            "row_package_from": _ints(packages.get(row.line.package_from, -1) for row in rows),
            "row_package_qty": _ints(row.units if row.line.package else 0 for row in rows),
            "row_retail_e4": _ints(row.line.unit_retail_e4 * row.units for row in rows),
            "row_reversal": _ints(row.reversal for row in rows),
        }

    def _placed_at(self, sale):
        """The credited position at the sale; a refund goes back to the same one."""
        since = self.timeline.first_placed(sale.credited)
        if since is None or since > sale.paid:
            return -1
        return self._position[sale.credited]

    def _holdings(self, start, end):
        """Purchases before the cycle, less what was returned whole by its end."""
        returned = {}
        for row in self.rows:
            if row.reversal and row.moment < end:
                key = row.sale.id, row.place
                returned[key] = returned.get(key, 0) - row.units
        held = [
            (item.at, item.distributor, item.package, item.package_from)
            for item in self.scenario.opening.packages
        ]
        held += [
            (row.moment, row.sale.buyer, row.line.package, row.line.package_from)
            for row in self.rows
            if row.line.package
            and not row.reversal
            and row.moment < start
            and row.units > returned.get((row.sale.id, row.place), 0)
        ]
        held.sort(key=lambda item: item[0])
        return {
            "held_member": _ints(self._member[item[1]] for item in held),
            "held_package": _ints(self.packages[item[2]] for item in held),
            "held_package_from": _ints(self.packages.get(item[3], -1) for item in held),
            "held_moment": _ints(item[0] for item in held),
        }

    def _promotions(self, moment):
        place = {item["code"]: i for i, item in enumerate(self.plan["promotions"])}
        joined = {
            (code, promotion)
            for promotion, item in enumerate(self.plan["promotions"])
            for code in item["members"] or ()
        }
        joined |= {(code, place[name]) for code, name in self.timeline.promoted(moment)}
        rows = sorted(
            (self._member[code], promotion) for code, promotion in joined if code in self._member
        )
        return {
            "promotion_member": _ints(row[0] for row in rows),
            "promotion_index": _ints(row[1] for row in rows),
        }

    def _links(self, codes, start, end):
        rows = sorted(
            (moment, self._member[code], self._member.get(former, -1))
            for code in codes
            for moment, former in self.timeline.sponsor_changes(code, start, end)
        )
        return {
            "link_member": _ints(row[1] for row in rows),
            "link_sponsor": _ints(row[2] for row in rows),
            "link_moment": _ints(row[0] for row in rows),
        }


def _ints(values):
    return np.array([int(value) for value in values], dtype=np.int64)
