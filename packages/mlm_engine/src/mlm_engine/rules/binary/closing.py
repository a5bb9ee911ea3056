# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What expires, what is recorded, and what the next period gets."""

import numpy as np

from ...kernel.codes import Measure, Reason
from .legs import carried
from .matching import UNQUALIFIED


def close(ctx, bonus, legs, match, rate, source):
    """Record the measures of every position and hand on its carry."""
    params = bonus.params

    def note(code, value):
        ctx.measures.add_of_positions(code, np.where(legs.owned, value, 0), bonus.index)

    idle = _idle(ctx, bonus, match)
    lost = _lost(params, match, idle)
    for side, (name, carry) in enumerate(
        (("LEFT", Measure.CARRY_LEFT), ("RIGHT", Measure.CARRY_RIGHT))
    ):
        out = np.where(lost, 0, match.left[side])
        if params.carry_cap_e4:
            out = np.minimum(out, params.carry_cap_e4)
        came = legs.before[side] + legs.new[side] + legs.excess[side]
        note(carry, out)
        note(Measure[f"{name}_IN"], legs.before[side])
        note(Measure[f"{name}_NEW"], legs.new[side])
        note(Measure[f"{name}_EXCESS"], legs.excess[side])
        note(Measure[f"{name}_BACK"], legs.back[side])
        note(Measure[f"{name}_EXPIRED"], came - match.taken - out)
        note(Measure[f"{name}_ACTIVE"], legs.active[side])
        ctx.carry.add(carry, np.where(legs.owned, out, 0), bonus.index)
    ctx.carry.add(Measure.INACTIVE_PERIODS, np.where(legs.owned, idle, 0), bonus.index)
    note(Measure.INACTIVE_PERIODS, idle)
    note(Measure.MATCHED, match.taken)
    note(Measure.RATE, rate)
    note(Measure.RATE_SOURCE, source)
    note(Measure.REASON, match.reason)
    paid = ctx.figures[bonus.index, Measure.PAID_CV]
    ctx.measures.add(Measure.PAID_CV, paid, bonus.index)


def _idle(ctx, bonus, match):
    """Return for how many periods in a row owners have been inactive, where it matters."""
    if bonus.params.expire_after <= 1:
        return np.zeros_like(match.reason)
    past = carried(ctx, bonus, Measure.INACTIVE_PERIODS)
    return np.where(match.reason == Reason.INACTIVE, past + 1, 0)


def _lost(params, match, idle):
    """Tell where all points expire."""
    lost = match.reason == Reason.TERMINATED
    if params.inactive == "expire":
        lost |= (match.reason == Reason.INACTIVE) & (
            (idle >= params.expire_after) | (params.expire_after <= 1)
        )
    if params.unqualified == "flush":
        lost |= np.isin(match.reason, UNQUALIFIED)
    return lost
