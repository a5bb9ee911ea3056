# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matching (check match): a percentage of what people below earned in other bonuses.

    A(v) = Σ amounts of ``bonuses`` that v earned, after their caps
    paid(v, k) = A(v) × rate(rank of payee, k) × tier(own PV of payee)

Level 1 is v's sponsor; the tree is the one of the period's end. Bonuses of shorter
periods count with what their posted runs paid inside this one. Matching is never paid
on matching.

Tiny example (MATCH-01): 3 % on 100, 100, 200, 200, 200: 24.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ... import rules
from ...kernel import own_percent
from ...kernel.exact import sum_by
from ...kernel.text import _
from ...kernel.uplines import Start, of_sponsors
from ...plan import params as make
from ...plan.finding import error
from .._by_level import compression, pay
from .._by_level import params as shared
from .._by_level.rates import LevelRates
from ..base import Rule


@dataclass(frozen=True)
class Params(shared.Rates):
    """See the module for the formula."""

    bonuses: list = make.codes("bonuses", _("Bonuses that it matches"))
    tiers: list = make.steps(
        {
            "pv": ("points", _("Own PV from")),
            "pct": ("percent", _("Share")),
        },
        _("Share by own PV"),
    )
    compression: dict = make.group(shared.Compression, _("Compression"))


class Matching(Rule):
    """See the module for the formula."""

    label = _("Matching")
    tree = "sponsor"
    as_of = ("period_end",)
    common = ("start", "end", "active_only", "min_rank", "requires")
    reads_bonuses = True
    Params = Params

    def compression(self, params):
        return params.compression

    def check(self, params, plan):
        """Something is matched, and nothing that is a match itself."""
        findings = [
            *shared.validate_rates(params, plan),
            *shared.validate_compression(params.compression, plan),
            *own_percent.validate_steps(params.tiers, "tiers"),
        ]
        if not params.bonuses:
            findings.append(
                error(_("no bonus is matched"), _("Give `bonuses: [CODE, …]`"), ("bonuses",))
            )
        for index in params.bonuses:
            bonus = plan["bonuses"][index]
            if rules.get(bonus["rule"]).reads_bonuses:
                findings.append(
                    error(
                        _(
                            "matching is paid on {code}, which is itself a matching bonus",
                            code=bonus["code"],
                        ),
                        _("Remove it"),
                        ("bonuses",),
                    )
                )
        return findings

    def ceiling(self, params, plan):
        """The sum of the rates of what the matched bonuses can pay."""
        total = Fraction(0)
        for index in params.bonuses:
            bonus = plan["bonuses"][index]
            rule = rules.get(bonus["rule"])
            share = rule.ceiling(rule.Params(**bonus["params"]), plan)
            if share is None:
                return None
            total += share
        return total * shared.ceiling_of_rates(params, plan, compression=params.compression)

    def compute(self, ctx, bonus):
        """Add one earning per person with earnings and level."""
        params = bonus.params
        earned = matched(ctx, bonus)
        source = np.flatnonzero(earned > 0)
        moment = np.full(source.size, ctx.snapshot.period_end_moment)
        start = Start(source, source, ctx.snapshot.sponsor[source], moment)
        walk = compression.walk_of(ctx, bonus, start, of_sponsors(ctx))
        rates = LevelRates(params, ctx.plan)
        tier = None
        if params.tiers:
            tier = own_percent.by_steps(params.tiers, ctx.activity.own_pv_e4)
        for found in compression.payees(walk, rates, params.compression):
            pay.level(
                ctx,
                bonus,
                walk,
                rates,
                found,
                earned[source],
                {"source": source},
                tier,
                between_homes=True,
            )


def matched(ctx, bonus):
    """Return A of every member, ten-thousandths of the member's currency."""
    data = ctx.snapshot
    total = ctx.earnings.paid(bonus.params.bonuses, ctx.members)
    before = np.isin(data.earned_bonus, bonus.params.bonuses)
    return total + sum_by(data.earned_member[before], data.earned_amount_e4[before], ctx.members)
