# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Columns of tables in the making: a column with one value for all rows is a view of it.

Such a view costs nothing, whatever its length, and is passed on as one.
"""

import numpy as np


def full(value, size):
    """Return a column of ``size`` rows (or of that shape) of an array, or a view of one
    integer for all."""
    return np.broadcast_to(np.asarray(value), size)


def alike(values):
    """Tell whether a column is a view of one value."""
    return values.size > 0 and values.strides == (0,)


def joined(parts):
    """Return columns one below the other."""
    first = parts[0]
    if len(parts) == 1:
        return first
    if all(alike(part) and part[0] == first[0] for part in parts):
        return full(first[0], sum(part.size for part in parts))
    return np.concatenate(parts)


def part(values, index):
    """Return the rows of a column that an index or mask names; ``None``: all."""
    if index is None:
        return values
    if not alike(values):
        return values[index]
    size = np.count_nonzero(index) if index.dtype == bool else index.size
    return full(values[0], size)


def narrow(values):
    """Return a column of small numbers in half the memory; of larger ones as it is."""
    if alike(values):
        return values
    limit = np.iinfo(np.int32)
    if values.size and (values.min() < limit.min or values.max() > limit.max):
        return values
    return values.astype(np.int32)
