# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps per person (rules.md §7)."""

from .codes import REASONS
from .numbers import allocate, points


def schedule(plan, order):
    """Return for each number of bonuses computed the caps that are applied then.

    They wait until somebody reads the amounts, or for the end; a bonus that this
    run does not compute is not waited for.
    """
    due, applied = [[] for _ in range(len(order) + 1)], set()
    codes = [bonus.code for bonus in order]
    for count in range(1, len(order) + 1):
        if count < len(order) and not order[count].reads:
            continue
        for place, cap in enumerate(plan.caps):
            waiting = {str(code) for code in cap["bonuses"]} & set(codes[count:])
            if place not in applied and not waiting:
                applied.add(place)
                due[count].append(cap)
    return due


def apply(run, cap, member, rows):
    """Return somebody's rows after a cap."""
    codes = {str(code) for code in cap["bonuses"]}
    return cut(run, rows, codes, _limit(run, cap, member), run.homes.of(member))


def _limit(run, cap, member):
    """Return the most that somebody may get, None without a cap."""
    grid = cap.get("by_rank")
    if grid:
        most = run.plan.by_rank(grid, run.ranks.paying(member), points, None)
    else:
        most = points(cap["amount"])
    if most is None:
        return None
    home = run.homes.of(member)
    return home.money(home.worth(most))


def cut(run, rows, codes, limit, home):
    """Return rows of one home cut so that those of the bonuses sum to the limit."""
    chosen = [place for place, one in enumerate(rows) if run.bonuses[one.bonus].code in codes]
    amounts = [rows[place].amount_e4 for place in chosen]
    if limit is None or sum(amounts) <= limit:
        return rows
    parts = allocate(
        home.units(limit), [home.units(one) for one in amounts], list(range(len(chosen)))
    )
    rows = list(rows)
    for place, part in zip(chosen, parts, strict=True):
        taken = rows[place].amount_e4 - part * home.unit
        rows[place] = rows[place].capped(taken, REASONS["CAPPED"])
    return rows
