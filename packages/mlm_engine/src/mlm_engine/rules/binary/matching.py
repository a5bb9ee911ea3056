# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the legs of each position match, and what is left of them after pay."""

from dataclasses import dataclass

import numpy as np

from ...kernel.codes import Reason
from ...kernel.exact import mul_div
from ...kernel.snapshot import KIND_DISTRIBUTOR, STATE_TERMINATED

#: Active, but without the people on both sides that the bonus asks for.
UNQUALIFIED = (
    int(Reason.NO_ACTIVE_SIDES),
    int(Reason.NO_ACTIVE_LEFT),
    int(Reason.NO_ACTIVE_RIGHT),
)


@dataclass
class Match:
    """Figures of all positions.

    ``taken``: CV that leaves both legs, the lesser of the two in cycles; ``paid_cv``:
    what is paid of it; ``base``: what the percentage applies to (money in a cycle);
    ``left``: pair, what stays in the legs. All of them only where ``used``.
    """

    reason: np.ndarray  # 0 where paid
    used: np.ndarray  # bool: matched points leave the legs
    paid: np.ndarray  # bool: and their worth is paid
    taken: np.ndarray
    paid_cv: np.ndarray
    base: np.ndarray
    left: list


def of_legs(ctx, params, legs):
    """Return the ``Match`` of all positions."""
    way = _cycles if params.mode == "cycle" else _steps
    matched, paid_cv, base, out = way(params, legs.total)
    if params.ratio:
        base = _by_ratio(base, legs.total)
    reason = _reasons(ctx, params, legs, matched)
    uses = [0, int(Reason.SUSPENDED)]
    if params.unqualified == "consume":
        uses += UNQUALIFIED
    used = legs.owned & (matched > 0) & np.isin(reason, uses)
    after = _after_pay(params, legs.total, out)
    return Match(
        reason,
        used,
        used & (reason == 0),
        np.where(used, np.minimum(*out), 0),
        np.where(used, paid_cv, 0),
        np.where(used, base, 0),
        [np.where(used, rest, leg) for rest, leg in zip(after, legs.total, strict=True)],
    )


def _steps(params, total):
    """Return ``(matched, paid CV, base, [out of left, out of right])`` of whole steps."""
    lesser = np.minimum(*total)
    matched = np.maximum(lesser, 0) // params.step_cv_e4 * params.step_cv_e4
    matched[lesser < params.min_cv_e4] = 0
    paid = matched
    if params.max_matched_e4:
        paid = np.minimum(matched, params.max_matched_e4)
    out = paid if params.over_cap == "kept" else matched
    return matched, paid, paid * 2 if params.pays_on == "both" else paid, [out, out]


def _cycles(params, total):
    """The same of whole cycles, whose base is money."""
    count = cycles(params, total)
    out = taken(params, total, count)
    matched, paid = np.minimum(*out), count
    if params.max_matched_e4:
        paid = paid_cycles(params, total, count)
        if params.over_cap == "kept":
            out = taken(params, total, paid)
    paid_cv = np.minimum(*taken(params, total, paid))
    return matched, paid_cv, paid * params.cycle_amount_e4, out


def cycles(params, total):
    """Return how many cycles both legs hold; with ``best_of`` the most of both ways mixed.

    Tiny example: 600 and 600 hold two cycles of 400 : 200, one each way.
    """
    a, b = params.cycle_left_e4, params.cycle_right_e4
    left, right = (np.maximum(leg, 0) for leg in total)
    if not params.best_of or a == b:
        return np.minimum(left // a, right // b)
    least = min(a, b)
    most = np.minimum(np.minimum(left, right) // least, (left + right) // (a + b))
    # Each leg could hold its share of so many cycles; whole ones may be one fewer.
    out = taken(params, (left, right), most)
    return most - ((out[0] > left) | (out[1] > right))


def ways(params, total, count):
    """Return how many of the first ``count`` cycles take a:b, the rest take b:a.

    Cycle by cycle the greater size comes off the leg that then holds more, a:b where both
    hold the same. So the legs end as near each other as so many cycles can leave them.
    """
    apart = params.cycle_left_e4 - params.cycle_right_e4
    if not params.best_of or not apart:
        return count
    gap = total[0] - total[1] + count * apart  # with b:a alone
    gap = gap if apart > 0 else -gap
    return np.clip((gap + abs(apart)) // (2 * abs(apart)), 0, count)


def taken(params, total, count):
    """Return what the first ``count`` cycles take of both legs, a pair."""
    a, b = params.cycle_left_e4, params.cycle_right_e4
    straight = ways(params, total, count)
    left = straight * a + (count - straight) * b
    return [left, count * (a + b) - left]


def paid_cycles(params, total, count):
    """Return how many of the first ``count`` cycles match no more than ``max_matched``."""
    found = np.zeros_like(count)
    for bit in reversed(range(int(count.max(initial=0)).bit_length())):
        more = found + (1 << bit)
        fits = np.minimum(*taken(params, total, np.minimum(more, count))) <= params.max_matched_e4
        found = np.where((more <= count) & fits, more, found)
    return found


def _by_ratio(base, total):
    """Return the base times lesser ÷ greater; nothing with a greater leg of 0."""
    lesser, greater = np.maximum(np.minimum(*total), 0), np.maximum(*total)
    return np.where(greater > 0, mul_div(base, lesser, np.maximum(greater, 1)), 0)


def _after_pay(params, total, out):
    if params.after_pay == "flush":
        return [np.zeros_like(leg) for leg in total]
    if params.after_pay == "carry_strong":
        lesser = np.minimum(*total)
        return [leg - lesser for leg in total]
    return [leg - taken for leg, taken in zip(total, out, strict=True)]


def _reasons(ctx, params, legs, matched):
    """Return per position why nothing is paid, 0 where it is."""
    data = ctx.snapshot
    owner = np.where(legs.owned, data.position_member, -1)
    blocked = ctx.activity.blocked[owner]
    left, right = (side >= params.active_each_side for side in legs.active)
    return np.select(
        [
            owner < 0,
            data.member_state[owner] == STATE_TERMINATED,
            ~ctx.activity.active[owner],
            data.member_kind[owner] != KIND_DISTRIBUTOR,
            ~left & ~right,
            ~left,
            ~right,
            matched <= 0,
            blocked == Reason.SUSPENDED,
        ],
        [
            int(Reason.VACANT),
            int(Reason.TERMINATED),
            int(Reason.INACTIVE),
            int(Reason.NOT_DISTRIBUTOR),
            int(Reason.NO_ACTIVE_SIDES),
            int(Reason.NO_ACTIVE_LEFT),
            int(Reason.NO_ACTIVE_RIGHT),
            int(Reason.BELOW_MINIMUM),
            int(Reason.SUSPENDED),
        ],
        default=0,
    ).astype(np.int64)
