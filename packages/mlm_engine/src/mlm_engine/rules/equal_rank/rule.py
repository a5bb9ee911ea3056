# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal rank: a percentage by generation on the groups of people of the same rank.

    heads of u     members whose paid-as rank reaches that of u
    base(h)        group CV of h without the groups of the next heads below it
    paid           rates[g] × base(h), g heads above h

For leaders of one rank the difference of their percentages is nothing; this pays them
for having brought up their like.

Tiny example (STEP-03): the group of B makes 100,000, that of B1 inside it 50,000, all of
the leader's rank; 1 % each: 1 % of 50,000 without B1 is 500 in generation 1, of the
50,000 of B1 500 in generation 2; and 500 for B, of B1.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel import eligibility, row_filter
from ...kernel.codes import RateSource
from ...kernel.exact import E6
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from .._groups.heads import Heads, groups
from ..base import Rule


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    rank: int = make.ref("ranks", _("From rank"))
    rates_e6: list = make.levels((), "percent", _("Rate by generation"))


class EqualRank(Rule):
    """See the module for the formula."""

    label = _("Equal rank")
    tree = "sponsor"
    as_of = ("period_end",)
    Params = Params

    def check(self, params, plan):
        """A rank and rates are needed."""
        findings = []
        if params.rank < 0:
            findings.append(
                error(
                    _("the lowest rank is missing"),
                    _("Give `rank: …`"),
                    ("rank",),
                )
            )
        if not any(params.rates_e6):
            findings.append(
                error(
                    _("no rates"),
                    _("Give `rates: [generation 1, …]`"),
                    ("rates",),
                )
            )
        return findings

    def ceiling(self, params, plan):
        """Each point is paid once in every generation of every rank."""
        ranks = max(len(plan["ranks"]) - max(params.rank, 0), 1)
        return ranks * Fraction(sum(params.rates_e6), E6)

    def compute(self, ctx, bonus):
        """Add one row per payee and head in a generation that pays."""
        volume = row_filter.row_volume(ctx, bonus)
        reached = ctx.paying_rank[ctx.paying_rank >= bonus.params.rank]
        for rank in np.unique(reached).tolist():
            _rank(ctx, bonus, rank, volume)


def heads_of(ctx, rank):
    """Return the ``Heads`` for payees of one rank, made once per run."""
    key = ("equal heads", int(rank))
    if key not in ctx.shared:
        ctx.shared[key] = Heads(ctx.sponsorship.parent, ctx.paying_rank >= rank)
    return ctx.shared[key]


def _rank(ctx, bonus, rank, volume):
    heads = heads_of(ctx, rank)
    group = groups(ctx, heads, volume)
    reason_of = eligibility.of_bonus(ctx, bonus).reason
    head = np.flatnonzero(heads.mask)
    payee = heads.above[head]
    for generation, rate in enumerate(bonus.params.rates_e6, 1):
        found = payee >= 0
        head, payee = head[found], payee[found]
        base = group.of(payee, head)
        # Payees of a higher rank have other heads.
        equal = (ctx.paying_rank[payee] == rank) & (base > 0)
        reason = reason_of[payee[equal]]
        pay(
            ctx,
            bonus,
            base_e4=base[equal],
            rate_e6=rate,
            reason=reason,
            earns=reason == 0,
            payee=payee[equal],
            source=head[equal],
            level=generation,
            rate_source=RateSource.LEVEL,
        )
        payee = heads.above[payee]
