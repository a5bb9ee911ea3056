# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Snapshots of a scenario's periods: what a database would load, from memory.

Ids: a member's id is the place in the file, from 1, and so is that of its first position
in the first tree; those in further trees go on from there, further positions after all.
Volume rows are in ``rows.py``.
"""

from dataclasses import replace

import numpy as np

from ..chain.handed_on import HandedOn
from ..kernel import returned
from ..kernel.periods import bounds, number_of
from ..kernel.snapshot import (
    KIND_CUSTOMER,
    KIND_DISTRIBUTOR,
    KIND_PREFERRED,
    LEG_LEFT,
    LEG_NONE,
    LEG_NOWHERE,
    LEG_RIGHT,
    STATE_ACTIVE,
    STATE_SUSPENDED,
    STATE_TERMINATED,
    Snapshot,
)
from .memory import Memory
from .rows import Ledger

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


class SnapshotMaker:
    """Makes the snapshot of each period in turn; ``hand_on`` after each run."""

    def __init__(self, scenario, timeline):
        self.scenario, self.timeline = scenario, timeline
        self.plan = scenario.plan
        self.codes = [person.code for person in scenario.distributors]
        self.ids = {code: place + 1 for place, code in enumerate(self.codes)}
        self.packages = {item["code"]: i for i, item in enumerate(self.plan["packages"])}
        self.products = {item["code"]: i for i, item in enumerate(self.plan["catalog"])}
        self.ranks = {item["code"]: i for i, item in enumerate(self.plan["ranks"])}
        several = scenario.companies if len(scenario.companies) > 1 else ()
        self.sellers = {item.code: i for i, item in enumerate(several)}
        self.trees = range(max(len(self.plan["trees"]), 1))
        self.positions = self._number_positions()
        self.memory = Memory(self.plan, self.ids, scenario.opening, self._position_of)
        self.handed_on = HandedOn()
        self.ledger = Ledger(scenario, timeline)

    def code(self, identity):
        """Return the code of a member id."""
        return self.codes[int(identity) - 1]

    def position(self, identity):
        """Return the code of a position id."""
        return self._position_codes[int(identity)]

    def _number_positions(self):
        """Return ``{(tree, code of a position): id}``: those with the code of a person have
        the person's id, tree by tree, further ones the ids after them."""
        size = len(self.codes)
        found = {
            (tree, code): self.ids[code] + size * tree for tree in self.trees for code in self.codes
        }
        for person in self.scenario.distributors:
            for place in person.places:
                found.setdefault((place.tree, place.code), len(found) + 1)
        self._position_codes = {identity: code for (_tree, code), identity in found.items()}
        return found

    def row(self, identity):
        """Return ``(sale id, line number from 1)`` of a volume row id."""
        return self.ledger.line(int(identity))

    def _position_of(self, code, bonus):
        """Return the id of a position in the tree of a bonus."""
        trees = [item["code"] for item in self.plan["trees"]]
        tree = self.plan["bonuses"][bonus]["tree"]
        return self.positions[trees.index(tree) if tree in trees else 0, code]

    def snapshot(self, number, kind=None):
        """Return the ``Snapshot`` of a period, by default a cycle; they come in order."""
        kind = kind or self.scenario.period_kind
        start_day, end_day, _, start, end = self.timeline.cycle(number, kind)
        cycles = self.timeline.parts(number, kind)
        members = [person for person in self.scenario.distributors if person.joined <= end_day]
        self._member = {person.code: index for index, person in enumerate(members)}
        placed = [
            (tree, position)
            for tree in self.trees
            for code in self._member
            for position in self.timeline.positions(code, tree)
            if self.timeline.first_placed(position, tree) < end
        ]
        placed.sort(key=self.positions.get)
        self._position = {key: index for index, key in enumerate(placed)}
        rows = self.ledger.rows(cycles)
        as_of = [self._as_of(row, kind) for row in rows]
        snapshot = Snapshot(
            plan=self.plan,
            period_kind=kind,
            period_number=number,
            period_start=start_day,
            period_end=end_day,
            period_end_moment=end,
            fx_e6=self.scenario.company.rate_e6(end_day),
            rates=_rates(self.scenario.company, end_day),
            homes=self._homes(end_day),
            **self._people(start, end_day, end - 1, cycles),
            **self._places(end - 1),
            **self._opening(kind),
            **self._volume(rows),
            **self._holdings(cycles),
            **self._promotions(end - 1),
            **self._links(start, end),
        )
        if any(moment >= 0 for moment in as_of):
            snapshot.row_as_of = _ints(as_of)
            since = min(moment for moment in as_of if moment >= 0)
            snapshot = replace(snapshot, **self._replaced(since, end))
            snapshot, _visited = returned.pruned(snapshot)
        return self.handed_on.to(snapshot)

    def _as_of(self, row, kind):
        """Return the last moment of the period that a returned sale counted in, else -1."""
        if not row.reversal:
            return -1
        base, longer = self.timeline.period, self.plan["periods"][kind]
        sold = number_of(longer, bounds(base, row.sold)[1])
        return self.timeline.cycle(sold, kind)[4] - 1

    def _replaced(self, since, end):
        """Links replaced after a moment: sponsors, and spots of positions."""
        line = self.timeline
        former = sorted(
            (self._member[code], moment, self._member.get(sponsor, -1))
            for code in self._member
            for moment, sponsor in line.sponsor_changes(code, since + 1, end)
        )
        moved = []
        for (tree, code), position in self._position.items():
            if line.first_placed(code, tree) > since:
                moved.append((position, line.first_placed(code, tree), -1, LEG_NOWHERE))
            for moment, parent, leg in line.spot_changes(code, since + 1, end, tree):
                above = self._position.get((tree, parent), -1)
                spot = leg - 1 if isinstance(leg, int) else _LEG[leg]
                moved.append((position, moment, above, spot))
        moved.sort()
        return {
            "former_member": _ints(row[0] for row in former),
            "former_sponsor": _ints(row[2] for row in former),
            "former_until": _ints(row[1] for row in former),
            "moved_position": _ints(row[0] for row in moved),
            "moved_parent": _ints(row[2] for row in moved),
            "moved_leg": _ints(row[3] for row in moved),
            "moved_until": _ints(row[1] for row in moved),
        }

    def hand_on(self, snapshot, result):
        """Take what a run leaves over to the periods that come."""
        self.handed_on.keep(snapshot, result)
        if snapshot.period_kind == self.scenario.period_kind:
            self.memory.keep(snapshot.period_number, snapshot)

    def _homes(self, day):
        """The companies of a network of several."""
        if not self.sellers:
            return []
        own = {one.currency for one in self.scenario.companies}
        return [
            {
                "company": one.code,
                "currency": one.currency,
                "unit_e4": one.unit_e4,
                "fx_e6": one.rate_e6(day),
                "rates": _rates(one, day, own),
            }
            for one in self.scenario.companies
        ]

    def _sold(self, rows):
        """Who sold each row, and what a point was worth there on the day of the sale."""
        if not self.sellers:
            return {}
        companies, day_of = self.scenario.companies, self.timeline.clock.day_of
        seller = [self.sellers[row.sale.company] for row in rows]
        return {
            "row_seller": _ints(seller),
            "row_point_e6": _ints(
                companies[one].rate_e6(day_of(row.sale.paid))
                for one, row in zip(seller, rows, strict=True)
            ),
        }

    def _people(self, start, end_day, moment, cycles):
        line, memory, codes = self.timeline, self.memory, list(self._member)
        people = {person.code: person for person in self.scenario.distributors}
        ids = [self.ids[code] for code in codes]
        window = self._window(end_day, cycles)
        own = [memory.own(member, window, cycles) for member in ids]
        overrides = {
            self._member[code]: found for code in codes if (found := line.override(code, end_day))
        }
        return {
            "member_id": _ints(ids),
            "member_kind": _ints(_KIND[line.kind(code, moment)] for code in codes),
            "member_state": _ints(_STATE[line.paid_state(code, start, moment)] for code in codes),
            "member_joined": _ints(people[code].joined for code in codes),
            "member_title": _ints(memory.titles.get(member, 0) for member in ids),
            "member_paid": _ints(memory.paid.get(member, 0) for member in ids),
            "member_misses": _ints(memory.misses.get(member, 0) for member in ids),
            "sponsor": _ints(self._member.get(line.sponsor(code, moment), -1) for code in codes),
            "window_pv_e4": _ints(pv for pv, _package_pv in own),
            "window_package_pv_e4": _ints(package_pv for _pv, package_pv in own),
            "member_home": _ints(self.sellers[people[code].home] for code in codes if self.sellers),
            "override_member": _ints(overrides),
            "override_rank": _ints(self.ranks[event.rank] for event in overrides.values()),
            "override_exact": _ints(event.exact for event in overrides.values()),
        }

    def _window(self, end_day, cycles):
        """Return the cycles of the activity window of a period that ends on a day."""
        rule = self.plan["activity"] or {"window": 1, "period": self.scenario.period_kind}
        kind, base = self.plan["periods"][rule["period"]], self.timeline.period
        since = bounds(kind, number_of(kind, end_day) - rule["window"] + 1)[0]
        first, last = number_of(base, since), max(cycles)
        return [one for one in range(first, last + 1) if bounds(base, one)[1] >= since]

    def _places(self, moment):
        found = [
            (tree, code, *self.timeline.spot(code, moment, tree)) for tree, code in self._position
        ]
        return {
            "position_id": _ints(self.positions[key] for key in self._position),
            "position_member": _ints(
                self._member[self.scenario.positions[code]] for _tree, code in self._position
            ),
            "position_parent": _ints(
                self._position.get((tree, parent), -1) for tree, _code, parent, _leg in found
            ),
            "position_leg": _ints(
                leg - 1 if isinstance(leg, int) else _LEG[leg] for *_spot, leg in found
            ),
            "position_tree": _ints(tree for tree, _code in self._position),
        }

    def _opening(self, kind):
        """What the first period of a kind starts with."""
        position = {self.positions[key]: index for key, index in self._position.items()}
        member = {self.ids[code]: index for code, index in self._member.items()}
        figures, memory = ("bonus", "measure", "value"), self.memory
        prior = memory.prior(self.handed_on.count(kind))
        return {
            **_table("carry", ("position", *figures), memory.carry(kind), position),
            **_table("state", ("member", *figures), memory.state(kind), member),
            **_table("prior", ("member", "measure", "age", "value"), prior, member),
        }

    def _volume(self, rows):
        packages = self.packages
        return {
            "row_id": _ints(row.id for row in rows),
            "row_member": _ints(self._member[row.sale.credited] for row in rows),
            "row_buyer": _ints(self._member[row.sale.buyer] for row in rows),
            "row_position": _ints(self._placed_at(row.sale) for row in rows),
            "row_moment": _ints(row.moment for row in rows),
            "row_pv_e4": _ints(row.line.pv_e4(row.units) for row in rows),
            "row_cv_e4": _ints(row.cv_e4 for row in rows),
            "row_package": _ints(packages.get(row.line.package, -1) for row in rows),
            "row_package_from": _ints(packages.get(row.line.package_from, -1) for row in rows),
            "row_package_qty": _ints(row.units if row.line.package else 0 for row in rows),
            "row_retail_e4": _ints(row.line.retail_e4(row.units) for row in rows),
            "row_reversal": _ints(row.reversal for row in rows),
            **self._sold(rows),
            "row_product": _ints(self.products.get(row.line.product, -1) for row in rows),
        }

    def _placed_at(self, sale):
        """The credited position at the sale, in the first tree where there is one; a refund
        goes back to the same one."""
        for tree in self.trees:
            for position in self.timeline.positions(sale.credited, tree):
                if self.timeline.first_placed(position, tree) <= sale.paid:
                    return self._position[tree, position]
        return -1

    def _holdings(self, cycles):
        """Purchases before the period, less what was returned whole by its end."""
        held = [
            (item.at, item.distributor, item.package, item.package_from)
            for item in self.scenario.opening.packages
        ]
        held += [
            (row.moment, row.sale.buyer, row.line.package, row.line.package_from)
            for row in self.ledger.before(cycles)
            if row.line.package
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

    def _links(self, start, end):
        rows = sorted(
            (moment, self._member[code], self._member.get(former, -1))
            for code in self._member
            for moment, former in self.timeline.sponsor_changes(code, start, end)
        )
        return {
            "link_member": _ints(row[1] for row in rows),
            "link_sponsor": _ints(row[2] for row in rows),
            "link_moment": _ints(row[0] for row in rows),
        }


def _table(name, columns, rows, places):
    """Return the columns of rows whose first entry is an id, those known here, sorted."""
    known = sorted((places[row[0]], *row[1:]) for row in rows if row[0] in places)
    return {
        f"{name}_{column}": _ints(row[place] for row in known)
        for place, column in enumerate(columns)
    }


def _ints(values):
    return np.array([int(value) for value in values], dtype=np.int64)


def _rates(company, day, own=()):
    """What units of other currencies were worth in that of a company on a day."""
    others = {item.currency for item in company.rates} - {None, *own}
    return {currency: company.rate_e6(day, currency) for currency in sorted(others)}
