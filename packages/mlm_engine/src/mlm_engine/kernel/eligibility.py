# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may earn in a bonus, and why not: ``docs/contracts/rules.md`` §1."""

from dataclasses import dataclass

import numpy as np

from .codes import Reason
from .conditions import holds


@dataclass(frozen=True)
class Eligibility:
    """Arrays over members.

    ``present``: not blocked (kind, state, activity). ``reason``: 0 for somebody
    entitled, else why not. ``entitled``: present, and rank and conditions hold.
    """

    present: np.ndarray
    reason: np.ndarray

    @property
    def entitled(self):
        return self.reason == 0


def of_bonus(ctx, bonus):
    """Return the ``Eligibility`` of every member in a bonus."""
    key = ("eligibility", bonus.index)
    if key not in ctx.shared:
        common = bonus.common
        blocked = ctx.activity.blocked_unless_active(common.active_only)
        reason = blocked.copy()
        if common.min_rank > 0:
            below = (reason == 0) & (ctx.paying_rank < common.min_rank)
            reason[below] = Reason.RANK_BELOW
        if common.requires:
            reason[(reason == 0) & ~holds(ctx, common.requires)] = Reason.NOT_QUALIFIED
        ctx.shared[key] = Eligibility(blocked == 0, reason)
    return ctx.shared[key]
