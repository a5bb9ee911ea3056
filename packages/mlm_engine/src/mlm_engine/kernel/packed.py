# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sorting and grouping by several integer columns at once.

Columns are packed into keys of 63 bits, each with the place of its row in the last ones: then
numpy sorts bare integers, which it does ten times faster than it finds the order of some. What
does not fit into one key orders only the rows that are equal so far.
"""

from functools import partial

import numpy as np

from .columns import alike, part

#: A packed key is never negative.
_BITS = 63


def order(columns):
    """Return the index array that sorts rows by ``columns``, the first one first; ``None``
    where they are in order already. Rows equal in all columns stay in theirs."""
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
    place = max(size - 1, 0).bit_length()
    key, others = _key(columns, _BITS - place)
    if key is None:
        return found, first
    if (key[1:] < key[:-1]).any():
        key <<= place
        key |= np.arange(size)
        key.sort()
        found = key & ((1 << place) - 1)
        key >>= place
    first[1:] = key[1:] != key[:-1]
    del key
    tied = np.flatnonzero(~(first & np.append(first[1:], True))) if others else ()
    if len(tied):
        # Only rows that are equal so far ask for more columns.
        row = tied if found is None else found[tied]
        inside, begins = runs([np.cumsum(first[tied]), *(one(row) for one in others)])
        first[tied] = begins
        if inside is not None:
            found = np.arange(size) if found is None else found
            found[tied] = row[inside]
    return found, first


def _key(columns, bits):
    """Return ``(key, others)``: the first columns as one key of so many bits, ``None`` where
    all rows are alike; and what gives the other columns, the rest of one that is cut among
    them, of some rows."""
    key = None
    for number, values in enumerate(columns):
        if not values.size or alike(values):
            continue
        low = int(values.min())
        width = (int(values.max()) - low).bit_length()
        if width > _BITS:  # as their places among all values
            values = np.unique(values, return_inverse=True)[1]
            low, width = 0, int(values.max()).bit_length()
        whole = values.astype(np.int64)
        whole -= low
        left = max(width - bits, 0)
        whole >>= left
        if key is None:
            key = whole
        else:
            key <<= width - left
            key |= whole
        bits -= width - left
        if not bits:
            rest = [_rest(values, low, left)] if left else []
            return key, rest + [partial(part, one) for one in columns[number + 1 :]]
    return key, []


def _rest(values, low, bits):
    """Return what gives the last bits of a column above its least value, of some rows."""
    return lambda row: (values[row].astype(np.int64) - low) & ((1 << bits) - 1)
