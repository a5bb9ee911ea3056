# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order: everybody up the line gets the own percentage less what was
paid below.

    paid(row, u) = base(row) × max(0, pct(u) − highest pct below u) × rate of exchange

The own percentage goes by ``steps`` of a measure or by rank. The buyer may be paid
first (``own: pays``), count without pay, or be left out. Somebody who may not earn
has 0 % (``passes_up``), or the difference is breakage and counts as paid.

Tiny example: percentages 5, 11, 14 up the line on 100: 5, 6 and 3.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel import own_percent
from ...kernel.codes import RateSource
from ...kernel.exact import E6
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from .._by_level.lines import of_bonus_rows
from .._by_level.params import OfRows, of_cv
from .._by_level.rule import ByRow
from .._by_level.walk import Walk


@dataclass(frozen=True)
class Params(OfRows):
    """See the module for the formula."""

    steps: list = own_percent.steps()
    measure: dict = make.only(own_percent.measure(), steps=make.GIVEN)
    rates_e6: list = make.grid("ranks", "percent", _("Rate by rank"))
    own: str = make.choice(
        "pays",
        {
            "pays": _("The buyer is paid their own percentage"),
            "counts": _("Counts as paid"),
            "ignored": _("Does not count"),
        },
        _("Percentage of the buyer"),
    )
    ineligible: str = make.choice(
        "passes_up",
        {
            "passes_up": _("Passes up"),
            "breakage": _("Stays with the company"),
        },
        _("People who may not earn"),
    )


class DifferentialOrder(ByRow):
    """See the module for the formula."""

    label = _("Differential per order")
    Params = Params

    def check(self, params, plan):
        """The percentage comes from one place."""
        by_rank = any(params.rates_e6 or ())
        if params.steps and by_rank:
            return [
                error(
                    _("two percentages for one person: `steps` and `rates`"), _("Keep one of them")
                )
            ]
        if not by_rank and not any(row[1] for row in params.steps):
            return [error(_("nobody has a percentage"), _("Give `steps` or `rates`"))]
        return own_percent.validate_steps(params.steps)

    def ceiling(self, params, plan):
        """The highest percentage: the differences up a line sum to no more."""
        rates = [row[1] for row in params.steps] + [rate or 0 for rate in params.rates_e6 or ()]
        return of_cv(Fraction(max(rates), E6), params, plan)

    def compute(self, ctx, bonus):
        """Add one earning per row and person above all percentages below."""
        lines = of_bonus_rows(ctx, bonus)
        walk, size = Walk(ctx, bonus, lines.start), lines.row.size
        rate = own_rates(ctx, bonus)
        if bonus.params.ineligible == "passes_up":
            rate = np.where(walk.eligibility.entitled, rate, 0)
        paid = np.zeros(size, dtype=np.int64)
        if bonus.params.own != "ignored":
            own = walk.of_origin(rate, 0)
            if bonus.params.own == "pays":
                mine = np.flatnonzero(own > 0)
                zero = np.zeros(mine.size, dtype=np.int64)
                who = walk.start.origin[mine]
                _pay(ctx, bonus, walk, lines, mine, who, zero - 1, zero, own[mine], zero)
            paid = own
        rate = walk.lines.of_node(rate)
        node, distance = np.full(size, -1), np.zeros(size, dtype=np.int64)
        # What is paid only rises, so one look at each percentage is enough.
        for before in np.unique(np.append(rate, 0)).tolist():
            mask = rate > before
            for begun in (False, True):
                index = np.flatnonzero((paid == before) & ((node >= 0) == begun))
                if not index.size:
                    continue
                if begun:
                    found, far = walk.next(node[index], distance[index], mask, index)
                else:
                    found, far = walk.first(mask, index)
                paid[index[found < 0]] = -1  # nobody above has more
                here = found >= 0
                index, found, far = index[here], found[here], far[here]
                less = np.full(index.size, before)
                who, position = walk.lines.member(found), walk.lines.position(found)
                _pay(ctx, bonus, walk, lines, index, who, position, far, rate[found], less)
                node[index], distance[index], paid[index] = found, far, rate[found]


def own_rates(ctx, bonus):
    """Return the percentage of every member, entitled or not, millionths."""
    params = bonus.params
    if params.steps:
        return own_percent.by_steps(params.steps, own_percent.figure_e4(ctx, params.measure))
    return own_percent.by_rank(params.rates_e6, ctx.paying_rank)


def _pay(ctx, bonus, walk, lines, index, member, position, distance, rate, less):
    """Pay the difference; whoever may not earn leaves it to the company."""
    reason = walk.eligibility.reason[member]
    pay(
        ctx,
        bonus,
        base_e4=lines.base_e4[index],
        rate_e6=rate - less,
        reason=reason,
        earns=reason == 0,
        payee=member,
        position=position,
        source=lines.source[index],
        level=distance,
        row=lines.row[index],
        rate_source=np.where(less > 0, int(RateSource.DIFFERENCE), int(RateSource.STEP)),
    )
