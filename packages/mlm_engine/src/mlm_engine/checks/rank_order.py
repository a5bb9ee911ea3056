# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks that do not rise: a higher one asks for no more than a lower one, or pays less."""

from ..kernel.text import _
from ..plan.finding import error, warning


def check(plan):
    """Return the ranks that nobody stays at, and leasts and percentages that fall."""
    found, ranks = [], plan["ranks"]
    for index in range(1, len(ranks)):
        path, below, rank = ("ranks", index), ranks[index - 1], ranks[index]
        names = rank["code"], below["code"]
        if not rank["requires"]:
            found.append(
                error(
                    _("rank {rank} has no requirements: everybody holds it", rank=names[0]),
                    _("Give it conditions"),
                    (*path, "requires"),
                )
            )
            continue
        if index > 1 and _implied(below["requires"], rank["requires"]):
            found.append(
                error(
                    _(
                        "whoever reaches {rank} also reaches {other}: nobody is ever {rank}",
                        rank=names[1],
                        other=names[0],
                    ),
                    _("Require more for {rank}", rank=names[0]),
                    (*path, "requires"),
                )
            )
        elif _less(below["requires"], rank["requires"]):
            found.append(
                warning(
                    _(
                        "rank {rank} requires less of a measure than {other} below it",
                        rank=names[0],
                        other=names[1],
                    ),
                    _("Check the minimums"),
                    (*path, "requires"),
                )
            )
        if rank["rate_e6"] < below["rate_e6"]:
            found.append(
                warning(
                    _(
                        "rank {rank} pays a lower percentage than {other}",
                        rank=names[0],
                        other=names[1],
                    ),
                    _("Check the percentages"),
                    (*path, "pct"),
                )
            )
    return found


def _implied(below, above):
    """Whether all that the higher rank asks is asked by the lower one, as much or more."""
    return all(any(_as_much(lower, one) for lower in below) for one in above)


def _as_much(lower, one):
    if _figure(lower) is None or _figure(one) is None:
        return lower == one
    return _figure(lower) == _figure(one) and lower["min"] >= one["min"]


def _less(below, above):
    return any(
        _figure(lower) is not None and _figure(lower) == _figure(one) and lower["min"] > one["min"]
        for lower in below
        for one in above
    )


def _figure(condition):
    """What a condition measures, ``None`` for one without a least."""
    if condition["kind"] == "measure":
        return "measure", condition["index"]
    if condition["kind"] == "figure":
        return "figure", condition["bonus"], condition["measure"]
    return None
