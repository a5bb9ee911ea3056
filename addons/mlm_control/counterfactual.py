# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a run would have paid without some of its purchases.

The engine computes the snapshot once more without them (``kernel.run.outcome``), so the
answer holds for every plan and every rule and is exact. Nothing here is stored as a result.
"""

from dataclasses import replace

import numpy as np
from mlm_engine.kernel.snapshot import columns_of

#: Columns of a volume row that a return takes back.
FIGURES = ("row_pv_e4", "row_cv_e4", "row_retail_e4", "row_package_qty")


def without_rows(snapshot, taken):
    """Return the snapshot without (parts of) volume rows.

    :param taken: ``{row id: (pv_e4, cv_e4, retail_e4, packages)}`` to take away;
        rows that have nothing left are dropped, unknown ids are passed over
    """
    ids = np.array(sorted(taken), dtype=np.int64)
    at = np.searchsorted(snapshot.row_id, ids)
    at = np.minimum(at, max(snapshot.row_id.size - 1, 0))
    known = snapshot.row_id[at] == ids if snapshot.row_id.size else np.zeros(ids.size, bool)
    columns = {name: getattr(snapshot, name).copy() for name in columns_of("row")}
    for row_id, index in zip(ids[known].tolist(), at[known].tolist(), strict=True):
        for name, figure in zip(FIGURES, taken[row_id], strict=True):
            columns[name][index] -= figure
    keep = np.ones(snapshot.row_id.size, dtype=bool)
    keep[at[known]] = np.any([columns[name][at[known]] != 0 for name in FIGURES], axis=0)
    return without_mask(replace(snapshot, **columns), ~keep)


def without_mask(snapshot, mask):
    """Return the snapshot without the volume rows where ``mask`` is true."""
    return _keep(snapshot, "row", snapshot.row_id.size, ~mask)


def _keep(snapshot, table, size, keep):
    """Return the snapshot with some rows of a table; optional columns may be empty."""
    columns = {name: getattr(snapshot, name) for name in columns_of(table)}
    return replace(
        snapshot,
        **{name: column[keep] for name, column in columns.items() if column.size == size},
    )


def without_window(snapshot, pv_e4, package_pv_e4):
    """Return the snapshot with less own PV in the activity window.

    :param pv_e4: ``{member id: ten-thousandths}`` bought before the cycle
    :param package_pv_e4: the part of it that came with packages
    """
    columns = {}
    for name, less in (("window_pv_e4", pv_e4), ("window_package_pv_e4", package_pv_e4)):
        column = getattr(snapshot, name).copy()
        if column.size:
            for member_id, figure in less.items():
                index = int(np.searchsorted(snapshot.member_id, member_id))
                if index < column.size and snapshot.member_id[index] == member_id:
                    column[index] -= figure
        columns[name] = column
    return replace(snapshot, **columns)


def without_held(snapshot, purchases):
    """Return the snapshot without package purchases of earlier cycles.

    :param purchases: set of ``(member id, moment)`` that were returned whole
    """
    if not purchases or not snapshot.held_member.size:
        return snapshot
    keep = np.array(
        [
            (int(snapshot.member_id[member]), int(moment)) not in purchases
            for member, moment in zip(snapshot.held_member, snapshot.held_moment, strict=True)
        ],
        dtype=bool,
    )
    return _keep(snapshot, "held", snapshot.held_member.size, keep)
