# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What stands in both legs of each position, and who is active there."""

from dataclasses import dataclass

import numpy as np

from ...kernel import returned, trees
from ...kernel.codes import Measure
from ...kernel.exact import mul_div, sum_by
from ...kernel.snapshot import LEG_LEFT, LEG_RIGHT


@dataclass
class Legs:
    """CV of all positions, ten-thousandths, and active sponsored people: pairs.

    ``excess`` of own purchases is less ``back``, what returned ones take out again.
    ``total``: brought forward, new and excess, cut to the cap of a leg.
    """

    before: list
    new: list
    excess: list
    back: list
    total: list
    active: list
    owned: np.ndarray  # bool: of this tree, with an owner


def of_positions(ctx, bonus):
    """Return the ``Legs`` of a binary bonus."""
    data, params = ctx.snapshot, bonus.params
    count = data.position_id.size
    owned = (data.position_member >= 0) & (ctx.position_tree == bonus.tree)
    child = [np.where(owned, leg, -1) for leg in ctx.legs]
    paths = returned.of_rows(ctx)
    volume = sum_by(data.row_position, paths.others(data.row_cv_e4), count)
    below = ctx.placement.subtree_sum(volume)
    before = [
        carried(ctx, bonus, code) * owned for code in (Measure.CARRY_LEFT, Measure.CARRY_RIGHT)
    ]
    new = [np.where(leg >= 0, below[leg], 0) for leg in child]
    for side in (LEG_LEFT, LEG_RIGHT):
        here = (paths.spot == side) & owned[paths.node]
        np.add.at(new[side], paths.node[here], data.row_cv_e4[paths.row[here]])
    back = _taken_back(ctx, bonus, owned)
    total = [past + now - out for past, now, out in zip(before, new, back, strict=True)]
    excess = _own_excess(ctx, params, total, owned)
    total = [leg + more for leg, more in zip(total, excess, strict=True)]
    excess = [more - out for more, out in zip(excess, back, strict=True)]
    if params.leg_cap_e4:
        total = [np.minimum(leg, params.leg_cap_e4) for leg in total]
    active = _active_sponsored(ctx, child, owned)
    return Legs(before, new, excess, back, total, active, owned)


def carried(ctx, bonus, code):
    """Return a figure of each position that the period before handed on."""
    data = ctx.snapshot
    chosen = (data.carry_bonus == bonus.index) & (data.carry_measure == code)
    return sum_by(data.carry_position[chosen], data.carry_value[chosen], data.position_id.size)


def _taken_back(ctx, bonus, owned):
    """Return what returned purchases take out of the legs that their excess went to, as
    ``[left, right]`` CV of positions: the part of the CV that came back, all of it when
    all came back, however it came in pieces."""
    data = ctx.snapshot
    result = [np.zeros(owned.size, dtype=np.int64) for _ in (LEG_LEFT, LEG_RIGHT)]
    fed = np.flatnonzero((data.fed_bonus == bonus.index) & (data.fed_position >= 0))
    fed = fed[owned[data.fed_position[fed]]]
    if not fed.size:
        return result
    now = np.where(
        data.fed_packages[fed] == 1,
        _came_back(data, fed, data.row_cv_e4),
        _came_back(data, fed, np.where(data.row_package < 0, data.row_cv_e4, 0)),
    )
    of, before = data.fed_cv_e4[fed], data.fed_back_e4[fed]
    until, since = (np.clip(part, 0, of) for part in (before + now, before))
    for side, fed_cv in ((LEG_LEFT, data.fed_left_e4), (LEG_RIGHT, data.fed_right_e4)):
        out = mul_div(fed_cv[fed], until, of) - mul_div(fed_cv[fed], since, of)
        np.add.at(result[side], data.fed_position[fed], out)
    return result


def _came_back(data, fed, volume):
    """Return how much of ``volume`` (over rows) the people of ``fed`` returned now of what
    counted at the moment of ``fed``."""
    row = np.flatnonzero((data.row_as_of >= 0) & (data.row_member >= 0))
    _moments, place = np.unique(
        np.concatenate([data.fed_as_of[fed], data.row_as_of[row]]), return_inverse=True
    )
    members = np.concatenate([data.fed_member[fed], data.row_member[row]])
    _keys, place = np.unique(place * data.member_id.size + members, return_inverse=True)
    total = sum_by(place[fed.size :], -volume[row], place.max() + 1)
    return total[place[: fed.size]]


def _own_excess(ctx, params, total, owned):
    """Return the excess of own purchases as ``[left, right]`` CV of positions."""
    data = ctx.snapshot
    result = [np.zeros_like(total[0]), np.zeros_like(total[1])]
    if not params.own_excess_above_pv_e4:
        return result
    counted, back = data.row_reversal == 0, data.row_reversal == 1
    before = data.window_pv_e4
    if not params.own_excess_packages:
        counted, back = counted & (data.row_package < 0), back & (data.row_package < 0)
        if data.window_package_pv_e4.size:
            before = before - data.window_package_pv_e4
    row = np.flatnonzero(counted)
    pv = sum_by(data.row_member[row], data.row_pv_e4[row], ctx.members)
    if data.row_as_of.size:  # what is returned now is no longer bought
        before = before + sum_by(data.row_member[back], data.row_pv_e4[back], ctx.members)
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
