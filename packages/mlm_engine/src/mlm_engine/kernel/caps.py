# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps per person and the company's cap and floor: ``docs/contracts/rules.md`` §7.

    amount = worth - cap_e4 + scale_e4

Whoever takes or gives goes through ``cut`` or ``scale``, so that what a row lost is
its breakage with the reason of the last who took.

What people of several companies are paid is summed and compared in points, exactly.

Tiny example: raw 480,000, company cap 420,000: every row is paid 0.875 of its worth.
"""

from fractions import Fraction
from math import floor

import numpy as np

from ..plan import params
from .codes import Reason
from .exact import E6, INT64_MAX, allocate, sum_by


def cut(rows, index, taken_e4):
    """Take money from rows by a cap; ``index`` names each row once."""
    rows.cap_e4[index] += taken_e4
    rows.amount_e4[index] -= taken_e4
    _lost(rows, index, taken_e4, Reason.CAPPED)


def scale(rows, index, change_e4, reason=Reason.COMPANY_CAP):
    """Give money to rows (positive) or take it; ``index`` names each row once."""
    before = np.maximum(-rows.scale_e4[index], 0)
    rows.scale_e4[index] += change_e4
    rows.amount_e4[index] += change_e4
    _lost(rows, index, np.maximum(-rows.scale_e4[index], 0) - before, reason)


def _lost(rows, index, lost_e4, reason):
    """Breakage follows what was taken; who took more of it names the reason."""
    index = np.asarray(index)
    rows.breakage_e4[index] += lost_e4
    rows.reason[index[lost_e4 > 0]] = reason
    rows.reason[index[rows.breakage_e4[index] == 0]] = 0


def apply_ready(ctx, computed, done):
    """Apply the caps whose bonuses are all computed, in the order of the plan.

    ``computed``: set of bonus indexes; ``done``: set of caps applied already, which
    grows. Bonuses of other kinds of period are never computed here.
    """
    here = {bonus.index for bonus in ctx.bonuses}
    for index, cap in enumerate(ctx.plan["caps"]):
        bonuses = here.intersection(cap["bonuses"])
        if index not in done and bonuses and bonuses <= computed:
            done.add(index)
            _per_person(ctx, cap, bonuses)


def limits(ctx, cap):
    """Return the cap of each member in the member's currency, -1 for none.

    A cap too small for the unit of rounding is a cap of nothing, not none.
    """
    if cap["by_rank_e4"]:
        table = params.nearest_lower(cap["by_rank_e4"], -1)
        limit = np.array(table, dtype=np.int64)[ctx.paying_rank]
    else:
        limit = np.full(ctx.members, cap["amount_e4"], dtype=np.int64)
    money = ctx.exchange.amounts(np.arange(ctx.members), limit)
    return np.where(limit < 0, -1, money)


def _per_person(ctx, cap, bonuses):
    rows = ctx.earnings.rows()
    row = np.flatnonzero(np.isin(rows.bonus, list(bonuses)) & (rows.amount_e4 > 0))
    total = sum_by(rows.payee[row], rows.amount_e4[row], ctx.members)
    limit = limits(ctx, cap)
    over = np.flatnonzero((limit >= 0) & (total > limit))
    start = np.searchsorted(rows.payee[row], over, side="left")
    end = np.searchsorted(rows.payee[row], over, side="right")
    for member, first, last in zip(over, start, end, strict=True):
        mine, unit = row[first:last], int(ctx.exchange.unit_e4[ctx.exchange.home(member)])
        money = rows.amount_e4[mine] // unit
        kept = allocate(int(limit[member]) // unit, money, mine)
        cut(rows, mine, (money - kept) * unit)


def company(ctx):
    """Apply the company cap, then the guaranteed minimum."""
    rule = ctx.plan["payout"]
    if not (rule["cap_pct_e6"] or rule["floor_pct_e6"]):
        return
    rows = ctx.earnings.rows()
    counted = np.isin(rows.bonus, included(ctx))
    limit = most(ctx.snapshot)
    if limit is not None:
        part = _Part(ctx, rows, np.flatnonzero(counted & (rows.amount_e4 > 0)))
        if part.row.size and part.worth() > limit * part.point:
            kept = _MODES[rule["mode"]](ctx, part, limit * part.point)
            scale(rows, part.row, kept - part.money_e4)
    if rule["floor_pct_e6"]:
        given = _Part(
            ctx, rows, np.flatnonzero((rows.bonus == rule["floor_bonus"]) & (rows.amount_e4 > 0))
        )
        paid = _Part(ctx, rows, np.flatnonzero(counted & (rows.amount_e4 != 0)))
        missing = least(ctx.snapshot)
        if paid.row.size and paid.point:
            missing -= paid.worth() / paid.point
        if missing > 0 and given.row.size:
            scale(rows, given.row, given.share(missing * given.point))


class _Part:
    """Rows that are summed over homes of several currencies.

    ``weight`` of a home times its money, and ``point`` times points, are of one size: what
    ``worth`` returns, and what limits are told in.
    """

    def __init__(self, ctx, rows, row):
        self.exchange, self.row = ctx.exchange, row
        self.payee, self.sale = rows.payee[row], rows.row[row]
        self.money_e4 = rows.amount_e4[row]
        self.home = np.broadcast_to(ctx.exchange.home(self.payee), row.shape)
        self.weight, self.point = ctx.exchange.scale(self.home) if row.size else ({}, 1)

    def worth(self, chosen=...):
        """Return the sum of the rows in a mask."""
        home, money = self.home[chosen], self.money_e4[chosen]
        return sum(weight * sum(money[home == one].tolist()) for one, weight in self.weight.items())

    def share(self, total, chosen=...):
        """Return ``total`` split over the rows in a mask: over homes by what they hold, each
        part rounded down to the unit, and within one by the rows."""
        money, whole = np.zeros_like(self.money_e4), self.worth(chosen)
        inside = np.zeros(self.row.shape, dtype=bool)
        inside[chosen] = True
        for one in self.weight:
            mine, unit = inside & (self.home == one), int(self.exchange.unit_e4[one])
            units = self.money_e4[mine] // unit
            if units.size:
                part = sum(units.tolist()) * total // whole
                money[mine] = allocate(part, units, self.row[mine]) * unit
        return money


def included(ctx):
    """Return the indexes of the bonuses that count against the company cap."""
    return ctx.plan["payout"]["bonuses"] or [
        bonus.index for bonus in ctx.bonuses if bonus.rule.from_volume
    ]


def most(snapshot):
    """Return the company cap in points (e4), a ``Fraction``; ``None`` for none.

    It is a part of the CV sold in the period. Returns of earlier sales are taken from whom
    they concern and do not lower it once more; a period without a sale has no cap, for
    there is nothing to take a part of.
    """
    pct, sold = snapshot.plan["payout"]["cap_pct_e6"], snapshot.row_reversal == 0
    volume = sum(snapshot.row_cv_e4[sold].tolist())
    return Fraction(volume * pct, E6) if pct and volume > 0 else None


def least(snapshot):
    """Return the guaranteed minimum in points (e4), a ``Fraction``: a part of the period's
    CV, returns included."""
    volume = max(0, sum(snapshot.row_cv_e4.tolist()))
    return Fraction(volume * snapshot.plan["payout"]["floor_pct_e6"], E6)


def _pro_rata(ctx, part, limit):
    return part.share(limit)


def _protect_ranks(ctx, part, limit):
    high = ctx.paying_rank[part.payee] >= ctx.plan["payout"]["protect_from"]
    kept = np.zeros_like(part.money_e4)
    for chosen in (high, ~high):
        worth = part.worth(chosen)
        kept += np.where(chosen, part.money_e4, 0) if worth <= limit else part.share(limit, chosen)
        limit = max(limit - worth, 0)
    return kept


def _hard_stop(ctx, part, limit):
    moment = np.append(ctx.snapshot.row_moment, INT64_MAX)[part.sale]
    order = np.lexsort((part.row, part.sale, moment))
    worth = part.money_e4
    if len(part.weight) > 1:  # common multiples of rates do not fit into 64 bits
        worth = worth.astype(object)
        for home, weight in part.weight.items():
            worth[part.home == home] *= weight
    until = np.cumsum(worth[order])
    whole = int((until <= floor(limit)).sum())
    kept, edge = np.zeros_like(part.money_e4), order[whole]
    kept[order[:whole]] = part.money_e4[order[:whole]]
    room = (limit - int(until[whole] - worth[edge])) / part.weight[part.home[edge]]
    kept[edge] = part.exchange.money(part.home[edge], room, "down")
    return kept


_MODES = {"pro_rata": _pro_rata, "protect_ranks": _protect_ranks, "hard_stop": _hard_stop}
