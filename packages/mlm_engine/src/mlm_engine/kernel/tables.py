# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables under construction: columns are added in pieces, sorted at the end."""

from dataclasses import fields

import numpy as np

from .exact import INT64_MAX
from .result import Earnings, Measures
from .text import _

_DEFAULTS = {"payee": -1, "position": -1, "source": -1, "row": -1}


class EarningTable:
    """Collects earnings; ``build`` sorts them canonically."""

    #: Unique together, and the order of rows in a result.
    KEY = ("payee", "bonus", "row", "source", "level", "paid_level", "position")

    def __init__(self):
        self._pieces = []

    def rows(self):
        """Return what was added so far, sorted; changes in place are kept."""
        found = self.build()
        self._pieces = [vars(found)] if found.payee.size else []
        return found

    def add(self, **columns):
        """Add rows: arrays of one length, or integers for all rows.

        Columns left out are 0, or -1 for an index. ``paid_level`` is ``level``
        unless given.
        """
        columns.setdefault("paid_level", columns.get("level", 0))
        length = max((np.size(value) for value in columns.values()), default=0)
        if any(np.size(value) == 0 for value in columns.values()):
            return
        self._pieces.append(
            {
                item.name: np.broadcast_to(
                    np.asarray(
                        columns.get(item.name, _DEFAULTS.get(item.name, 0)),
                        dtype=np.int64,
                    ),
                    (length,),
                )
                for item in fields(Earnings)
            }
        )

    def build(self):
        """Return the sorted ``Earnings``."""
        if not self._pieces:
            return Earnings()
        names = [item.name for item in fields(Earnings)]
        joined = {name: np.concatenate([piece[name] for piece in self._pieces]) for name in names}
        self._pieces = []
        order = np.lexsort([joined[name] for name in reversed(self.KEY)])
        return Earnings(**{name: joined.pop(name)[order] for name in names})


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
        key = np.concatenate([piece[0] for piece in self._pieces])
        value = np.concatenate([piece[1] for piece in self._pieces])
        self._pieces = []
        order = np.argsort(key)
        key, value = key[order], value[order]
        del order
        key, measure = np.divmod(key, self._CODES)
        key, bonus = np.divmod(key, self._BONUSES)
        member, position = np.divmod(key, self._width)
        return Measures(member - 1, position - 1, bonus - 1, measure, value)


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
