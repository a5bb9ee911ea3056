# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What stands in both legs of each position, and who is active there."""

from dataclasses import dataclass

import numpy as np

from .. import trees
from ..exact import mul_div, sum_by
from ..measures import Measure


@dataclass
class Legs:
    """CV of all positions, ten-thousandths, and active sponsored people: pairs.

    ``total``: brought forward, new and excess, cut to the cap of a leg.
    """

    before: list
    new: list
    excess: list
    total: list
    active: list
    owned: np.ndarray  # bool: of this tree, with an owner


def of_positions(ctx, bonus):
    """Return the ``Legs`` of a binary bonus."""
    data, params = ctx.snapshot, bonus.params
    count = data.position_id.size
    owned = (data.position_member >= 0) & (ctx.position_tree == bonus.tree)
    child = [np.where(owned, leg, -1) for leg in ctx.legs]
    below = ctx.placement.subtree_sum(sum_by(data.row_position, data.row_cv_e4, count))
    before = [
        carried(ctx, bonus, code) * owned for code in (Measure.CARRY_LEFT, Measure.CARRY_RIGHT)
    ]
    new = [np.where(leg >= 0, below[leg], 0) for leg in child]
    total = [past + now for past, now in zip(before, new, strict=True)]
    excess = _own_excess(ctx, params, total, owned)
    total = [leg + more for leg, more in zip(total, excess, strict=True)]
    if params.leg_cap_e4:
        total = [np.minimum(leg, params.leg_cap_e4) for leg in total]
    active = _active_sponsored(ctx, child, owned)
    return Legs(before, new, excess, total, active, owned)


def carried(ctx, bonus, code):
    """Return a figure of each position that the period before handed on."""
    data = ctx.snapshot
    chosen = (data.carry_bonus == bonus.index) & (data.carry_measure == code)
    return sum_by(data.carry_position[chosen], data.carry_value[chosen], data.position_id.size)


def _own_excess(ctx, params, total, owned):
    """Return the excess of own purchases as ``[left, right]`` CV of positions."""
    data = ctx.snapshot
    result = [np.zeros_like(total[0]), np.zeros_like(total[1])]
    if not params.own_excess_above_pv_e4:
        return result
    counted = data.row_reversal == 0
    before = data.window_pv_e4
    if not params.own_excess_packages:
        counted = counted & (data.row_package < 0)
        if data.window_package_pv_e4.size:
            before = before - data.window_package_pv_e4
    row = np.flatnonzero(counted)
    pv = sum_by(data.row_member[row], data.row_pv_e4[row], ctx.members)
    cv = sum_by(data.row_member[row], data.row_cv_e4[row], ctx.members)
    above = np.maximum(before + pv - params.own_excess_above_pv_e4, 0)
    excess_pv = np.minimum(np.maximum(pv, 0), above)
    excess_cv = mul_div(excess_pv, cv, np.maximum(pv, 1))

    # A person's first position takes it.
    held = np.flatnonzero(owned)
    member, first = np.unique(data.position_member[held], return_index=True)
    position = held[first]
    left = total[0][position] <= total[1][position]
    result[0][position[left]] = excess_cv[member[left]]
    result[1][position[~left]] = excess_cv[member[~left]]
    return result


def _active_sponsored(ctx, child, owned):
    """Count active personally sponsored people in each leg, at any depth.

    Somebody with several positions in one leg counts once for each of them.
    """
    data = ctx.snapshot
    owner = np.where(owned, data.position_member, -1)
    positions = np.flatnonzero(owned)
    positions = positions[ctx.activity.active[owner[positions]]]
    sponsor = data.sponsor[owner[positions]]
    positions, sponsor = positions[sponsor >= 0], sponsor[sponsor >= 0]
    # Join each of them with every position of the sponsor.
    by_owner = np.argsort(owner, kind="stable")
    start = np.searchsorted(owner[by_owner], sponsor, side="left")
    count = np.searchsorted(owner[by_owner], sponsor, side="right") - start
    node = np.repeat(positions, count)
    top = by_owner[trees.expand(start, count)]
    result = []
    for leg in child:
        inside = ctx.placement.inside(node, leg[top])
        result.append(sum_by(top[inside], np.ones(inside.sum(), int), owner.size))
    return result
