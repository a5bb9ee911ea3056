# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which volume rows a bonus takes, or sums: ``docs/contracts/rules.md`` §1 and §8."""

import numpy as np

from .context import in_force
from .exact import sum_by


def taken(ctx, bonus, base_e4=None):
    """Return the indexes of the rows that a bonus takes, ascending.

    ``base_e4`` is what it pays on (CV unless given). A rule may narrow them
    (``Rule.takes``). Rows taken by the
    bonuses of ``not_on`` are left out, also when those belong to another kind of
    period than this run's.
    """
    if not in_force(bonus.common, ctx.snapshot.period_end):
        return np.zeros(0, dtype=np.int64)
    if bonus.index not in ctx.taken:
        ctx.taken[bonus.index] = np.flatnonzero(_mask(ctx, bonus, base_e4))
    return ctx.taken[bonus.index]


def base_of(ctx, bonus):
    """Return what rows offer a bonus, int64."""
    return bonus.rule.row_base(ctx, bonus)


def summed(ctx, bonus):
    """Return the mask of the rows that a rule over sums counts, returns included."""
    return _settings(ctx, bonus, np.ones(ctx.snapshot.row_id.size, dtype=bool))


def own_volume(ctx, bonus, volume="cv"):
    """Return each member's own ``cv`` or ``pv`` in the rows that a rule sums."""
    values = row_volume(ctx, bonus, volume)
    return sum_by(ctx.snapshot.row_member, values, ctx.members)


def row_volume(ctx, bonus, volume="cv"):
    """Return what each row adds to a rule that sums, 0 where it is not counted."""
    data = ctx.snapshot
    values = data.row_pv_e4 if volume == "pv" else data.row_cv_e4
    return np.where(summed(ctx, bonus), values, 0)


def _mask(ctx, bonus, base_e4):
    data = ctx.snapshot
    base = base_of(ctx, bonus) if base_e4 is None else base_e4
    found = _settings(ctx, bonus, (data.row_reversal == 0) & (base > 0))
    narrowed = bonus.rule.takes(ctx, bonus)
    return found if narrowed is None else found & narrowed


def _settings(ctx, bonus, found):
    from .context import bonus_of  # noqa: PLC0415 - bonuses refer to each other

    data, common = ctx.snapshot, bonus.common
    if common.buyers == "distributors":
        found &= data.row_buyer == data.row_member
    elif common.buyers == "customers":
        found &= data.row_buyer != data.row_member
    if common.packages == "exclude":
        found &= data.row_package < 0
    elif common.packages == "only":
        found &= data.row_package >= 0
    for other in common.not_on:
        found[taken(ctx, bonus_of(ctx.plan, other))] = False
    return found
