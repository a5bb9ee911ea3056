# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One run: from a snapshot to a result, stage by stage.

Stages: check → own volume and activity → packages → rules prepare → ranks →
rules compute → tables sorted → digest. Nothing here reads a clock, a random
number or the environment, so the same snapshot gives the same bytes anywhere.
"""

import numpy as np

from . import activity, digest, packages, ranks
from .context import Context, bonuses
from .result import Result
from .snapshot import columns_of

#: Part of the run's evidence; rises when a figure could change.
ENGINE_VERSION = 1

_MEMBER = ("member_kind", "member_state", "member_joined", "member_title", "sponsor")
_POSITION = ("position_member", "position_parent", "position_leg")
_ROW = tuple(name for name in columns_of("row") if name != "row_id")


class SnapshotError(ValueError):
    """The snapshot contradicts itself; the message says where."""


def compute(snapshot, progress=None):
    """Return the ``Result`` of a snapshot.

    ``progress(stage, fraction)`` is called as stages begin: a short name and how
    much is done, 0 to 1. Raises ``SnapshotError`` for inputs that contradict each
    other and ``trees.TreeError`` for a placement that is no tree.
    """
    tell = progress or (lambda stage, fraction: None)
    tell("check", 0.0)
    check(snapshot)
    ctx = Context(snapshot)
    chosen = bonuses(snapshot.plan, snapshot.period_kind)

    tell("activity", 0.05)
    ctx.activity = activity.evaluate(snapshot)
    activity.measure(ctx)
    tell("packages", 0.1)
    ctx.holdings = packages.evaluate(snapshot)
    for number, bonus in enumerate(chosen):
        tell(f"prepare {bonus.code}", 0.15 + 0.3 * number / len(chosen))
        if hasattr(bonus.rule, "prepare"):
            bonus.rule.prepare(ctx, bonus)
    tell("ranks", 0.45)
    ctx.rank = ranks.evaluate(snapshot.plan, ctx.figures, ctx.members)
    title = ranks.titles(snapshot, ctx.rank)
    ranks.measure(ctx, title)
    for number, bonus in enumerate(chosen):
        tell(f"compute {bonus.code}", 0.5 + 0.3 * number / len(chosen))
        bonus.rule.compute(ctx, bonus)

    tell("sort", 0.8)
    result = Result(
        ctx.earnings.build(),
        ctx.measures.build(),
        ctx.rank,
        title,
        *ctx.carry.build(),
    )
    tell("digest", 0.9)
    result.digest = digest.of_result(snapshot, result)
    tell("done", 1.0)
    return result


def check(snapshot):
    """Raise ``SnapshotError`` unless lengths, order and indexes agree."""
    sizes = {
        "member_id": (*_MEMBER, "window_pv_e4"),
        "position_id": _POSITION,
        "row_id": _ROW,
        "carry_position": ("carry_bonus", "carry_measure", "carry_value"),
        "held_member": ("held_package", "held_package_from", "held_moment"),
        "promotion_member": ("promotion_index",),
        "link_member": ("link_sponsor", "link_moment"),
    }
    for name, others in sizes.items():
        size = getattr(snapshot, name).size
        for other in others:
            if getattr(snapshot, other).size != size:
                raise SnapshotError(f"{other} must be as long as {name} ({size})")
    for name in ("member_id", "position_id", "row_id"):
        values = getattr(snapshot, name)
        if (values[1:] <= values[:-1]).any():
            raise SnapshotError(f"{name} must rise strictly")
    optional = snapshot.window_package_pv_e4.size
    if optional not in (0, snapshot.member_id.size):
        raise SnapshotError("window_package_pv_e4 must be as long as member_id")
    _check_indexes(snapshot)


def _check_indexes(snapshot):
    plan = snapshot.plan
    limits = {
        "sponsor": snapshot.member_id.size,
        "position_member": snapshot.member_id.size,
        "position_parent": snapshot.position_id.size,
        "carry_position": snapshot.position_id.size,
        "carry_bonus": len(plan["bonuses"]),
        "row_member": snapshot.member_id.size,
        "row_buyer": snapshot.member_id.size,
        "row_position": snapshot.position_id.size,
        "row_package": len(plan["packages"]),
        "row_package_from": len(plan["packages"]),
        "held_member": snapshot.member_id.size,
        "held_package": len(plan["packages"]),
        "held_package_from": len(plan["packages"]),
        "promotion_member": snapshot.member_id.size,
        "promotion_index": len(plan["promotions"]),
        "link_member": snapshot.member_id.size,
        "link_sponsor": snapshot.member_id.size,
    }
    for name, limit in limits.items():
        values = getattr(snapshot, name)
        if values.size and not (values.min() >= -1 and values.max() < limit):
            raise SnapshotError(f"{name} points outside (limit {limit})")
    below = snapshot.position_parent >= 0
    legs = snapshot.position_leg[below]
    if not np.isin(legs, (0, 1)).all():
        raise SnapshotError("position_leg must be 0 or 1 below a parent")
