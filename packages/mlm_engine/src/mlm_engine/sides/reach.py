# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose business reaches a person: those at or below it in any tree."""

import numpy as np


def reaching(snapshot, person, others):
    """Return which of ``others`` stand at or below a person, by sponsors or by placement.

    :param person: id of a member
    :param others: array of ids; who is no member stands nowhere
    :return: bool array
    """
    found = _find(snapshot.member_id, others)
    target = int(_find(snapshot.member_id, np.array([person]))[0])
    if target < 0:
        return np.zeros(len(others), dtype=bool)
    by_sponsor = _climb(snapshot.sponsor, found, np.array([target]))
    # somebody may hold several positions
    held = np.flatnonzero(np.isin(snapshot.position_member, found[found >= 0]))
    mine = np.flatnonzero(snapshot.position_member == target)
    below = held[_climb(snapshot.position_parent, held, mine)]
    return by_sponsor | np.isin(found, snapshot.position_member[below])


def _find(ids, wanted):
    if not ids.size:
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), ids.size - 1)
    return np.where(ids[at] == wanted, at, -1)


def _climb(above, start, targets):
    """Tell of each start whether a way up meets a target: all ways at once, level by level."""
    met = np.zeros(start.size, dtype=bool)
    place, at = np.flatnonzero(start >= 0), start[start >= 0]
    # no way is longer than there are nodes
    for _level in range(above.size + 1):
        here = np.isin(at, targets)
        met[place[here]] = True
        at = np.where(here, -1, above[at])
        place, at = place[at >= 0], at[at >= 0]
        if not at.size:
            break
    return met
