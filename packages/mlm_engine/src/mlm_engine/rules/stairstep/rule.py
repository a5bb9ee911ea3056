# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep: the own percentage on the own volume, the difference on each group below.

    p(m)      percentage of the highest step that the measure of m reaches (group PV)
    own       p(m) × own CV
    group c   (p(m) - p(c)) × group CV of c, for each person c directly below

Somebody not entitled stands aside (``ineligible: passes_up``): whose people are then
differenced against the next person entitled above, who also has that volume at the own
percentage; or the rows of such a person are breakage. Who reached ``breakaway_rank``
leaves all groups above, with everybody below.

Tiny example (AMW-IN-03): 21 % of 60,000 own, 9 % twice of 120,000, 12 % of 60,000 and
6 % of 240,000: 12,600 + 10,800 + 10,800 + 7,200 + 14,400 = 55,800.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ... import measures as kinds
from ...kernel import eligibility, own_percent, returned, row_filter, trees
from ...kernel.codes import Measure, RateSource
from ...kernel.exact import E6, sum_by
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from .._groups.heads import nearest_above
from ..base import Rule


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    steps: list = own_percent.steps()
    measure: dict = own_percent.measure()
    ineligible: str = make.choice(
        "passes_up",
        {
            "passes_up": _("The share passes to the next person above"),
            "breakage": _("The share is breakage"),
        },
        _("People who do not qualify"),
    )
    breakaway_rank: int = make.ref("ranks", _("Rank that breaks away"))


class Stairstep(Rule):
    """See the module for the formula."""

    label = _("Stairstep")
    tree = "sponsor"
    as_of = ("period_end",)
    Params = Params

    def check(self, params, plan):
        """There must be steps, and they must be clear."""
        if not any(row[1] for row in params.steps):
            return [
                error(
                    _("no step has a percentage"),
                    _("Give `steps: [{min, pct}]`"),
                    ("steps",),
                )
            ]
        return own_percent.validate_steps(params.steps)

    def ceiling(self, params, plan):
        """The highest percentage, where the percentage cannot fall on the way up."""
        asked = params.measure
        if asked and not (asked["kind"] == "measure" and kinds.rises(plan, asked["index"])):
            return None
        return Fraction(max(row[1] for row in params.steps), E6)

    def compute(self, ctx, bonus):
        """Add one row for the own volume and one per person below whose part is paid."""
        found, rate = shape(ctx, bonus), percent(ctx, bonus)
        ctx.measures.add(Measure.GROUP_CV, found.group, bonus.index)
        ctx.measures.add(Measure.STEP_RATE, rate, bonus.index)
        reason = eligibility.of_bonus(ctx, bonus).reason
        mine = np.flatnonzero(~found.aside & (found.own > 0) & (rate > 0))
        pay(
            ctx,
            bonus,
            base_e4=found.own[mine],
            rate_e6=rate[mine],
            reason=reason[mine],
            earns=reason[mine] == 0,
            payee=mine,
            source=mine,
            rate_source=RateSource.STEP,
        )
        base = found.base
        gap = rate[found.payee] - np.where(found.aside, 0, rate)
        below = np.flatnonzero((found.payee >= 0) & (base > 0) & (gap > 0))
        payee = found.payee[below]
        pay(
            ctx,
            bonus,
            base_e4=base[below],
            rate_e6=gap[below],
            reason=reason[payee],
            earns=reason[payee] == 0,
            payee=payee,
            source=below,
            level=found.distance[below],
            rate_source=np.where(found.aside[below], RateSource.STEP, RateSource.DIFFERENCE),
        )


def percent(ctx, bonus):
    """Return each person's own percentage, millionths, entitled or not."""
    return own_percent.by_steps(
        bonus.params.steps, own_percent.figure_e4(ctx, bonus.params.measure)
    )


@dataclass(frozen=True)
class Shape:
    """Arrays over members: the tree without the people who broke away.

    ``group``: own CV and all below; ``payee``: who is paid on somebody, -1 for nobody;
    ``distance``: how far above; ``aside``: whose own volume alone counts there; ``base``:
    what the payee is paid on. ``pairs``: returned sales, by who was paid on whom.
    """

    forest: trees.Forest
    own: np.ndarray
    group: np.ndarray
    payee: np.ndarray
    distance: np.ndarray
    aside: np.ndarray
    base: np.ndarray
    pairs: returned.Pairs


def shape(ctx, bonus):
    """Return the ``Shape`` of a bonus, made once per run."""
    key = ("stairstep", bonus.index)
    if key not in ctx.shared:
        ctx.shared[key] = _shape(ctx, bonus)
    return ctx.shared[key]


def _shape(ctx, bonus):
    params, volume = bonus.params, row_filter.row_volume(ctx, bonus)
    owner, paths = ctx.snapshot.row_member, returned.of_sponsors(ctx)
    forest, away = ctx.sponsorship, np.zeros(ctx.members, dtype=bool)
    if params.breakaway_rank >= 0:
        away = ctx.paying_rank >= params.breakaway_rank
        forest = trees.forest(np.where(away, -1, forest.parent))
    if params.ineligible == "passes_up":
        aside = ~eligibility.of_bonus(ctx, bonus).entitled
    else:
        aside = np.zeros(ctx.members, dtype=bool)
    payee = nearest_above(forest.parent, ~aside)
    distance = np.where(payee >= 0, forest.depth - forest.depth[payee], 0)
    stays = sum_by(owner, paths.others(volume), ctx.members)
    group, pairs = forest.subtree_sum(stays), _pairs(paths, aside, away)
    everyone = np.arange(ctx.members)
    base = np.where(aside, stays, group) + pairs.of(payee, everyone, volume)
    inside = paths.before(away[paths.node].astype(np.int64)) == 0
    group = group + sum_by(paths.node[inside], volume[paths.row[inside]], ctx.members)
    own = sum_by(owner, volume, ctx.members)
    return Shape(forest, own, group, payee, distance, aside, base, pairs)


def _pairs(paths, aside, away):
    """Return the ``Pairs`` of those above a returned sale with the person on whom they were
    paid: the nearest below who stands not aside, else the one credited."""
    node = paths.node
    here = (paths.step > 0) & ~aside[node]
    here &= paths.before(away[node].astype(np.int64)) == 0
    below = paths.last(~aside[node])
    first = np.arange(node.size) - paths.step
    source = np.where(below >= 0, below, first)
    return returned.Pairs(paths.row[here], node[here], node[source[here]])
