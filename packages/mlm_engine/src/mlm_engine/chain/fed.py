# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the excess of own purchases put into legs in one period (RULES 14, 45).

Asked for when such a purchase comes back later; see ``fed_*`` in the snapshot's contract.
"""

from dataclasses import dataclass

import numpy as np

from .. import rules
from ..kernel.by_id import index_of, summed
from ..kernel.codes import Measure

#: Figures of what own purchases put into each leg: new of the period, less what came back,
#: and what came back.
_LEFT = (Measure.LEFT_EXCESS, Measure.LEFT_BACK)
_RIGHT = (Measure.RIGHT_EXCESS, Measure.RIGHT_BACK)


@dataclass(frozen=True)
class Fed:
    """One period. ``as_of`` is its last second. Tables are tuples of columns, ids of people and
    positions: ``sides`` (member, position, bonus, side, CV), side 0 left, 1 right;
    ``bought`` (member, 1 for packages, CV) of those who have sides; ``back`` (member, as_of of
    the sale, 1 for packages, CV) of returned purchases of earlier periods. ``packages`` says
    of each bonus whether packages feed legs, ``None`` where nothing does."""

    as_of: int
    packages: tuple
    sides: tuple
    bought: tuple
    back: tuple

    def rows(self, members, later):
        """Return the columns of ``fed_*`` of some people, ids instead of indexes.

        :param members: sorted ids
        :param later: ``Fed`` of the periods between this one and the one that asks
        """
        chosen = np.flatnonzero(np.isin(self.sides[0], members))
        found = {}
        for member, position, bonus, side, value in zip(
            *(column[chosen].tolist() for column in self.sides), strict=True
        ):
            found.setdefault((position, bonus, member), [0, 0])[side] += value
        bought, back = self._cv(members, later)
        table = []
        for (position, bonus, member), sides in found.items():
            packages = self.packages[bonus]
            of = _own(bought, member, packages)
            if any(sides) and of > 0:
                gone = _own(back, member, packages)
                table.append((position, bonus, member, self.as_of, *sides, of, gone, packages))
        return np.array(table, dtype=np.int64).reshape(-1, 9).T

    def _cv(self, members, later):
        """Return ``{(member, 1 for packages): CV}`` bought, and the same of what came back."""
        bought = {
            (member, package): cv
            for member, package, cv in zip(*(one.tolist() for one in self.bought), strict=True)
        }
        back = {}
        for one in later:
            member, as_of, package, cv = one.back
            mine = (as_of == self.as_of) & np.isin(member, members)
            for key in zip(
                *(column[mine].tolist() for column in (member, package, cv)), strict=True
            ):
                back[key[:2]] = back.get(key[:2], 0) + key[2]
        return bought, back


def _own(found, member, packages):
    """Return the CV of a person, that of packages with it or not."""
    return found.get((member, 0), 0) + (found.get((member, 1), 0) if packages else 0)


def of(snapshot, result):
    """Return the ``Fed`` of a run."""
    table, member_id = result.measures, snapshot.member_id
    chosen = np.flatnonzero((table.position >= 0) & np.isin(table.measure, (*_LEFT, *_RIGHT)))
    member = table.member[chosen]
    sides = (
        member_id[member],
        snapshot.position_id[table.position[chosen]],
        table.bonus[chosen],
        np.isin(table.measure[chosen], _RIGHT).astype(np.int64),
        table.value[chosen],
    )
    back = snapshot.row_reversal == 1
    mine = index_of(np.unique(member), snapshot.row_member) >= 0
    bought = summed(*_own_rows(snapshot, np.flatnonzero(mine & ~back)))
    as_of = snapshot.row_as_of if snapshot.row_as_of.size else np.full(back.size, -1)
    returned = np.flatnonzero(back & (as_of >= 0) & (snapshot.row_member >= 0))
    who, package, cv = _own_rows(snapshot, returned)
    packages = []
    for item in snapshot.plan["bonuses"]:
        rule, params = rules.of(item)
        packages.append(rule.feeds_legs(params))
    return Fed(
        snapshot.period_end_moment - 1,
        tuple(packages),
        sides,
        bought,
        (who, as_of[returned], package, -cv),
    )


def _own_rows(snapshot, rows):
    """Return who is credited (id), whether it is a package, and the CV of some volume rows."""
    return (
        snapshot.member_id[snapshot.row_member[rows]],
        (snapshot.row_package[rows] >= 0).astype(np.int64),
        snapshot.row_cv_e4[rows],
    )
