# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who sponsored whom at a moment inside the period."""

import numpy as np


def sponsor_at(snapshot, member, moment):
    """Return the sponsors of members at moments, int64 indexes or -1.

    ``link_*`` tells who the sponsor was *before* each change; after the last
    change it is ``snapshot.sponsor``. A change counts from its own moment on.
    ``member`` may hold -1 and gets -1 back. Arrays of one shape.
    """
    member = np.asarray(member, dtype=np.int64)
    sponsor = np.where(member >= 0, snapshot.sponsor[member], -1)
    if not snapshot.link_member.size:
        return sponsor
    # First change later than (member, moment), by one search on a joint key.
    times = np.unique(snapshot.link_moment)
    width = times.size + 1
    keys = snapshot.link_member * width + np.searchsorted(times, snapshot.link_moment)
    order = np.argsort(keys, kind="stable")
    keys, former = keys[order], snapshot.link_sponsor[order]
    owner = snapshot.link_member[order]
    asked = member * width + np.searchsorted(times, moment, side="right")
    place = np.minimum(np.searchsorted(keys, asked, side="left"), keys.size - 1)
    changed = (keys[place] >= asked) & (owner[place] == member)
    return np.where(changed, former[place], sponsor)
