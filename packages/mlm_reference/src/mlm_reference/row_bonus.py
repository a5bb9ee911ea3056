# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A bonus on single rows: who stands above a row, and what each of them gets."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice

from .bonus import Bonus


@dataclass(frozen=True)
class Upline:
    """Somebody above a row: the member, the position (-1) and the distance."""

    member: int
    position: int
    distance: int


def _alike(offer):
    """Return what offers have in common that become one row: all but their sales."""
    where = sorted((name, value) for name, value in offer.where.items() if name != "row")
    rate = offer.offered and offer.offered[1]
    said = (offer.payee, offer.rate_e6, rate, offer.refusal, offer.short, offer.exchange)
    return (*said, *where)


class RowBonus(Bonus):
    """Rules say ``of_row(row)``: the earnings of everybody whom a row pays."""

    #: How far above a row somebody may be paid; None: any distance.
    reach = None

    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self._table = None

    def of_row(self, row):
        raise NotImplementedError

    def of_payee(self, member):
        if self.run.whole:
            return self._rounded(self._everything()[member])
        return self._rounded(
            [
                one
                for row in self._rows_below(member)
                for one in self.of_row(row)
                if one.payee == member
            ]
        )

    def of_nobody(self):
        return self._rounded(self._everything()[-1])

    def _everything(self):
        if self._table is None:
            self._table = defaultdict(list)
            for row in self.run.inputs.rows:
                if self.takes(row):
                    for one in self.of_row(row):
                        self._table[one.payee].append(one)
        return self._table

    def _rows_below(self, member):
        """Return the rows that may pay somebody: of the people below, then and now."""
        run = self.run
        people = [member, *run.network.ever_below(member, self.reach)]
        if self.tree >= 0:
            for top in run.network.positions_of(member, self.tree):
                for place in (top, *run.network.positions_below(top)):
                    people.append(run.inputs.position_member[place])
            rows = {
                row
                for row in run.inputs.rows
                if run.inputs.row_position[row] >= 0
                and any(
                    top == run.inputs.row_position[row]
                    or run.network.leg_towards(run.inputs.row_position[row], top) >= 0
                    for top in run.network.positions_of(member, self.tree)
                )
            }
        else:
            rows = set()
        for one in people:
            rows.update(run.people.credited.get(one, ()))
        return [row for row in sorted(rows) if self.takes(row)]

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
        return other and self.param("customers", "level") == "level"

    def uplines(self, row):
        """Return the list of ``Upline`` of a row, the nearest first."""
        data = self.run.inputs
        member = data.row_member[row]
        if member < 0:
            return []
        found = self._over_positions(row) if self.tree >= 0 else self._over_sponsors(row)
        return [
            Upline(*place, distance) for distance, place in enumerate(islice(found, self.reach), 1)
        ]

    def _over_sponsors(self, row):
        data, network = self.run.inputs, self.run.network
        at_sale = self.document.get("as_of", "sale") == "sale"
        moment = data.row_moment[row] if at_sale else None
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
