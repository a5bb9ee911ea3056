# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bring a snapshot into canonical order: sorted by id, indexes renumbered.

Loaders usually sort in the database; this is for those who cannot, and the proof
that the order of loading changes nothing.
"""

from dataclasses import replace

import numpy as np

from .snapshot import REFERS, columns_of

_MEMBERS = (
    "member_id",
    "member_kind",
    "member_state",
    "member_joined",
    "member_title",
    "sponsor",
    "window_pv_e4",
    "window_package_pv_e4",
    "member_paid",
    "member_misses",
    "member_home",
)
_TABLES = {
    # columns of a table, then the ones it is sorted by
    columns_of("position"): ("position_id",),
    ("carry_position", "carry_bonus", "carry_measure", "carry_value"): (
        "carry_position",
        "carry_bonus",
        "carry_measure",
    ),
    columns_of("row"): ("row_id",),
    ("held_member", "held_package", "held_package_from", "held_moment"): (
        "held_moment",
        "held_member",
        "held_package",
    ),
    ("promotion_member", "promotion_index"): ("promotion_member", "promotion_index"),
    ("link_member", "link_sponsor", "link_moment"): ("link_moment", "link_member"),
    columns_of("former"): ("former_member", "former_until"),
    columns_of("moved"): ("moved_position", "moved_until"),
    columns_of("gone"): ("gone_position",),
    columns_of("fed"): ("fed_position", "fed_bonus", "fed_as_of"),
    columns_of("override"): ("override_member",),
    columns_of("prior"): ("prior_member", "prior_measure", "prior_age"),
    columns_of("earned"): ("earned_member", "earned_bonus"),
    columns_of("state"): ("state_member", "state_bonus", "state_measure"),
}
_TO_MEMBER = tuple(name for name, table in REFERS.items() if table == "member")
_TO_POSITION = tuple(name for name, table in REFERS.items() if table == "position")


def canonical(snapshot):
    """Return an equal ``Snapshot`` with every table in canonical order."""
    arrays = dict(snapshot.arrays())
    order = np.argsort(arrays["member_id"], kind="stable")
    for name in _MEMBERS:
        if arrays[name].size:
            arrays[name] = arrays[name][order]
    _renumber(arrays, _TO_MEMBER, order)
    _renumber(arrays, _TO_POSITION, np.argsort(arrays["position_id"], kind="stable"))
    for columns, key in _TABLES.items():
        order = np.lexsort([arrays[name] for name in reversed(key)])
        for name in columns:
            if arrays[name].size:
                arrays[name] = arrays[name][order]
    return replace(snapshot, **arrays)


def with_positions(snapshot, keep):
    """Return the snapshot with some of its positions (mask): what pointed at others points at
    none, and their rows of carry, of moves and of what was fed are gone."""
    arrays, kept = dict(snapshot.arrays()), np.flatnonzero(keep)
    place = np.full(keep.size + 1, -1, dtype=np.int64)
    place[kept] = np.arange(kept.size)
    for name in columns_of("position"):
        if arrays[name].size:
            arrays[name] = arrays[name][kept]
    for name in _TO_POSITION:
        arrays[name] = place[arrays[name]]
    for table in ("carry", "moved", "gone", "fed"):
        used = arrays[f"{table}_position"] >= 0
        for name in columns_of(table):
            arrays[name] = arrays[name][used]
    return replace(snapshot, **arrays)


def _renumber(arrays, names, order):
    """Point index columns at the new places of what they pointed at."""
    place = np.full(order.size + 1, -1, dtype=np.int64)
    place[order] = np.arange(order.size)
    for name in names:
        arrays[name] = place[arrays[name]]
