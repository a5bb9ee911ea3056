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


def of_result(snapshot, result):
    """Return the sha256 (hex) of a result."""
    return of_tables(tables(snapshot, result))


def tables(snapshot, result):
    """Return ``{table: {column: int64 array}}`` with ids instead of indexes."""
    ids = {
        "position": snapshot.position_id,
        "row": snapshot.row_id,
        **dict.fromkeys(_MEMBER, snapshot.member_id),
    }
    return {
        "earnings": _with_ids(columns(result.earnings), ids),
        "measures": _with_ids(columns(result.measures), ids),
        "ranks": {
            "member": snapshot.member_id,
            "rank": result.rank,
            "title": result.title,
        },
        "carry": _with_ids(
            (
                ("position", result.carry_position),
                ("bonus", result.carry_bonus),
                ("measure", result.carry_measure),
                ("value", result.carry_value),
            ),
            ids,
        ),
    }


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
        for column, values in _told(table).items():
            if order is not None:
                values = values[order]
            add_array(total, f"{name}.{column}", values)
    return total.hexdigest()


def add_array(total, name, values):
    """Feed a named integer array to a hash object."""
    total.update(f"{name}:{values.size}\n".encode())
    total.update(np.ascontiguousarray(values, dtype="<i8").data)


def _told(table):
    """Leave out what only networks of several companies fill, where it is all zero."""
    return {
        name: values for name, values in table.items() if name not in _OF_SEVERAL or values.any()
    }


def _with_ids(found, ids):
    result = {}
    for name, values in found:
        if name in ids:
            known = values >= 0
            named = np.full(values.size, -1, dtype=np.int64)
            named[known] = ids[name][values[known]]
            values = named
        result[name] = values
    return _told(result)


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
