# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What computed periods leave to those that come, by the ids of people and positions.

Who stands where in a snapshot changes from period to period, and so may the plan. A kind of
period hands on to the next of its kind; ranks come from the kind that decides them, earnings of
the ledger's periods go to the longer ones that they are part of.
"""

from dataclasses import dataclass, replace

import numpy as np

from .. import measures
from ..kernel.by_id import index_of, summed, translated
from ..kernel.codes import PLAN, Measure
from ..kernel.ranks import decides
from ..kernel.snapshot import columns_of
from . import fed
from .codes import by_code


@dataclass(frozen=True)
class _Left:
    """What one period left. Tables are tuples of columns, ids instead of indexes of people
    and positions; bonuses, ranks and measures are places in ``plan``."""

    plan: dict
    start: int
    end: int
    declared: tuple  # member, measure, value
    earned: tuple  # member, bonus, amount
    fed: fed.Fed


class HandedOn:
    """Filled by ``keep`` after each run; ``to`` gives it to the snapshot that comes next."""

    def __init__(self, cross=by_code):
        self._cross = cross
        self._left = {}  # {kind: [_Left], newest first}
        self._last = {}  # {kind: (plan, carry, state)}
        self._ranks = None  # (plan, member, rank, title, misses)

    def count(self, kind):
        """Return how many periods of a kind were computed."""
        return len(self._left.get(kind, ()))

    # -- what a snapshot takes over

    def to(self, snapshot):
        """Return the snapshot with what it takes over from the periods computed before; where
        there are none, it keeps what it has."""
        return replace(
            snapshot,
            **self._carried(snapshot),
            **self._held_ranks(snapshot),
            **self._prior(snapshot),
            **self._earned(snapshot),
            **self._fed(snapshot),
        )

    def _places(self, section, before, values, plan):
        """Return places of a section of a plan before as places in ``plan``, -1 for lost."""
        return translated(values, self._cross(section, before, plan))

    def _carried(self, snapshot):
        """Carry and state of the period before of the same kind."""
        if snapshot.period_kind not in self._last:
            return {}
        before, carry, state = self._last[snapshot.period_kind]
        found = {}
        for table, ids, rows in (
            ("carry", snapshot.position_id, carry),
            ("state", snapshot.member_id, state),
        ):
            who, bonus, measure, value = rows
            bonus = self._places("bonuses", before, bonus, snapshot.plan)
            found |= _table(table, summed(index_of(ids, who), bonus, measure, value))
        return found

    def _held_ranks(self, snapshot):
        """Title, rank paid as and misses of the last period that decided ranks."""
        if not self._ranks:
            return {}
        before, ids, rank, title, misses = self._ranks
        at = index_of(ids, snapshot.member_id)
        names = "member_paid", "member_title", "member_misses"
        found = {name: np.zeros(at.size, dtype=np.int64) for name in names}
        known = np.flatnonzero(at >= 0)
        for name, values in zip(names, (rank, title, misses), strict=True):
            values = values[at[known]]
            if name != "member_misses":
                values = self._places("ranks", before, values, snapshot.plan)
            found[name][known] = np.maximum(values, 0)  # a lost rank is the first
        return found

    def _prior(self, snapshot):
        """Measures of the periods before of this kind; of those before the first one
        computed here what was frozen."""
        ages, before = measures.ages(snapshot.plan), self._left.get(snapshot.period_kind, ())
        if not before or not ages:
            return {}
        size = max(ages.values())
        frozen = snapshot.prior_age > len(before)
        names = columns_of("prior")
        pieces = [tuple(getattr(snapshot, name)[frozen] for name in names)]
        for age, left in enumerate(before[:size], 1):
            member, measure, value = left.declared
            pieces.append(
                (
                    index_of(snapshot.member_id, member),
                    self._places("measures", left.plan, measure, snapshot.plan),
                    np.full(value.size, age, dtype=np.int64),
                    value,
                )
            )
        member, measure, age, value = (np.concatenate(one) for one in zip(*pieces, strict=True))
        needed = np.array([ages.get(one, 0) for one in range(len(snapshot.plan["measures"]))])
        keep = np.flatnonzero((measure >= 0) & (age <= needed[measure]))
        return _table("prior", summed(member[keep], measure[keep], age[keep], value[keep]))

    def _earned(self, snapshot):
        """What the periods of the ledger inside a longer one paid."""
        base = next(iter(snapshot.plan["periods"]))
        if snapshot.period_kind == base:
            return {}
        inside = [
            left
            for left in self._left.get(base, ())
            if snapshot.period_start <= left.end <= snapshot.period_end
        ]
        if not inside:
            return {}
        pieces = [
            (
                index_of(snapshot.member_id, member),
                self._places("bonuses", left.plan, bonus, snapshot.plan),
                amount,
            )
            for left in inside
            for member, bonus, amount in [left.earned]
        ]
        return _table("earned", summed(*map(np.concatenate, zip(*pieces, strict=True))))

    def _fed(self, snapshot):
        """Where own purchases of the periods before had gone that come back now."""
        before = self._left.get(snapshot.period_kind, ())
        if not before or not (snapshot.row_as_of.size or snapshot.fed_position.size):
            return {}
        known = np.array([left.fed.as_of for left in before], dtype=np.int64)
        frozen = ~np.isin(snapshot.fed_as_of, known)
        names = columns_of("fed")
        pieces = [tuple(getattr(snapshot, name)[frozen] for name in names)]
        later = []
        for left in before:
            members = snapshot.row_member[snapshot.row_as_of == left.fed.as_of]
            asked = snapshot.member_id[np.unique(members[members >= 0])]
            position, bonus, member, *rest = left.fed.rows(asked, later)
            pieces.append(
                (
                    index_of(snapshot.position_id, position),
                    self._places("bonuses", left.plan, bonus, snapshot.plan),
                    index_of(snapshot.member_id, member),
                    *rest,
                )
            )
            later.append(left.fed)
        columns = [np.concatenate(one) for one in zip(*pieces, strict=True)]
        keep = np.flatnonzero((columns[0] >= 0) & (columns[1] >= 0) & (columns[2] >= 0))
        order = keep[np.lexsort([column[keep] for column in reversed(columns)])]
        return _table("fed", [column[order] for column in columns])

    # -- what a run leaves

    def keep(self, snapshot, result):
        """Take what a run leaves to the periods that come."""
        plan, kind = snapshot.plan, snapshot.period_kind
        member, position = snapshot.member_id, snapshot.position_id
        self._last[kind] = (
            plan,
            (position[result.carry_position], *_columns(result, "carry")),
            (member[result.state_member], *_columns(result, "state")),
        )
        found = result.measures
        own = (found.position < 0) & (found.bonus < 0)
        if decides(snapshot):
            missed = own & (found.measure == Measure.RANK_MISSES)
            misses = np.zeros(member.size, dtype=np.int64)
            misses[found.member[missed]] = found.value[missed]
            self._ranks = plan, member, result.rank, result.title, misses
        declared = np.flatnonzero(own & (found.measure >= PLAN))
        earned = (np.zeros(0, dtype=np.int64),) * 3
        if kind == next(iter(plan["periods"])) and len(plan["periods"]) > 1:
            rows = result.earnings
            payee, bonus, amount = summed(rows.payee, rows.bonus, rows.amount_e4)
            earned = member[payee], bonus, amount
        left = _Left(
            plan,
            snapshot.period_start,
            snapshot.period_end,
            (
                member[found.member[declared]],
                found.measure[declared] - PLAN,
                found.value[declared],
            ),
            earned,
            fed.of(snapshot, result),
        )
        self._left.setdefault(kind, []).insert(0, left)


def _columns(result, table):
    return tuple(getattr(result, f"{table}_{name}") for name in ("bonus", "measure", "value"))


def _table(table, columns):
    return dict(zip(columns_of(table), columns, strict=True))
