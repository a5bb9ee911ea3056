# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the legs of each position match, and what is left of them after pay."""

from dataclasses import dataclass

import numpy as np

from ..exact import mul_div
from ..reasons import Reason
from ..snapshot import KIND_DISTRIBUTOR, STATE_TERMINATED

#: Active, but without the people on both sides that the bonus asks for.
UNQUALIFIED = (
    int(Reason.NO_ACTIVE_SIDES),
    int(Reason.NO_ACTIVE_LEFT),
    int(Reason.NO_ACTIVE_RIGHT),
)


@dataclass
class Match:
    """Figures of all positions.

    ``taken``: CV that leaves both legs, the lesser of the two in a cycle; ``paid_cv``:
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
    a, b = params.cycle_left_e4, params.cycle_right_e4
    count = _count(total, a, b)
    left = np.full_like(count, a)
    if params.best_of:
        other = _count(total, b, a)
        left[other > count] = b
        count = np.maximum(count, other)
    out = [count * left, count * (a + b - left)]
    matched = np.minimum(*out)
    return matched, matched, count * params.cycle_amount_e4, out


def _count(total, left, right):
    return np.maximum(np.minimum(total[0] // left, total[1] // right), 0)


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
