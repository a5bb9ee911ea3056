# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables under construction: columns are added in pieces, sorted at the end."""

from dataclasses import fields

import numpy as np

from . import memory, packed
from .columns import alike, full, joined, part
from .exact import INT64_MAX, sum_by
from .result import Earnings, Measures
from .text import _

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
            setattr(found, item.name, _laid(parts, places, writable))
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


def _laid(parts, places, writable):
    """Return one column of the whole, int64."""
    size, first = sum(one.size for one in parts), parts[0]
    if not writable and all(alike(one) and one[0] == first[0] for one in parts):
        return full(np.int64(first[0]), size)
    whole = np.empty(size, dtype=np.int64)
    for values, place in zip(parts, places, strict=True):
        whole[place] = values
    return whole


class MeasureTable:
    """Collects measures; zero values are dropped, ``build`` sorts the rest.

    The four index columns travel as one integer key: half the memory of four
    columns and one sort instead of four.
    """

    _BONUSES = 64
    _CODES = 1024

    def __init__(self, members, positions):
        if (members + 1) * (positions + 1) * self._BONUSES * self._CODES > INT64_MAX:
            raise OverflowError(_("too many people and positions for one run"))
        self._width = positions + 1
        self._pieces = []

    def add(self, measure, value, member, position=-1, bonus=-1):
        """Add one figure for many: arrays of one length, or integers for all."""
        value = np.asarray(value, dtype=np.int64)
        keep = np.flatnonzero(value)
        member = np.broadcast_to(member, value.shape)[keep]
        position = np.broadcast_to(position, value.shape)[keep]
        key = (member.astype(np.int64) + 1) * self._width + position + 1
        key = (key * self._BONUSES + bonus + 1) * self._CODES + int(measure)
        self._pieces.append((key, value[keep]))

    def build(self):
        """Return the sorted ``Measures``."""
        if not self._pieces:
            return Measures()
        keys, values = zip(*self._pieces, strict=True)
        self._pieces = []
        key = np.concatenate(keys)
        del keys
        order = np.argsort(key)
        key = key[order]
        value = np.concatenate(values)[order]
        del order, values
        measure = key % self._CODES
        key //= self._CODES
        bonus = key % self._BONUSES
        key //= self._BONUSES
        member = key // self._width
        key -= member * self._width  # the position is left
        for column in (member, key, bonus):
            column -= 1
        return Measures(member, key, bonus, measure, value)


class CarryTable:
    """Collects what the next period reads: ``(position, bonus, measure, value)``."""

    def __init__(self):
        self._pieces = []

    def add(self, measure, value, position, bonus):
        value = np.asarray(value, dtype=np.int64)
        keep = np.flatnonzero(value)
        self._pieces.append(
            (
                np.asarray(position)[keep],
                np.full(keep.size, bonus),
                np.full(keep.size, int(measure)),
                value[keep],
            )
        )

    def build(self):
        """Return the four sorted columns."""
        if not self._pieces:
            return tuple(np.zeros(0, dtype=np.int64) for _ in range(4))
        columns = [
            np.concatenate([piece[place] for piece in self._pieces]).astype(np.int64)
            for place in range(4)
        ]
        self._pieces = []
        order = np.lexsort(columns[2::-1])
        return tuple(column[order] for column in columns)
