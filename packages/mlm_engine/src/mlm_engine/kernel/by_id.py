# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From ids, which stay, to the indexes of one snapshot, which change from period to period."""

import numpy as np

#: so many times the ids at hand may their range be, for a table of it
DENSE = 4


def index_of(ids, wanted):
    """Positions of ``wanted`` ids in the sorted ``ids``; -1 where 0 or unknown."""
    if not len(ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    low, span = ids[0], int(ids[-1] - ids[0]) + 1
    if span < DENSE * (len(ids) + len(wanted)):
        # a table of places: to search for millions of ids takes ten times as long
        places = np.full(span + 1, -1, dtype=np.int64)  # the last one is of ids outside
        places[ids - low] = np.arange(len(ids))
        at = wanted - low
        return places[np.where((at >= 0) & (at < span), at, span)]
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1).astype(np.int64)


def translated(values, known):
    """``known[value]`` for each value, -1 where it is not known.

    >>> translated(np.array([7, 9, 7]), {7: 0})
    array([ 0, -1,  0])
    """
    keys = np.array(sorted(known), dtype=np.int64)
    news = np.array([known[key] for key in sorted(known)] + [-1], dtype=np.int64)
    return news[index_of(keys, values)]


def summed(*columns):
    """Rows with the same keys made one; the last column is added up.

    Keys below zero (of somebody or something unknown) and sums of zero are left out.
    Returned columns are sorted by the keys, the first one first.

    >>> summed(np.array([2, 1, 2, -1]), np.array([5, 6, 7, 8]))
    (array([1, 2]), array([ 6, 12]))
    """
    *keys, value = columns
    keep = np.flatnonzero(np.all([key >= 0 for key in keys], axis=0))
    order = keep[np.lexsort([key[keep] for key in reversed(keys)])]
    keys, value = [key[order] for key in keys], value[order]
    if not value.size:
        return (*keys, value)
    new = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    first = np.flatnonzero(np.concatenate(([True], new)))
    value = np.add.reduceat(value, first)
    kept = np.flatnonzero(value)
    return (*(key[first][kept] for key in keys), value[kept])
