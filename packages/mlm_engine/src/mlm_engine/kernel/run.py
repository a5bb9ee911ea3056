# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One run: from a snapshot to a result, stage by stage.

Stages: check → own volume and activity → packages → rules prepare → measures and
ranks → rules compute → caps → tables sorted → digest. Nothing here reads a clock, a random
number or the environment, so the same snapshot gives the same bytes anywhere.
"""

import numpy as np

from . import activity, caps, digest, memory, packages, paying, ranks
from .codes import is_state
from .context import Context
from .exact import E6
from .outcome import Outcome
from .result import Result
from .snapshot import REFERS, columns_of

#: Part of the run's evidence; rises when a figure could change.
ENGINE_VERSION = 4

_MEMBER = ("member_kind", "member_state", "member_joined", "member_title", "sponsor")
_POSITION = ("position_member", "position_parent", "position_leg")
_OPTIONAL = {
    "window_package_pv_e4": "member_id",
    "member_paid": "member_id",
    "member_misses": "member_id",
    "position_tree": "position_id",
    "row_product": "row_id",
    "row_as_of": "row_id",
    "member_home": "member_id",
    "row_seller": "row_id",
    "row_point_e6": "row_id",
}
_ROW = tuple(name for name in columns_of("row") if name not in ("row_id", *_OPTIONAL))


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
    ctx = prepared(snapshot, tell)
    _pay(ctx, tell)
    ranks.measure(ctx)
    rank, title = ctx.rank, ctx.title
    earnings, measures, carry = ctx.earnings, ctx.measures, ctx.carry
    ctx.shared.clear()  # it refers to the context, and a large run needs the room
    del ctx
    memory.give_back()
    tell("sort", 0.8)
    # Earnings last: they take less room until they are built.
    found, carried = measures.build(), carry.build()
    memory.give_back()
    result = Result(earnings.build(), found, rank, title, *carried)
    _keep_state(result)
    memory.give_back()
    tell("digest", 0.9)
    result.digest = digest.of_result(snapshot, result)
    tell("done", 1.0)
    return result


def outcome(snapshot):
    """Return the ``Outcome`` of what ``compute`` would give, without putting rows in order.

    Raises as ``compute`` does.
    """
    check(snapshot)
    ctx = prepared(snapshot)
    _pay(ctx, lambda stage, fraction: None)
    amount_e4 = ctx.earnings.paid(range(len(ctx.plan["bonuses"])), ctx.members)
    found = Outcome(ctx.activity.active, ctx.rank, amount_e4)
    ctx.shared.clear()  # it refers to the context, and a large run needs the room
    del ctx
    memory.give_back()
    return found


def prepared(snapshot, tell=lambda stage, fraction: None):
    """Return the ``Context`` after everything that comes before the bonuses: own
    volume, activity, packages, figures of bonuses, measures and ranks.

    Explanations look into it too, so they see what the run saw.
    """
    ctx = Context(snapshot)
    tell("activity", 0.05)
    ctx.activity = activity.evaluate(snapshot)
    activity.measure(ctx)
    tell("packages", 0.1)
    ctx.holdings = packages.evaluate(snapshot)
    ctx.values = [None] * len(snapshot.plan["measures"])
    for number, bonus in enumerate(ctx.bonuses):
        tell(f"prepare {bonus.code}", 0.15 + 0.3 * number / len(ctx.bonuses))
        bonus.rule.prepare(ctx, bonus)
    tell("ranks", 0.45)
    ranks.decide(ctx)
    return ctx


def _pay(ctx, tell):
    """Compute the bonuses, those that read other bonuses last, then the caps."""
    computed, capped = set(), set()
    ordered = sorted(ctx.bonuses, key=lambda bonus: bonus.rule.reads_bonuses)
    for number, bonus in enumerate(ordered):
        tell(f"compute {bonus.code}", 0.5 + 0.3 * number / len(ordered))
        if bonus.rule.reads_bonuses:
            caps.apply_ready(ctx, computed, capped)
        bonus.rule.compute(ctx, bonus)
        paying.settle(ctx, bonus)
        memory.give_back()
        computed.add(bonus.index)
    caps.apply_ready(ctx, computed, capped)
    caps.company(ctx)


def _keep_state(result):
    """Copy the measures of members that the next period reads."""
    found = result.measures
    state = np.array([is_state(code) for code in range(1 + found.measure.max(initial=0))])
    kept = np.flatnonzero(state[found.measure] & (found.position < 0))
    for name in ("member", "bonus", "measure", "value"):
        setattr(result, f"state_{name}", getattr(found, name)[kept].astype(np.int64))


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
        "former_member": ("former_sponsor", "former_until"),
        "moved_position": ("moved_parent", "moved_leg", "moved_until"),
        "gone_position": ("gone_member",),
        "fed_position": columns_of("fed"),
        "override_member": ("override_rank", "override_exact"),
        "prior_member": ("prior_measure", "prior_age", "prior_value"),
        "earned_member": ("earned_bonus", "earned_amount_e4"),
        "state_member": ("state_bonus", "state_measure", "state_value"),
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
    for name, whole in _OPTIONAL.items():
        size = getattr(snapshot, whole).size
        if getattr(snapshot, name).size not in (0, size):
            raise SnapshotError(f"{name} must be empty or as long as {whole} ({size})")
    _check_homes(snapshot)
    _check_indexes(snapshot)


def _check_homes(snapshot):
    """Of a network of several companies everybody has a home and every row a seller."""
    homes, plan = snapshot.homes, snapshot.plan
    for name, whole in (("member_home", "member_id"), ("row_seller", "row_id")):
        values, size = getattr(snapshot, name), getattr(snapshot, whole).size
        if values.size != (size if homes else 0):
            raise SnapshotError(f"{name} must be as long as {whole} where there are homes")
        if values.size and not (values.min() >= 0 and values.max() < len(homes)):
            raise SnapshotError(f"{name} points outside (limit {len(homes)})")
    if snapshot.row_point_e6.size and (not homes or snapshot.row_point_e6.min() < 0):
        raise SnapshotError("row_point_e6 must be 0 or more, and empty without homes")
    for number, home in enumerate(homes):
        if (
            home["fx_e6"] <= 0
            or home["unit_e4"] <= 0
            or min(home["rates"].values(), default=1) <= 0
        ):
            raise SnapshotError(f"homes[{number}]: fx_e6, unit_e4 and rates must be positive")
        if home["currency"] == plan["base_currency"] and home["fx_e6"] != E6:
            raise SnapshotError(f"homes[{number}]: fx_e6 of the base currency itself must be 1")


def _check_indexes(snapshot):
    plan = snapshot.plan
    limits = {
        "member": snapshot.member_id.size,
        "position": snapshot.position_id.size,
        "bonus": len(plan["bonuses"]),
        "package": len(plan["packages"]),
        "promotion": len(plan["promotions"]),
        "rank": len(plan["ranks"]),
        "title": max(len(plan["ranks"]), 1),
        "tree": max(len(plan["trees"]), 1),
        "product": len(plan["catalog"]),
        "measure": len(plan["measures"]),
    }
    for name, table in REFERS.items():
        values, limit = getattr(snapshot, name), limits[table]
        if values.size and not (values.min() >= -1 and values.max() < limit):
            raise SnapshotError(f"{name} points outside (limit {limit})")
    below = np.flatnonzero(snapshot.position_parent >= 0)
    binary = np.array([item["kind"] == "binary" for item in plan["trees"]] or [True])
    if snapshot.position_tree.size:
        tree = snapshot.position_tree
        if (tree[below] != tree[snapshot.position_parent[below]]).any():
            raise SnapshotError("a position and its parent must be of one tree")
        below = below[binary[tree[below]]]
    elif not binary[0]:
        return
    if not np.isin(snapshot.position_leg[below], (0, 1)).all():
        raise SnapshotError("position_leg must be 0 or 1 below a parent")
