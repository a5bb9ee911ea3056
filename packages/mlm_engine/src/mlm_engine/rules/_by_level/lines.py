# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a bonus on volume rows walks up from: rows, or with the grain ``source`` groups of
rows that go the same way.

``paying.settle`` makes one row of lines that are alike, however they came; grouping them before
the walk only spares walking the same way again for each of somebody's purchases.
"""

from dataclasses import dataclass

import numpy as np

from ...kernel import packed, row_filter
from ...kernel.columns import full, part
from ...kernel.uplines import Start, of_bonus, starts


@dataclass(frozen=True)
class Lines:
    """Where walks begin, with the base of each and ``row``, its volume row or the first of a
    group; ``source``: who bought."""

    start: Start
    base_e4: np.ndarray
    source: np.ndarray
    row: np.ndarray

    @property
    def columns(self):
        return {"source": self.source, "row": self.row}


def of_bonus_rows(ctx, bonus):
    """Return the ``Lines`` of the rows that a bonus takes."""
    row = row_filter.taken(ctx, bonus)
    base = row_filter.base_of(ctx, bonus)[row]
    if bonus.grain == "source" and row.size:
        row, base = grouped(ctx, bonus, row, base)
    return Lines(starts(ctx, bonus, row), base, ctx.snapshot.row_buyer[row], row)


def grouped(ctx, bonus, row, base_e4):
    """Return one row for all of one buyer that go the same way, with the sum of their base."""
    data = ctx.snapshot
    credited = data.row_member[row]
    dated = of_bonus(ctx, bonus).dated(credited)
    moment = np.where(dated, data.row_moment[row], 0) if dated.any() else full(0, row.size)
    placed = full(-1, row.size) if bonus.tree == "sponsor" else data.row_position[row]
    order, first = packed.runs([data.row_buyer[row], credited, placed, moment])
    begins = np.flatnonzero(first)
    base = np.add.reduceat(part(base_e4, order), begins)
    return row[begins if order is None else order[begins]], base
