# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What explanations ask of the rows of a result: those of a person, of a sale, one by one.

``ResultRows`` finds them in the arrays of a result. Whoever stores rows offers the same
methods on what is stored, so that nothing has to be computed to explain one of them.
"""

from functools import cached_property
from types import SimpleNamespace

import numpy as np


class ResultRows:
    """Rows of a result; an index counts its earnings, members and rows are indexes, too."""

    def __init__(self, result):
        self.result = result

    def at(self, index):
        """Return an earning as plain integers. Raises ``IndexError``."""
        found = self.result.earnings
        return SimpleNamespace(**{name: int(values[index]) for name, values in vars(found).items()})

    def of_payee(self, member, bonus=None):
        """Return the indexes of somebody's earnings, of one bonus or all, ascending."""
        found = self.result.earnings
        start, end = span(found.payee, member)
        if bonus is None:
            return list(range(start, end))
        return (start + np.flatnonzero(found.bonus[start:end] == bonus)).tolist()

    def on(self, row, source=None, payees=None):
        """Return the indexes of the earnings of a volume row, -1: of none, ascending.

        ``source`` narrows them to what came from one member; of others than ``payees`` they
        may be left out.
        """
        order, rows, sources = self._by_row
        start, end = span(rows, row)
        if source is not None:
            inside = span(sources[start:end], source)
            start, end = start + inside[0], start + inside[1]
        return sorted(order[start:end].tolist())

    def paid(self, member, bonus):
        """Return what a bonus paid somebody, ten-thousandths."""
        mine = self.of_payee(member, bonus)
        return int(self.result.earnings.amount_e4[mine].sum())

    def figures(self, member, position=-1, bonus=-1):
        """Return ``{measure code: value}`` of a member, or of one of its positions."""
        found = self.result.measures
        part = slice(*span(found.member, member))
        chosen = (found.position[part] == position) & (found.bonus[part] == bonus)
        codes, values = found.measure[part][chosen], found.value[part][chosen]
        return dict(zip(codes.tolist(), values.tolist(), strict=True))

    @cached_property
    def _by_row(self):
        """``(order, row, source)`` of the earnings, sorted by row and source."""
        found = self.result.earnings
        order = np.lexsort((found.source, found.row))
        return order, found.row[order], found.source[order]


def span(ordered, value):
    """Return ``(start, end)`` of a value in an array in order."""
    # of the array's own type: another one would have all of it converted
    return np.searchsorted(ordered, np.array((value, value + 1), dtype=ordered.dtype)).tolist()
