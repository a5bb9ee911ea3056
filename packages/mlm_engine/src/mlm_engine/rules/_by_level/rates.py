# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rate of each level: offered, by rank, and how deep a rank reaches."""

import numpy as np

from ...kernel.exact import E6, mul_div
from ...plan.params import nearest_lower


class LevelRates:
    """Rates of a bonus as arrays, ``base_pct`` included.

    ``table[rank, level - 1]`` is the own rate, ``offered[level - 1]`` the highest of
    any rank (millionths), ``unlock[rank]`` the deepest level of a rank, ``count`` the
    number of levels. Levels above ``height`` (0: no limit) are not offered.
    """

    def __init__(self, params, plan, height=0):
        ranks = max(len(plan["ranks"]), 1)
        if params.rates_by_rank_e6:
            rows = nearest_lower(params.rates_by_rank_e6, [])
        else:
            rows = [params.rates_e6] * ranks
        count = max(map(len, rows), default=0)
        if height:
            count = min(count, height)
        table = np.zeros((ranks, count), dtype=np.int64)
        for rank, row in enumerate(rows):
            row = row[:count]
            table[rank, : len(row)] = row
        self.table = scaled(table, params.base_pct_e6)
        self.offered = self.table.max(axis=0) if count else np.zeros(0, dtype=np.int64)
        self.count = count
        if params.levels_by_rank:
            self.unlock = np.array(nearest_lower(params.levels_by_rank, 0), dtype=np.int64)
        else:
            self.unlock = np.full(ranks, count, dtype=np.int64)

    @property
    def walked(self):
        """Levels that offer something."""
        return (np.flatnonzero(self.offered) + 1).tolist()


def scaled(rate_e6, share_e6):
    """Return a share of rates, rounded half up to a millionth."""
    if share_e6 == E6:
        return rate_e6
    return mul_div(rate_e6, share_e6, E6, "half_up")
