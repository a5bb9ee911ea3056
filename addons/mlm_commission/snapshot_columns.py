# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From database values to the columns of a snapshot."""

from datetime import timezone

import numpy as np


def moment_of(value):
    """Seconds since 1970 of a naive UTC datetime."""
    return int(value.replace(tzinfo=timezone.utc).timestamp())


def moments_of(stamps):
    """Seconds since 1970 of timestamps as COPY BINARY has them: microseconds since 2000.

    Half a second is rounded up.
    """
    return (stamps + 500_000) // 1_000_000 + 946_684_800


def ordinal_sql(column):
    """SQL: proleptic ordinal of a date (``date.toordinal``)."""
    return f"({column} - DATE '0001-01-01' + 1)"


def sorted_columns(rows, width):
    """Columns of a list of ``width``-tuples of integers, sorted by all of them."""
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, width)
    return tuple(np.ascontiguousarray(table[:, column]) for column in range(width))
