# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fingerprints: sha256 over canonically sorted integers and their names.

Indexes are replaced by ids first, so a digest does not depend on how a snapshot
was loaded, and it can be recomputed from stored tables. Each column contributes
its name, its length and its values as little-endian int64. A column that only networks
of several companies fill contributes nothing while it is all zero.
"""

import hashlib

import numpy as np

from .result import columns
from .tables import EarningTable

_MEMBER = ("payee", "source", "member")
_OF_SEVERAL = ("per_e6",)
#: Values that are translated and fed at once: they stay in the processor's cache.
_PART = 1 << 16


def of_result(snapshot, result):
    """Return the sha256 (hex) of a result."""
    known = (snapshot.member_id, snapshot.position_id, snapshot.row_id)
    if any(ids.size and ids[0] < 0 for ids in known):
        return of_tables(tables(snapshot, result))
    # What is in order by indexes is so by ids, which rise with them.
    total = hashlib.sha256()
    for name, table in _indexed(snapshot, result).items():
        for column, (values, ids) in table.items():
            add_array(total, f"{name}.{column}", values, ids)
    return total.hexdigest()


def tables(snapshot, result):
    """Return ``{table: {column: int64 array}}`` with ids instead of indexes."""
    return {
        name: {
            column: np.array(values if ids is None else ids[values])
            for column, (values, ids) in table.items()
        }
        for name, table in _indexed(snapshot, result).items()
    }


def _indexed(snapshot, result):
    """Return ``{table: {column: (values, ids)}}``; ``ids``: what an index stands for, the last
    one for -1; ``None`` where values stand for themselves."""
    ids = {
        "position": np.append(snapshot.position_id, -1),
        "row": np.append(snapshot.row_id, -1),
        **dict.fromkeys(_MEMBER, np.append(snapshot.member_id, -1)),
    }
    carry = ("position", "bonus", "measure", "value")
    found = {
        "earnings": columns(result.earnings),
        "measures": columns(result.measures),
        "ranks": (("rank", result.rank), ("title", result.title)),
        "carry": ((name, getattr(result, f"carry_{name}")) for name in carry),
    }
    told = {
        name: {
            column: (values, ids.get(column))
            for column, values in table
            if _is_told(column, values)
        }
        for name, table in found.items()
    }
    return {**told, "ranks": {"member": (snapshot.member_id, None), **told["ranks"]}}


#: Columns that order each table; unique together.
KEYS = {
    "earnings": EarningTable.KEY,
    "measures": ("member", "position", "bonus", "measure"),
    "ranks": ("member",),
    "carry": ("position", "bonus", "measure"),
}


def of_tables(found):
    """Return the sha256 (hex) of tables in any row order."""
    total = hashlib.sha256()
    for name, key in KEYS.items():
        table = found[name]
        order = _order([table[column] for column in key])
        for column, values in table.items():
            if not _is_told(column, values):
                continue
            if order is not None:
                values = values[order]
            add_array(total, f"{name}.{column}", values)
    return total.hexdigest()


def add_array(total, name, values, ids=None):
    """Feed a named integer array to a hash object; ``ids``: what its values are indexes of."""
    total.update(f"{name}:{values.size}\n".encode())
    for begin in range(0, values.size, _PART):
        part = values[begin : begin + _PART]
        part = part if ids is None else ids[part]
        total.update(np.ascontiguousarray(part, dtype="<i8").data)


def _is_told(column, values):
    """Tell whether a column counts: not what only networks of several companies fill, where
    it is all zero."""
    return column not in _OF_SEVERAL or values.any()


def _order(keys):
    """Return the sorting order, ``None`` when the rows are in order already."""
    later = np.zeros(max(keys[0].size - 1, 0), dtype=bool)
    tied = np.ones_like(later)
    for key in keys:
        if (tied & (key[1:] < key[:-1])).any():
            return np.lexsort(keys[::-1])
        later |= tied & (key[1:] > key[:-1])
        tied = ~later
    return None
