# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool: a part of the company's whole volume, shared among those who qualify.

    fund   = pct × volume of the company × rate of exchange, rounded once
    part   = fund × shares of the person ÷ shares of all

Where several companies pay, each has its part of the fund by the shares of its people, in
its currency and rounded down; what is left of the whole stays with the company.

Shares come from the rank or are a measure of the person. What does not divide into
whole units goes to the largest fractions (``remainder: spread``) or stays with the
company; a fund that nobody qualifies for is breakage.

Tiny example: 1 % of 1,000,000 CV = 10,000; shares 1, 2, 3, 4: a share is worth 1,000, so
1,000, 2,000, 3,000 and 4,000 are paid.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel import bounds, eligibility, row_filter
from ...kernel.codes import Measure, RateSource, Reason
from ...kernel.exact import E4, E6, allocate
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from ..base import Rule


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    pct_e6: int = make.small(make.number("percent", 0, _("Part of the volume")))
    of: str = make.choice("cv", {"cv": _("CV"), "pv": _("PV")}, _("Volume of the company"))
    shares_e4: list = make.grid("ranks", "points", _("Shares by rank"), unit="shares")
    points: int = make.ref("measures", _("Shares by a measure"))
    remainder: str = make.choice(
        "spread",
        {
            "spread": _("Spread to the largest fractions"),
            "company": _("Stays with the company"),
        },
        _("Remainder of rounding"),
    )


class Pool(Rule):
    """See the module for the formula."""

    label = _("Pool")
    divides = True
    Params = Params

    def check(self, params, plan):
        """A fund and one source of shares are needed."""
        findings = []
        if not params.pct_e6:
            findings.append(
                error(
                    _("the pool is empty"),
                    _("Give `pct: …`"),
                    path=("pct",),
                )
            )
        by_rank, by_points = any(params.shares_e4 or ()), params.points >= 0
        if by_rank == by_points:
            findings.append(
                error(
                    _("a pool needs one source of shares"),
                    _("Give `shares: {rank: number}` or `points: measure`, not both"),
                    path=("shares",),
                )
            )
        return findings

    def unsold(self, params, asked):
        if not asked.figure(params.points):
            yield ("points",), None

    def ceiling(self, params, plan):
        """The fund itself."""
        base = bounds.of_base(plan, params.of)
        return None if base is None else base * Fraction(params.pct_e6, E6)

    def compute(self, ctx, bonus):
        """Add one row per person with shares, and one for what nobody gets."""
        money, share = fund(ctx, bonus), shares(ctx, bonus)
        ctx.measures.add(Measure.SHARES, share, bonus.index)
        payee = np.flatnonzero(share)
        if not payee.size:
            _left(ctx, bonus, money, Reason.NO_QUALIFIER)
            return
        home, paid = np.broadcast_to(ctx.exchange.home(payee), payee.size), Fraction(0)
        for one, its_fund in funds(ctx, bonus, share).items():
            mine = payee[home == one]
            part = _share_out(ctx, bonus, mine, share[mine], one, its_fund)
            paid += part * ctx.exchange.factor_between(one, -1)
        _left(ctx, bonus, ctx.exchange.money(-1, money - paid, "down"), Reason.POOL_REMAINDER)


def _share_out(ctx, bonus, payee, share, home, money):
    """Share the fund of one home out among its people and return the sum of the parts."""
    unit, whole = int(ctx.exchange.unit_e4[home]), sum(share.tolist())
    if bonus.params.remainder == "spread":
        part = allocate(money // unit, share, ctx.snapshot.member_id[payee])
    else:
        part = _down(share, money // unit, whole)
    part = part * unit
    keep = part > 0
    ctx.earnings.add(
        payee=payee[keep],
        bonus=bonus.index,
        base_e4=money,
        rate_e6=_down(share, E6, whole)[keep],
        fx_e6=E6,
        amount_e4=part[keep],
        rate_source=RateSource.SHARE,
    )
    return int(part.sum())


def volume(ctx, bonus):
    """Return the volume that the fund is a part of, 0 or more."""
    data = ctx.snapshot
    values = data.row_pv_e4 if bonus.params.of == "pv" else data.row_cv_e4
    return max(0, sum(values[row_filter.summed(ctx, bonus)].tolist()))


def fund(ctx, bonus):
    """Return the fund in the currency of the run."""
    factor = ctx.exchange.factor(bonus.common.currency, -1)
    return ctx.exchange.money(-1, _exact(ctx, bonus) * factor)


def funds(ctx, bonus, share):
    """Return ``{home: its part of the fund}``, in its currency, by the shares of members."""
    payee, money = np.flatnonzero(share), ctx.exchange
    home = np.broadcast_to(money.home(payee), payee.size)
    whole, found = sum(share.tolist()), {}
    for one in np.unique(home).tolist():
        part = Fraction(sum(share[payee[home == one]].tolist()), whole)
        exact = _exact(ctx, bonus) * part * money.factor(bonus.common.currency, one)
        found[one] = money.money(one, exact, "down" if money.several else None)
    return found


def _exact(ctx, bonus):
    """Return the fund before any rounding, in the bonus's currency."""
    return Fraction(volume(ctx, bonus) * bonus.params.pct_e6, E6)


def shares(ctx, bonus):
    """Return the shares of each member, ten-thousandths; 0 for who is not entitled."""
    params = bonus.params
    if params.points >= 0:
        volume = ctx.plan["measures"][params.points]["volume"]
        found = ctx.value(params.points) * (1 if volume else E4)
    else:
        table = make.nearest_lower(params.shares_e4, 0)
        found = np.array(table, dtype=np.int64)[ctx.paying_rank]
    entitled = eligibility.of_bonus(ctx, bonus).entitled
    return np.where(entitled, np.maximum(found, 0), 0)


def _down(share, total, whole):
    """Return ``total × share ÷ whole`` rounded down."""
    exact = share.astype(object) * total // whole
    return np.array(exact.tolist(), dtype=np.int64)


def _left(ctx, bonus, money, reason):
    if money > 0:
        ctx.earnings.add(
            bonus=bonus.index,
            base_e4=money,
            rate_e6=E6,
            fx_e6=E6,
            breakage_e4=money,
            reason=int(reason),
        )
