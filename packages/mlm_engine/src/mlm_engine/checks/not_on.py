# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses that leave out each other's volume in a circle."""

from ..kernel.text import _
from ..plan.finding import error


def check(plan):
    """Return one error per circle, at its first bonus."""
    bonuses, found, seen = plan["bonuses"], [], set()
    for index in range(len(bonuses)):
        circle = _circle(bonuses, index)
        if not circle or frozenset(circle) in seen:
            continue
        seen.add(frozenset(circle))
        names = " → ".join(bonuses[one]["code"] for one in (*circle, circle[0]))
        found.append(
            error(
                _("bonuses exclude each other's volume in a circle: {names}", names=names),
                _("Remove one of them from `not_on`"),
                ("bonuses", index, "not_on"),
            )
        )
    return found


def _circle(bonuses, start):
    """Return the bonuses of a circle through ``start``, in order; empty if none."""
    ways = [[start]]
    while ways:
        way = ways.pop()
        for after in bonuses[way[-1]]["common"]["not_on"]:
            if after == start:
                return way
            if after not in way:
                ways.append([*way, after])
    return []
