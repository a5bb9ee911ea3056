# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary: the lesser leg of a placement tree pays in whole steps.

    leg     = carried in + new CV below on that side (+ excess of own purchases)
    matched = ⌊min(left, right) ÷ step⌋ × step
    pay     = matched × percentage × rate of exchange, rounded once
    carry   = leg - matched, on both sides

Paid when the owner earns (``activity.py``), has enough active personally
sponsored people at any depth of each leg, and the lesser leg reaches ``min_cv``.
Else points stay (or are flushed); of an inactive owner they expire (or freeze);
of a terminated one they expire. The points of a suspended owner who qualifies
are used up and their worth is breakage (RULES 13, 21, 22).

The percentage is the highest of package in term, rank of the week (by the very
CV matched) and promotion; the first in ``pct_from`` wins a tie.

Own CV feeds the uplines, not the own legs, except the excess (RULES 14)::

    excess PV = min(own PV now, max(0, own PV in the window - threshold))
    excess CV = excess PV × own CV ÷ own PV, to the leg that was lesser before it

A row bought without a position feeds no leg (RULES 19). A row that takes back an
earlier sale counts with its negative CV; a leg may fall below zero.

Tiny example (GX-BIN-03): 1,356 left, 56,540 right: 1,300 are paid, 56 and 55,240
are carried; 800 and 200 more come: 800 of 856 and 55,440 are paid.
"""

from dataclasses import dataclass

import numpy as np

from .. import params as make
from .. import promotions, ranks, trees
from ..exact import E4, amounts, mul_div, sum_by
from ..measures import Measure
from ..rate_sources import BY_NAME
from ..reasons import Reason
from ..snapshot import KIND_DISTRIBUTOR, STATE_TERMINATED
from . import error

LABEL = {"es": "Binario", "en": "Binary"}
TREE = "placement"
COMMON = ("start", "end", "currency")

_RATE_NAMES = {
    "package": ("Paquete vigente", "Package in term"),
    "rank": ("Rango de la semana", "Rank of the week"),
    "promotion": ("Promoción", "Promotion"),
}


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    step_cv_e4: int = make.number(
        "points", 100 * E4, "Paso de pago en CV", "Step of CV that is paid", "CV"
    )
    min_cv_e4: int = make.number(
        "points",
        100 * E4,
        "CV mínimo de la pierna menor",
        "Least CV of the lesser leg",
        "CV",
    )
    active_each_side: int = make.number(
        "integer",
        1,
        "Directos activos por lado",
        "Active personally sponsored on each side",
    )
    unqualified: str = make.choice(
        "keep",
        {"keep": ("Se conservan", "Stay"), "flush": ("Se borran", "Are flushed")},
        "Puntos de quien no califica",
        "Points of an active but unqualified person",
    )
    inactive: str = make.choice(
        "expire",
        {"expire": ("Vencen", "Expire"), "freeze": ("Se congelan", "Freeze")},
        "Puntos de un inactivo",
        "Points of an inactive person",
    )
    own_excess_above_pv_e4: int = make.number(
        "points",
        120 * E4,
        "PV propio desde el cual el exceso alimenta la pierna menor",
        "Own PV above which the excess feeds the lesser leg",
        "PV",
    )
    own_excess_packages: bool = make.flag(
        False,
        "Los paquetes cuentan para el exceso",
        "Packages count for the excess",
    )
    pct_from: list = make.ordered(
        ("package", "rank", "promotion"),
        _RATE_NAMES,
        "Porcentaje: el mayor de",
        "Percentage: the highest of",
    )


@dataclass
class Legs:
    """Figures of all positions, int64 arrays in CV e4: ``[left, right]`` pairs."""

    before: list
    new: list
    excess: list
    total: list
    active: list
    matched: np.ndarray
    reason: np.ndarray
    used: np.ndarray  # bool: matched points leave the legs
    paid: np.ndarray  # bool: and their worth is paid


def validate(params, plan):
    """Steps must be positive and a rate source must exist."""
    findings = []
    if params.step_cv_e4 <= 0:
        findings.append(error("the step must be positive", path=("step_cv",)))
    if not params.pct_from:
        findings.append(error("no source of the percentage", path=("pct_from",)))
    if plan["activity"] is None:
        findings.append(error("the binary needs `activity`: who is active"))
    return findings


def ceiling(params, plan):
    """Unbounded: every upline may match the same CV again."""
    return None


def prepare(ctx, bonus):
    """Match the legs and publish ``paid_cv``, which ranks are decided by."""
    legs = _legs(ctx, bonus)
    ctx.notes[bonus.index] = legs
    owner = ctx.snapshot.position_member
    paid = np.where(legs.paid, legs.matched, 0)
    ctx.figures[bonus.index, Measure.PAID_CV] = sum_by(owner, paid, ctx.members)


def compute(ctx, bonus):
    """Add earnings, measures and carry of every position."""
    data, legs = ctx.snapshot, ctx.notes.pop(bonus.index)
    owner = data.position_member
    rate, source = _rates(ctx, bonus, legs)
    position = np.flatnonzero(legs.used)
    rounding = ctx.plan["rounding"]
    base = legs.matched[position]
    fx = np.full(position.size, bonus.fx_e6)
    money = amounts(base, rate[position], fx, rounding["mode"], rounding["unit_e4"])
    paid = legs.paid[position]
    ctx.earnings.add(
        payee=owner[position],
        position=position,
        bonus=bonus.index,
        base_e4=base,
        rate_e6=rate[position],
        fx_e6=fx,
        amount_e4=np.where(paid, money, 0),
        breakage_e4=np.where(paid, 0, money),
        reason=legs.reason[position],
        rate_source=source[position],
    )
    _close(ctx, bonus, legs, rate, source)


def _legs(ctx, bonus):
    data, params = ctx.snapshot, bonus.params
    count = data.position_id.size
    held = data.position_member >= 0
    child = ctx.legs
    below = ctx.placement.subtree_sum(sum_by(data.row_position, data.row_cv_e4, count))
    before = [_carried(ctx, bonus, code) for code in (Measure.CARRY_LEFT, Measure.CARRY_RIGHT)]
    new = [np.where((leg >= 0) & held, below[leg], 0) for leg in child]
    total = [past + now for past, now in zip(before, new, strict=True)]
    excess = _own_excess(ctx, params, total)
    total = [leg + more for leg, more in zip(total, excess, strict=True)]
    active = _active_sponsored(ctx, child)

    lesser = np.minimum(*total)
    matched = np.maximum(lesser, 0) // params.step_cv_e4 * params.step_cv_e4
    matched[lesser < params.min_cv_e4] = 0
    reason = _reasons(ctx, params, active, matched)
    used = held & (matched > 0) & np.isin(reason, (0, int(Reason.SUSPENDED)))
    matched[~used] = 0
    return Legs(before, new, excess, total, active, matched, reason, used, used & (reason == 0))


def _carried(ctx, bonus, code):
    data = ctx.snapshot
    chosen = (data.carry_bonus == bonus.index) & (data.carry_measure == code)
    return sum_by(data.carry_position[chosen], data.carry_value[chosen], data.position_id.size)


def _own_excess(ctx, params, total):
    """Return the excess of own purchases as ``[left, right]`` CV of positions."""
    data = ctx.snapshot
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
    result = [np.zeros_like(total[0]), np.zeros_like(total[1])]
    owner = data.position_member
    held = np.flatnonzero(owner >= 0)
    member, first = np.unique(owner[held], return_index=True)
    position = held[first]
    left = total[0][position] <= total[1][position]
    result[0][position[left]] = excess_cv[member[left]]
    result[1][position[~left]] = excess_cv[member[~left]]
    return result


def _active_sponsored(ctx, child):
    """Count active personally sponsored people in each leg, at any depth.

    Somebody with several positions in one leg counts once for each of them.
    """
    data = ctx.snapshot
    owner = data.position_member
    positions = np.flatnonzero(owner >= 0)
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


def _reasons(ctx, params, active, matched):
    """Return per position why nothing is paid, 0 where it is."""
    data = ctx.snapshot
    owner = data.position_member
    blocked = ctx.activity.blocked[owner]
    left, right = (side >= params.active_each_side for side in active)
    active_owner = ctx.activity.active[owner]
    return np.select(
        [
            owner < 0,
            data.member_state[owner] == STATE_TERMINATED,
            ~active_owner,
            data.member_kind[owner] != KIND_DISTRIBUTOR,
            ~left & ~right,
            ~left,
            ~right,
            matched <= 0,
            blocked == Reason.SUSPENDED,
        ],
        [
            int(Reason.VACANT),
            int(Reason.TERMINATED),
            int(Reason.INACTIVE),
            int(Reason.NOT_DISTRIBUTOR),
            int(Reason.NO_ACTIVE_SIDES),
            int(Reason.NO_ACTIVE_LEFT),
            int(Reason.NO_ACTIVE_RIGHT),
            int(Reason.BELOW_MINIMUM),
            int(Reason.SUSPENDED),
        ],
        default=0,
    ).astype(np.int64)


def _rates(ctx, bonus, legs):
    """Return ``(rate_e6, rate source)`` per position: the highest, first on ties."""
    owner = ctx.snapshot.position_member
    candidates = candidate_rates(ctx, bonus, legs.matched)
    rate = np.zeros(ctx.members, dtype=np.int64)
    source = np.zeros(ctx.members, dtype=np.int64)
    for name, value in candidates.items():
        better = value > rate
        rate[better] = value[better]
        source[better] = int(BY_NAME[name])
    used = legs.used
    return np.where(used, rate[owner], 0), np.where(used, source[owner], 0)


def candidate_rates(ctx, bonus, matched):
    """Return ``{name: rate_e6 per member}`` in the order of ``pct_from``.

    The rank is the one that the CV matched gives, even where it is not paid (a
    suspended person), so that breakage shows what the plan offered.
    """
    data = ctx.snapshot
    worth = sum_by(data.position_member, matched, ctx.members)
    found = {}
    for name in bonus.params.pct_from:
        if name == "package":
            found[name] = ctx.holdings.best_in_term(ctx.members, data.period_end)[0]
        elif name == "rank":
            rank = ranks.by_figure(ctx, bonus.index, Measure.PAID_CV, worth)
            found[name] = ranks.rates(ctx.plan)[rank]
        else:
            found[name] = promotions.best(data)[0]
    return found


def _close(ctx, bonus, legs, rate, source):
    """Decide what expires, record measures, hand on the carry."""
    data, params = ctx.snapshot, bonus.params
    owner = data.position_member
    position = np.flatnonzero(owner >= 0)
    reason = legs.reason
    lost = reason == Reason.TERMINATED
    if params.inactive == "expire":
        lost |= reason == Reason.INACTIVE
    if params.unqualified == "flush":
        sides = (
            int(Reason.NO_ACTIVE_SIDES),
            int(Reason.NO_ACTIVE_LEFT),
            int(Reason.NO_ACTIVE_RIGHT),
        )
        lost |= np.isin(reason, sides)

    def note(code, value):
        ctx.measures.add(code, value[position], owner[position], position, bonus.index)

    sides = (
        ("LEFT", Measure.CARRY_LEFT),
        ("RIGHT", Measure.CARRY_RIGHT),
    )
    for side, (name, carry) in enumerate(sides):
        rest = legs.total[side] - legs.matched
        out = np.where(lost, 0, rest)
        note(carry, out)
        note(Measure[f"{name}_IN"], legs.before[side])
        note(Measure[f"{name}_NEW"], legs.new[side])
        note(Measure[f"{name}_EXCESS"], legs.excess[side])
        note(Measure[f"{name}_EXPIRED"], np.where(lost, rest, 0))
        note(Measure[f"{name}_ACTIVE"], legs.active[side])
        ctx.carry.add(carry, out[position], position, bonus.index)
    note(Measure.MATCHED, legs.matched)
    note(Measure.RATE, rate)
    note(Measure.RATE_SOURCE, source)
    note(Measure.REASON, reason)
    paid = ctx.figures[bonus.index, Measure.PAID_CV]
    ctx.measures.add(Measure.PAID_CV, paid, np.arange(ctx.members), -1, bonus.index)
