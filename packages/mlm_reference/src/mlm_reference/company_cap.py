# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The company's cap on its payout, and the guaranteed minimum (rules.md §7)."""

from fractions import Fraction

from .codes import REASONS
from .numbers import allocate, fraction


def apply(run, found):
    """Return ``{member: earnings}`` after cap and minimum."""
    payout = run.plan.payout
    if not payout:
        return found
    rows = sorted((one for rows in found.values() for one in rows), key=lambda one: one.key)
    data = run.inputs
    sold = sum(data.row_cv_e4[row] for row in data.rows if not data.row_reversal[row])
    codes = [str(code) for code in payout.get("bonuses") or ()]
    chosen = [
        place
        for place, one in enumerate(rows)
        if (run.bonuses[one.bonus].code in codes if codes else _of_volume(run, one))
    ]
    if fraction(payout.get("cap_pct") or 0) and sold > 0:
        limit = _part(payout["cap_pct"], sold)
        if _held(run, rows, chosen) > limit:
            _cut(run, rows, chosen, limit, payout)
    if fraction(payout.get("floor_pct") or 0) and payout.get("floor_bonus") is not None:
        floor = _part(payout["floor_pct"], max(0, sum(data.row_cv_e4)))
        _fill(run, rows, chosen, floor, payout)
    result = {member: [] for member in found}
    for one in rows:
        result[one.payee].append(one)
    return result


def _of_volume(run, one):
    return run.plan.bonuses[one.bonus]["rule"] != "retail_profit"


def _part(percent, volume):
    return fraction(percent) / 100 * volume


def _home(run, one):
    return run.homes.of(one.payee)


def _held(run, rows, places):
    """Return the sum of some rows in points."""
    return sum(_home(run, rows[place]).points(rows[place].amount_e4) for place in places)


def _share(run, rows, places, limit):
    """Return what each of some rows keeps of points, pro rata: of each home by what it holds,
    rounded down to its unit."""
    held, keeps = _held(run, rows, places), {}
    for home, mine in run.homes.grouped(places, lambda place: rows[place].payee):
        amounts = [rows[place].amount_e4 for place in mine]
        whole = home.down(sum(amounts) * Fraction(limit) / held) if held else 0
        parts = allocate(home.units(whole), [home.units(one) for one in amounts], mine)
        keeps.update((place, part * home.unit) for place, part in zip(mine, parts, strict=True))
    return keeps


def _cut(run, rows, chosen, limit, payout):
    mode = payout.get("mode", "pro_rata")
    if mode == "hard_stop":
        keeps = _in_turn(run, rows, chosen, limit)
    elif mode == "protect_ranks":
        keeps = _protecting(run, rows, chosen, limit, payout)
    else:
        keeps = _share(run, rows, chosen, limit)
    for place, kept in keeps.items():
        taken = rows[place].amount_e4 - kept
        rows[place] = rows[place].moved(-taken, REASONS["COMPANY_CAP"])


def _protecting(run, rows, chosen, limit, payout):
    least = run.plan.rank_index[str(payout["protect_from"])]
    safe = [
        place
        for place in chosen
        if rows[place].payee >= 0 and run.ranks.paying(rows[place].payee) >= least
    ]
    others = [place for place in chosen if place not in safe]
    total = _held(run, rows, safe)
    if total > limit:
        return {**_share(run, rows, safe, limit), **dict.fromkeys(others, 0)}
    return _share(run, rows, others, limit - total)


def _in_turn(run, rows, chosen, limit):
    """Return what each row keeps while those before leave room."""

    def turn(place):
        row = rows[place].row
        if row < 0:
            return (1, 0, 0, place)
        return (0, run.inputs.row_moment[row], run.inputs.row_id[row], place)

    keeps = {}
    for place in sorted(chosen, key=turn):
        home, amount = _home(run, rows[place]), rows[place].amount_e4
        keeps[place] = min(amount, home.down(home.worth(max(0, limit))))
        limit -= home.points(amount)
    return keeps


def _fill(run, rows, chosen, floor, payout):
    missing = floor - _held(run, rows, chosen)
    code = str(payout["floor_bonus"])
    places = [
        place
        for place, one in enumerate(rows)
        if run.bonuses[one.bonus].code == code and one.amount_e4 > 0
    ]
    if missing <= 0 or not places:
        return
    for place, given in _share(run, rows, places, missing).items():
        rows[place] = rows[place].moved(given)
