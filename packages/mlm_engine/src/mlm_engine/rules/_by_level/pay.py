# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Earning rows of what compression found, the breakage of nobody included."""

import numpy as np

from ...kernel.codes import RateSource, Reason
from ...kernel.columns import full, part
from ...kernel.exact import E6, mul_div
from ...kernel.paying import pay
from . import compression
from .lines import of_bonus_rows
from .rates import LevelRates


def rows(ctx, bonus, height=0):
    """Pay the levels of every row that a bonus takes."""
    lines = of_bonus_rows(ctx, bonus)
    walk = compression.walk_of(ctx, bonus, lines.start)
    rates = LevelRates(bonus.params, ctx.plan, height)
    for found in compression.payees(walk, rates, bonus.params.compression):
        level(ctx, bonus, walk, rates, found, lines.base_e4, lines.columns)


def level(ctx, bonus, walk, rates, found, base_e4, columns, tier_e6=None, between_homes=False):
    """Add the rows of one ``compression.Found``.

    ``base_e4`` and ``columns`` are arrays over the walks. ``tier_e6``, over members,
    is the share of the rate that somebody gets. ``between_homes``: the base is in the
    currency of its source, not in that of the bonus.
    """
    offered = int(rates.offered[found.level - 1])
    member = walk.lines.member(found.node)
    base = base_e4[found.index]
    nobody = member < 0
    rank = ctx.paying_rank[member]
    rate = np.where(nobody, offered, rates.table[rank, found.level - 1])
    reason = np.where(nobody, int(Reason.NO_UPLINE), walk.eligibility.reason[member])
    reason[(reason == 0) & (rates.unlock[rank] < found.level)] = Reason.NOT_UNLOCKED
    earns = reason == 0
    reason[earns & (rate < offered)] = Reason.RANK_RATE
    source = full(int(RateSource.LEVEL), rate.size)
    if tier_e6 is not None:
        share = np.where(nobody, E6, tier_e6[member])
        reason[(reason == 0) & (share < E6)] = Reason.PV_TIER
        source = np.where(share != E6, int(RateSource.PV_TIER), source)
        rate = mul_div(rate, share, E6, "half_up")
    keep = ~nobody | ~walk.cut[found.index]
    keep = None if keep.all() else keep
    member = part(member, keep)
    columns = {name: part(values[found.index], keep) for name, values in columns.items()}
    if between_homes:
        home = ctx.exchange.home
        columns["exchange"] = ctx.exchange.between(home(columns["source"]), home(member))
    pay(
        ctx,
        bonus,
        base_e4=part(base, keep),
        rate_e6=part(rate, keep),
        offered_e6=offered,
        reason=part(reason, keep),
        earns=part(earns, keep),
        payee=member,
        position=part(walk.lines.position(found.node), keep),
        level=part(np.where(nobody, found.level, found.distance), keep),
        paid_level=found.level,
        rate_source=part(source, keep),
        **columns,
    )
