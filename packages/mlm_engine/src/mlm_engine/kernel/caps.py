# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps per person and the company's cap and floor: ``docs/contracts/rules.md`` §7.

    amount = worth - cap_e4 + scale_e4

Whoever takes or gives goes through ``cut`` or ``scale``, so that what a row lost is
its breakage with the reason of the last who took.

Tiny example: raw 480,000, company cap 420,000: every row is paid 0.875 of its worth.
"""

import numpy as np

from ..plan import params
from .codes import Reason
from .exact import E6, INT64_MAX, allocate, amounts, sum_by


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
    """Return the cap of each member in company currency, -1 for none.

    A cap too small for the unit of rounding is a cap of nothing, not none.
    """
    rounding = ctx.plan["rounding"]
    if cap["by_rank_e4"]:
        table = params.nearest_lower(cap["by_rank_e4"], -1)
        limit = np.array(table, dtype=np.int64)[ctx.paying_rank]
    else:
        limit = np.full(ctx.members, cap["amount_e4"], dtype=np.int64)
    one, fx = np.full_like(limit, E6), np.full_like(limit, ctx.snapshot.fx_e6)
    money = amounts(limit, one, fx, rounding["mode"], rounding["unit_e4"])
    return np.where(limit < 0, -1, money)


def _per_person(ctx, cap, bonuses):
    rows, unit = ctx.earnings.rows(), ctx.plan["rounding"]["unit_e4"]
    row = np.flatnonzero(np.isin(rows.bonus, list(bonuses)) & (rows.amount_e4 > 0))
    total = sum_by(rows.payee[row], rows.amount_e4[row], ctx.members)
    limit = limits(ctx, cap)
    over = np.flatnonzero((limit >= 0) & (total > limit))
    start = np.searchsorted(rows.payee[row], over, side="left")
    end = np.searchsorted(rows.payee[row], over, side="right")
    for member, first, last in zip(over, start, end, strict=True):
        mine = row[first:last]
        money = rows.amount_e4[mine] // unit
        kept = allocate(int(limit[member]) // unit, money, mine)
        cut(rows, mine, (money - kept) * unit)


def company(ctx):
    """Apply the company cap, then the guaranteed minimum."""
    rule = ctx.plan["payout"]
    if not (rule["cap_pct_e6"] or rule["floor_pct_e6"]):
        return
    rows, unit = ctx.earnings.rows(), ctx.plan["rounding"]["unit_e4"]
    counted = np.isin(rows.bonus, included(ctx))
    limit = most(ctx.snapshot)
    if limit is not None:
        row = np.flatnonzero(counted & (rows.amount_e4 > 0))
        money = rows.amount_e4[row] // unit
        if int(money.sum()) > limit:
            kept = _MODES[rule["mode"]](ctx, rows, row, money, limit)
            scale(rows, row, (kept - money) * unit)
    if rule["floor_pct_e6"]:
        paid = int(rows.amount_e4[counted].sum()) // unit
        missing = least(ctx.snapshot) - paid
        row = np.flatnonzero((rows.bonus == rule["floor_bonus"]) & (rows.amount_e4 > 0))
        if missing > 0 and row.size:
            scale(rows, row, allocate(missing, rows.amount_e4[row], row) * unit)


def included(ctx):
    """Return the indexes of the bonuses that count against the company cap."""
    return ctx.plan["payout"]["bonuses"] or [
        bonus.index for bonus in ctx.bonuses if bonus.rule.from_volume
    ]


def most(snapshot):
    """Return the company cap in units of the plan, rounded down; ``None`` for none.

    It is a part of the CV sold in the period. Returns of earlier sales are taken from whom
    they concern and do not lower it once more; a period without a sale has no cap, for
    there is nothing to take a part of.
    """
    pct, sold = snapshot.plan["payout"]["cap_pct_e6"], snapshot.row_reversal == 0
    volume = sum(snapshot.row_cv_e4[sold].tolist())
    return _share(snapshot, pct, volume) if pct and volume > 0 else None


def least(snapshot):
    """Return the guaranteed minimum in units of the plan, rounded down: a part of the
    period's CV, returns included."""
    volume = max(0, sum(snapshot.row_cv_e4.tolist()))
    return _share(snapshot, snapshot.plan["payout"]["floor_pct_e6"], volume)


def _share(snapshot, pct_e6, volume_e4):
    unit = snapshot.plan["rounding"]["unit_e4"]
    return volume_e4 * pct_e6 * snapshot.fx_e6 // (E6 * E6 * unit)


def _pro_rata(ctx, rows, row, money, limit):
    return allocate(limit, money, row)


def _protect_ranks(ctx, rows, row, money, limit):
    high = ctx.paying_rank[rows.payee[row]] >= ctx.plan["payout"]["protect_from"]
    kept = np.zeros_like(money)
    left = limit
    for part in (high, ~high):
        whole = int(money[part].sum())
        if whole:
            kept[part] = allocate(min(left, whole), money[part], row[part])
            left -= min(left, whole)
    return kept


def _hard_stop(ctx, rows, row, money, limit):
    sale = rows.row[row]
    moment = np.append(ctx.snapshot.row_moment, INT64_MAX)[sale]
    order = np.lexsort((row, sale, moment))
    before = np.cumsum(money[order]) - money[order]
    kept = np.zeros_like(money)
    kept[order] = np.clip(limit - before, 0, money[order])
    return kept


_MODES = {"pro_rata": _pro_rata, "protect_ranks": _protect_ranks, "hard_stop": _hard_stop}
