# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sorting and grouping by several integer columns at once.

Columns are packed into as few ``int64`` keys as hold them, so that rows of six columns are
mostly sorted by one array of integers, which numpy does several times faster than by six.
"""

import numpy as np

from .columns import alike

#: A packed key is never negative.
_BITS = 63


def order(columns):
    """Return the index array that sorts rows by ``columns``, the first one first; ``None``
    where they are in order already. Rows equal in all columns come in any order."""
    return runs(columns)[0]


def runs(columns):
    """Return ``(order, first)``: as ``order``, and a mask over the sorted rows of those that
    differ from the row before.

    ``columns``: integer arrays of one length, which may be views of a single value.
    """
    columns = list(columns)
    size = columns[0].size
    found, first = None, np.zeros(size, dtype=bool)
    first[:1] = True
    for key in _keys(columns):
        values = key if found is None else key[found]
        if found is None and not first[1:].any():
            if (values[1:] < values[:-1]).any():
                found = np.argsort(values)
                values = values[found]
        else:
            found, values = _refined(found, first, values)
        first[1:] |= values[1:] != values[:-1]
        if first.all():
            break  # no two are alike: more columns change nothing
    return found, first


def _refined(found, first, values):
    """Sort by one more key within runs of equal rows."""
    last = np.append(first[1:], True)
    tied = np.flatnonzero(~(first & last))
    run = np.cumsum(first[tied])
    inside = np.lexsort((values[tied], run))
    if (inside == np.arange(inside.size)).all():
        return found, values
    moved = np.arange(first.size)
    moved[tied] = tied[inside]
    return (moved if found is None else found[moved]), values[moved]


def _keys(columns):
    """Yield the packed keys, those of the first columns first."""
    key, room = None, 0
    for values in columns:
        if not values.size or alike(values):
            continue
        low = int(values.min())
        width = (int(values.max()) - low).bit_length()
        if not width:
            continue
        if key is not None and width > room:
            yield key
            key = None
        if width > _BITS:
            yield values
        elif key is None:
            key, room = values.astype(np.int64) - low, _BITS - width
        else:
            key <<= width
            key += values
            key -= low
            room -= width
    if key is not None:
        yield key
