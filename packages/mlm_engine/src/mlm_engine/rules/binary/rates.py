# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The percentage of a binary: the highest of package, rank, promotion and a fixed one."""

import numpy as np

from ...kernel import promotions, ranks
from ...kernel.codes import PCT_FROM, Measure, RateSource
from ...kernel.exact import E6, sum_by
from ...kernel.snapshot import STATE_SUSPENDED
from ...plan import params


def of_positions(ctx, bonus, match):
    """Return ``(rate_e6, rate source)`` per position, zeros where nothing matched; the
    first in ``pct_from`` wins a tie."""
    if bonus.params.mode == "cycle":
        return match.used * E6, match.used * int(RateSource.CYCLE)
    rate = np.zeros(ctx.members, dtype=np.int64)
    source = np.zeros(ctx.members, dtype=np.int64)
    for name, value in candidates(ctx, bonus, match).items():
        better = value > rate
        rate[better] = value[better]
        source[better] = int(PCT_FROM[name])
    owner = ctx.snapshot.position_member
    return np.where(match.used, rate[owner], 0), np.where(match.used, source[owner], 0)


def candidates(ctx, bonus, match):
    """Return ``{name: rate_e6 per member}`` in the order of ``pct_from``."""
    found = {}
    for name in bonus.params.pct_from:
        if name == "package":
            found[name] = ctx.holdings.best_in_term(ctx.members, ctx.snapshot.period_end)[0]
        elif name == "rank":
            found[name] = ranks.rates(ctx.plan)[rank(ctx, bonus, match)]
        elif name == "promotion":
            found[name] = promotions.best(ctx.snapshot)[0]
        else:
            found[name] = np.full(ctx.members, bonus.params.fixed_pct_e6, dtype=np.int64)
    return found


def rank(ctx, bonus, match):
    """Return the rank whose percentage counts: the paid-as rank, of somebody suspended
    the one that the CV matched would give, so that breakage shows what was offered."""
    data = ctx.snapshot
    worth = sum_by(data.position_member, match.paid_cv, ctx.members)
    reached = ranks.by_figure(ctx, bonus.index, Measure.PAID_CV, worth)
    return np.where(data.member_state == STATE_SUSPENDED, reached, ctx.paying_rank)


def caps(ctx, bonus, owner):
    """Return the most money that one position of each owner is paid, in the owner's currency,
    -1 for no cap; one that rounds to nothing pays nothing."""
    most = np.full(owner.size, bonus.params.pay_cap_e4, dtype=np.int64)
    if bonus.params.pay_cap_by_rank_e4:
        filled = params.nearest_lower(bonus.params.pay_cap_by_rank_e4, bonus.params.pay_cap_e4)
        most = np.array(filled, dtype=np.int64)[ctx.paying_rank[owner]]
    money = ctx.exchange.amounts(owner, most, currency=bonus.common.currency)
    return np.where(most > 0, money, -1)
