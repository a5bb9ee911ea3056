# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables under construction: columns are added in pieces, sorted at the end."""

from dataclasses import fields

import numpy as np

from . import memory, packed
from .columns import alike, full, joined, narrow, part
from .exact import sum_by
from .result import Earnings, Measures, dtype_of

_DEFAULTS = {"payee": -1, "position": -1, "source": -1, "row": -1}


class EarningTable:
    """Collects earnings, bonus by bonus; ``build`` puts them in their canonical order.

    Rows of a bonus are sorted by themselves, mostly by one packed key; then the bonuses are
    merged payee by payee, so that nothing is ever sorted as a whole.
    """

    #: Unique together, and the order of rows in a result. Rates differ where all else is
    #: alike in rows that stand for several sales (``grain: source``).
    KEY = ("payee", "bonus", "row", "source", "level", "paid_level", "position", "rate_e6")

    def __init__(self):
        self._pieces = []  # columns of rows of one bonus each
        self._built = None

    def rows(self):
        """Return what was added so far, sorted; changes in place are kept."""
        if self._pieces or self._built is None:
            self._built = self._merged(writable=True)
        return self._built

    def build(self):
        """Return the sorted ``Earnings``; the table is empty then. A column in which all
        rows have one value may be a view of it, not to be written."""
        found = self._merged(writable=False) if self._pieces else self._built or Earnings()
        self._built = None
        return found

    def add(self, **columns):
        """Add rows: integer arrays of one length, or integers for all rows.

        Columns left out are 0, or -1 for an index. ``paid_level`` is ``level``
        unless given. Arrays belong to the table from here on.
        """
        columns.setdefault("paid_level", columns.get("level", 0))
        length = max((np.size(value) for value in columns.values()), default=0)
        if any(np.size(value) == 0 for value in columns.values()):
            return
        piece = {
            item.name: full(columns.get(item.name, _DEFAULTS.get(item.name, 0)), length)
            for item in fields(Earnings)
        }
        self._pieces += _by_bonus(piece)

    def paid(self, bonuses, members):
        """Return what each member was paid so far by some bonuses, int64."""
        pieces = list(self._pieces)
        if self._built is not None:
            pieces += _by_bonus(vars(self._built))
        total = np.zeros(members, dtype=np.int64)
        for piece in pieces:
            if piece["bonus"][0] in bonuses:
                total += sum_by(piece["payee"], piece["amount_e4"], members)
        return total

    def _merged(self, writable):
        pieces, self._pieces = self._pieces, []
        if self._built is not None:
            pieces += _by_bonus(vars(self._built))
            self._built = None
        if not pieces:
            return Earnings()
        groups = {}
        for piece in pieces:
            groups.setdefault(int(piece["bonus"][0]), []).append(piece)
        del pieces
        chunks = [_Chunk(groups.pop(bonus), self.KEY) for bonus in sorted(groups)]
        places = _places([chunk.payee for chunk in chunks])
        found = Earnings()
        for item in fields(Earnings):
            parts = [chunk.pop(item.name) for chunk in chunks]
            setattr(found, item.name, _laid(parts, places, dtype_of(item.name), writable))
            del parts
            memory.give_back()
        return found


class _Chunk:
    """The rows of one bonus and their order."""

    def __init__(self, pieces, key):
        names = list(pieces[0])
        self._columns = {name: joined([one.pop(name) for one in pieces]) for name in names}
        self._order = packed.order([self._columns[name] for name in key])
        self.payee = part(self._columns["payee"], self._order)

    def pop(self, name):
        """Return a column in order; it is no longer kept."""
        return part(self._columns.pop(name), self._order)


def _by_bonus(piece):
    """Return a piece as pieces of one bonus each."""
    bonus = piece["bonus"]
    found = [bonus[0]] if alike(bonus) else np.unique(bonus)
    if len(found) == 1:
        return [{**piece, "bonus": full(found[0], bonus.size)}]
    return [
        {
            **{name: part(values, rows) for name, values in piece.items()},
            "bonus": full(one, rows.size),
        }
        for one in found
        for rows in [np.flatnonzero(bonus == one)]
    ]


def _places(payees):
    """Return where the rows of each chunk go in the whole: payee by payee, of each payee
    chunk by chunk. ``payees``: of each chunk, ascending."""
    if len(payees) == 1:
        return [slice(None)]
    size = 2 + max(int(one[-1]) for one in payees)
    counts = [np.bincount(one + np.int32(1), minlength=size) for one in payees]
    begin = np.cumsum(sum(counts)) - sum(counts)
    places = []
    for payee, count in zip(payees, counts, strict=True):
        shift = begin - (np.cumsum(count) - count)
        places.append(np.arange(payee.size) + shift[payee + np.int32(1)])
        begin += count
    return places


def _laid(parts, places, dtype, writable):
    """Return one column of the whole."""
    size, first = sum(one.size for one in parts), parts[0]
    if not writable and all(alike(one) and one[0] == first[0] for one in parts):
        return full(dtype(first[0]), size)
    whole = np.empty(size, dtype=dtype)
    for values, place in zip(parts, places, strict=True):
        whole[place] = values
    return whole


class MeasureTable:
    """Collects figures of all members, or of all positions; zero values are dropped.

    What is kept of a figure is where it is not zero and its values, in 32 bits where they fit.
    ``build`` knows the place of each in the result, so that nothing is sorted.
    """

    def __init__(self, members, owner):
        self._members, self._owner = members, owner
        self._pieces = []

    def add(self, measure, value, bonus=-1):
        """Add one figure of each member."""
        self._keep(measure, value, bonus, False)

    def add_of_positions(self, measure, value, bonus):
        """Add one figure of each position; of one without an owner it is zero."""
        self._keep(measure, value, bonus, True)

    def _keep(self, measure, value, bonus, position):
        value = np.asarray(value)
        at = np.flatnonzero(value).astype(np.int32)
        self._pieces.append((bonus, int(measure), position, at, narrow(value[at])))

    def build(self):
        """Return the sorted ``Measures``; the table is empty then."""
        pieces, self._pieces = sorted(self._pieces, key=lambda piece: piece[:3]), []
        slots, member, position = self._slots()
        count = np.zeros(member.size, dtype=np.int32)
        for _bonus, _measure, of, at, _value in pieces:
            count[slots[of][at]] += 1
        size = int(count.sum())
        found = Measures(
            *(np.repeat(column, count) for column in (member, position)),
            *(np.empty(size, dtype=dtype_of(name)) for name in ("bonus", "measure", "value")),
        )
        del member, position
        place = np.cumsum(count) - count  # of the next figure in each slot
        for number, (bonus, measure, of, at, value) in enumerate(pieces):
            slot = slots[of][at]
            here = place[slot]
            place[slot] += 1
            found.bonus[here], found.measure[here], found.value[here] = bonus, measure, value
            pieces[number] = at = value = None  # no longer needed
        return found

    def _slots(self):
        """Return ``((slot of each member, of each position), member, position)``: in the
        order of a result each person is followed by the own positions; -1 for no position."""
        owned = np.flatnonzero(self._owner >= 0)
        by_owner = owned[np.argsort(self._owner[owned], kind="stable")]
        held = np.bincount(self._owner[owned], minlength=self._members)
        own = np.arange(self._members) + np.cumsum(held) - held
        member = np.repeat(np.arange(self._members, dtype=np.int32), held + 1)
        position = np.full(member.size, -1, dtype=np.int32)
        theirs = np.ones(member.size, dtype=bool)
        theirs[own] = False
        position[theirs] = by_owner
        slot = np.zeros(self._owner.size, dtype=np.int32)
        slot[by_owner] = np.flatnonzero(theirs)
        return (own.astype(np.int32), slot), member, position


class CarryTable:
    """Collects what the next period reads: ``(position, bonus, measure, value)``."""

    def __init__(self):
        self._pieces = []

    def add(self, measure, value, bonus):
        """Add one figure of each position; zeros are dropped."""
        at = np.flatnonzero(value)
        self._pieces.append(
            (at, full(np.int64(bonus), at.size), full(np.int64(measure), at.size), value[at])
        )

    def build(self):
        """Return the four sorted columns, int64; the table is empty then."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return tuple(np.zeros(0, dtype=np.int64) for _ in range(4))
        columns = [np.concatenate(parts) for parts in zip(*pieces, strict=True)]
        order = packed.order(columns[:3])
        return tuple(part(column, order) for column in columns)
