# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate: a percentage of the own volume, by steps of a measure.

    base(m) = max(0, own volume(m) − above)
    paid(m) = base(m) × percentage of the highest step that the measure of m reaches

The own volume is every row credited to m that passes the bonus's filters, returns
included; ``customers`` says whether those bought by others count.

Tiny example (PB-01): 600 PV reach 9 %: 54 of 600 own CV.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel import eligibility, own_percent, row_filter
from ...kernel.codes import RateSource
from ...kernel.exact import E6, sum_by
from ...kernel.paying import pay
from ...kernel.text import _
from ...measures.personal import PARTS, part
from ...plan import params as make
from ...plan.finding import error
from .._by_level.params import BASES, of_cv
from ..base import Rule


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    steps: list = own_percent.steps()
    measure: dict = own_percent.measure()
    base: str = make.choice("cv", BASES, _("Volume that pays"))
    customers: str = make.choice("include", PARTS, _("Customers' purchases"))
    above_e4: int = make.number("points", 0, _("Only what is above"), none=_("all of it"))


class PersonalRebate(Rule):
    """See the module for the formula."""

    label = _("Personal rebate")
    Params = Params

    def points(self, params):
        return params.base

    def check(self, params, plan):
        """There must be steps, and they must be clear."""
        if not any(row[1] for row in params.steps):
            return [
                error(_("no step has a percentage"), _("Give `steps: [{min, pct}]`"), ("steps",))
            ]
        return own_percent.validate_steps(params.steps)

    def ceiling(self, params, plan):
        """The highest percentage."""
        return of_cv(Fraction(max(row[1] for row in params.steps), E6), params, plan)

    def compute(self, ctx, bonus):
        """Add one earning per member with volume and a percentage."""
        params = bonus.params
        base = volume(ctx, bonus) - params.above_e4
        rate = own_percent.by_steps(params.steps, own_percent.figure_e4(ctx, params.measure))
        member = np.flatnonzero((base > 0) & (rate > 0))
        reason = eligibility.of_bonus(ctx, bonus).reason[member]
        pay(
            ctx,
            bonus,
            base_e4=base[member],
            rate_e6=rate[member],
            reason=reason,
            earns=reason == 0,
            payee=member,
            source=member,
            rate_source=RateSource.STEP,
        )


def volume(ctx, bonus):
    """Return the own volume that counts of every member, before ``above``."""
    row = np.flatnonzero(counted(ctx, bonus))
    member = ctx.snapshot.row_member[row]
    return sum_by(member, row_filter.base_of(ctx, bonus)[row], ctx.members)


def counted(ctx, bonus):
    """Return the mask of the rows whose volume counts for whom they are credited to."""
    data = ctx.snapshot
    mine = row_filter.summed(ctx, bonus) & (data.row_member >= 0)
    return mine & part(bonus.params.customers, data.row_buyer != data.row_member)
