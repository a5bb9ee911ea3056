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
    excess = _own_excess(ctx, bonus, total)
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


def _own_excess(ctx, bonus, total):
    """Return the excess of own purchases as ``[left, right]`` CV of positions."""
    data, params = ctx.snapshot, bonus.params
    result = [np.zeros_like(total[0]), np.zeros_like(total[1])]
    if not params.own_excess_above_pv_e4:
        return result
    before, apart, back = data.window_pv_e4, data.row_reversal != 0, data.row_reversal == 1
    if not params.own_excess_packages:
        apart, back = apart | (data.row_package >= 0), back & (data.row_package < 0)
        if data.window_package_pv_e4.size:
            before = before - data.window_package_pv_e4
    # Few rows are no purchases that count: what everybody was credited with, less those.
    row = np.flatnonzero(apart)
    pv, cv = (
        whole - sum_by(data.row_member[row], volume[row], ctx.members)
        for whole, volume in (
            (ctx.activity.period_pv_e4, data.row_pv_e4),
            (ctx.activity.period_cv_e4, data.row_cv_e4),
        )
    )
    if data.row_as_of.size:  # what is returned now is no longer bought
        before = before + sum_by(data.row_member[back], data.row_pv_e4[back], ctx.members)
    excess_pv = np.minimum(pv, before + pv - params.own_excess_above_pv_e4)

    # A person's first position takes it.
    first = ctx.first_position(bonus.tree)
    member = np.flatnonzero((excess_pv > 0) & (first >= 0))
    position, cv = first[member], mul_div(excess_pv[member], cv[member], pv[member])
    left = total[0][position] <= total[1][position]
    result[0][position[left]] = cv[left]
    result[1][position[~left]] = cv[~left]
    return result


def _active_sponsored(ctx, child, owned):
    """Count active personally sponsored people in each leg, at any depth.

    Somebody with several positions in one leg counts once for each of them.
    """
    data = ctx.snapshot
    positions = np.flatnonzero(owned)
    owner = data.position_member[positions]
    held = np.bincount(owner, minlength=ctx.members)
    begin = np.cumsum(held) - held
    by_owner = positions[np.argsort(owner, kind="stable")]
    # Join each of them with every position of the sponsor.
    sponsor = np.where(ctx.activity.active[owner], data.sponsor[owner], -1)
    positions, sponsor = positions[sponsor >= 0], sponsor[sponsor >= 0]
    node = np.repeat(positions, held[sponsor])
    top = by_owner[trees.expand(begin[sponsor], held[sponsor])]
    inside = [top[ctx.placement.inside(node, leg[top])] for leg in child]
    return [np.bincount(found, minlength=owned.size) for found in inside]
