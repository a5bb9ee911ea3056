# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A bonus on single rows: who stands above a row, and what each of them gets."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice

from .bonus import Bonus


@dataclass(frozen=True, slots=True)
class Upline:
    """Somebody above a row: the member, the position (-1) and the distance."""

    member: int
    position: int
    distance: int


class Uplines:
    """People above, the nearest first; climbed only as far as somebody looks."""

    def __init__(self, places):
        self._above = (Upline(*place, far) for far, place in enumerate(places, 1))
        self._seen = []

    def __iter__(self):
        place = 0
        while True:
            if place == len(self._seen):
                self._seen += islice(self._above, 1)
            if place == len(self._seen):
                return
            yield self._seen[place]
            place += 1


def _alike(offer):
    """Return what offers have in common that become one row: all but their sales."""
    where = sorted((name, value) for name, value in offer.where.items() if name != "row")
    rate = offer.offered and offer.offered[1]
    said = (offer.payee, offer.rate_e6, rate, offer.refusal, offer.short, offer.exchange)
    return (*said, *where)


class RowBonus(Bonus):
    """Rules say whom a row may pay, ``places(row)``, and what each of them gets,
    ``paid(row, *place)``."""

    #: How far above a row somebody may be paid; None: any distance.
    reach = None

    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self._table = None
        self._rows_of = defaultdict(list)
        self._looked = bytearray(len(run.inputs.rows))
        self._passed = set()
        self._at_sale = document.get("as_of", "sale") == "sale"
        self._levels_customers = self.param("customers", "level") == "level"

    def places(self, row):
        """Return tuples of an ``Upline`` (None: nobody) and what else ``paid`` asks for. Rows
        of one ``_way`` have the same places."""
        raise NotImplementedError

    def paid(self, row, upline, percent):
        """Return the earnings of a place: here a percentage of the row."""
        return self.earning(
            upline.member,
            self.row_base(row),
            percent,
            self.refusal(upline.member),
            row=row,
            source=self.run.inputs.row_buyer[row],
            level=upline.distance,
            position=upline.position,
        )

    def of_payee(self, member):
        if self.run.whole:
            return self._rounded(self._everything()[member])
        self._look_below(member)
        return self._rounded(
            [
                one
                for row in self._rows_of.get(member, ())
                for place in self.places(row)
                if place[0] is not None and place[0].member == member
                for one in self.paid(row, *place)
            ]
        )

    def _look_below(self, member):
        """Find whom every row may pay that may pay somebody. No row is looked at twice, whoever
        of those above it is asked for."""
        network, people = self.run.network, self.run.people
        if self.tree >= 0:
            for top in network.positions_of(member, self.tree):
                for place in () if top in self._passed else (top, *network.positions_below(top)):
                    self._passed.add(place)
                    self._look_at(people.credited_at.get(place, ()))
                    self._look_at(people.credited.get(self.run.inputs.position_member[place], ()))
        elif self.reach is not None or member not in self._passed:
            for one in (member, *network.ever_below(member, self.reach)):
                self._passed.add(one)
                self._look_at(people.credited.get(one, ()))

    def _look_at(self, rows):
        payees = {}
        for row in rows:
            if self._looked[row]:
                continue
            self._looked[row] = 1
            if not self.takes(row):
                continue
            way = self._way(row)
            if way not in payees:
                places = self.places(row)
                payees[way] = {place[0].member for place in places if place[0] is not None}
            for payee in payees[way]:
                self._rows_of[payee].append(row)

    def _way(self, row):
        """Return what decides who stands above a row and whether its buyer counts."""
        data = self.run.inputs
        if self.tree >= 0:
            return self.start(row), data.row_member[row], self._of_customer(row)
        changes = self.run.network.changes_before(data.row_moment[row]) if self._at_sale else 0
        return changes, data.row_member[row], self._of_customer(row)

    def of_nobody(self):
        return self._rounded(self._everything()[-1])

    def _everything(self):
        if self._table is None:
            self._table = defaultdict(list)
            for row in self.run.inputs.rows:
                if self.takes(row):
                    for place in self.places(row):
                        for one in self.paid(row, *place):
                            self._table[one.payee].append(one)
        return self._table

    # -- one row for several sales

    @property
    def by_source(self):
        """Whether sales of one buyer that are paid alike make one row (``grain: source``)."""
        return self.document.get("grain") == "source"

    def of_offer(self, offer):
        return [offer] if self.by_source else super().of_offer(offer)

    def _rounded(self, found):
        """Return earnings; of offers with the same source, place, rate and reason one."""
        if not self.by_source:
            return found
        rows = {}
        for offer in found:
            first = rows.get(_alike(offer))
            if not first:
                rows[_alike(offer)] = replace(offer, where={**offer.where, "row": -1})
                continue
            total = first.base_e4 + offer.base_e4
            offered = first.offered and (first.offered[0] + offer.offered[0], first.offered[1])
            rows[_alike(offer)] = replace(first, base_e4=total, offered=offered)
        return [one for offer in rows.values() for one in super(RowBonus, self).of_offer(offer)]

    # -- the walk

    @property
    def tree(self):
        """The index of the placement tree that the bonus reads, -1 for the sponsors."""
        code = self.document.get("tree")
        return self.run.plan.tree_of(str(code)) if code is not None else -1

    def origin(self, row):
        """Return whose purchase it is for the walk, -1 for a nobody."""
        if self._of_customer(row):
            return -1
        if self.tree < 0:
            return self.run.inputs.row_member[row]
        position = self.start(row)
        return self.run.inputs.position_member[position] if position >= 0 else -1

    def start(self, row):
        """Return the position at which the walk of a row begins, -1 for none."""
        data, network = self.run.inputs, self.run.network
        if data.row_member[row] < 0:
            return -1
        position = data.row_position[row]
        if position >= 0 and network.tree(position) == self.tree:
            return position
        mine = network.positions_of(data.row_member[row], self.tree)
        return mine[0] if mine else -1

    def _of_customer(self, row):
        data = self.run.inputs
        other = data.row_buyer[row] != data.row_member[row]
        return other and self._levels_customers

    def uplines(self, row):
        """Return the ``Uplines`` of a row."""
        if self.run.inputs.row_member[row] < 0:
            return Uplines(())
        found = self._over_positions(row) if self.tree >= 0 else self._over_sponsors(row)
        return Uplines(islice(found, self.reach))

    def _over_sponsors(self, row):
        data, network = self.run.inputs, self.run.network
        moment = data.row_moment[row] if self._at_sale else None
        member = data.row_member[row]
        if not self._of_customer(row):
            member = network.sponsor(member, moment)
        while member >= 0:
            yield member, -1
            member = network.sponsor(member, moment)

    def _over_positions(self, row):
        data, position = self.run.inputs, self.start(row)
        if position >= 0 and not self._of_customer(row):
            position = data.position_parent[position]
        while position >= 0:
            if data.position_member[position] >= 0:
                yield data.position_member[position], position
            position = data.position_parent[position]
