# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From database values to the columns of a snapshot."""

from datetime import timezone

import numpy as np


def moment_of(value):
    """Seconds since 1970 of a naive UTC datetime."""
    return int(value.replace(tzinfo=timezone.utc).timestamp())


def ordinal_sql(column):
    """SQL: proleptic ordinal of a date (``date.toordinal``)."""
    return f"({column} - DATE '0001-01-01' + 1)"


def index_of(ids, wanted):
    """Positions of ``wanted`` ids in the sorted ``ids``; -1 where 0 or unknown."""
    if not len(ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1).astype(np.int64)


def sorted_columns(rows, width):
    """Columns of a list of ``width``-tuples of integers, sorted by all of them."""
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, width)
    return tuple(np.ascontiguousarray(table[:, column]) for column in range(width))
