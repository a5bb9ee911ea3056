# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Own volume, who is active, and who may earn.

Own PV of a period is every row credited to the member: purchases in the own name
and those of own customers (RULES 7). Active = own PV inside the activity window,
this period and ``window - 1`` before it, reaches the plan's threshold, which may
depend on the rank held before.
Distributors and preferred customers can be active; only distributors in state
active earn (RULES 6, 13).

Tiny example: threshold 50, window 4; 30 PV two weeks ago and 20 PV now: active.
"""

from dataclasses import dataclass

import numpy as np

from .codes import Measure, Reason
from .exact import sum_by
from .snapshot import KIND_CUSTOMER, KIND_DISTRIBUTOR, STATE_SUSPENDED, STATE_TERMINATED


@dataclass(frozen=True)
class Activity:
    """Arrays over members.

    ``period_pv_e4``/``period_cv_e4``: credited in this period. ``own_pv_e4``: in
    the whole window. ``active``: bool. ``blocked``: 0 for somebody who earns,
    else the ``Reason`` (not a distributor, terminated, suspended or inactive).
    """

    period_pv_e4: np.ndarray
    period_cv_e4: np.ndarray
    own_pv_e4: np.ndarray
    active: np.ndarray
    blocked: np.ndarray

    def blocked_unless_active(self, active_only):
        """Return ``blocked``, without the activity test where it is not asked."""
        if active_only:
            return self.blocked
        return np.where(self.blocked == Reason.INACTIVE, 0, self.blocked)


def evaluate(snapshot):
    """Return the ``Activity`` of a snapshot's members."""
    members = snapshot.member_id.size
    pv = sum_by(snapshot.row_member, snapshot.row_pv_e4, members)
    cv = sum_by(snapshot.row_member, snapshot.row_cv_e4, members)
    own = pv + snapshot.window_pv_e4
    rule = snapshot.plan["activity"]
    active = (snapshot.member_kind != KIND_CUSTOMER) & (snapshot.member_state != STATE_TERMINATED)
    if rule is not None:
        active &= own >= _required(snapshot, rule)
    blocked = np.select(
        [
            snapshot.member_kind != KIND_DISTRIBUTOR,
            snapshot.member_state == STATE_TERMINATED,
            snapshot.member_state == STATE_SUSPENDED,
            ~active,
        ],
        [
            int(Reason.NOT_DISTRIBUTOR),
            int(Reason.TERMINATED),
            int(Reason.SUSPENDED),
            int(Reason.INACTIVE),
        ],
        default=0,
    ).astype(np.int64)
    return Activity(pv, cv, own, active, blocked)


def _required(snapshot, rule):
    """Own PV that each member needs: by the rank held before, where the plan says so."""
    by_rank = np.array(rule["by_rank_e4"] or [rule["pv_e4"]], dtype=np.int64)
    held = snapshot.member_paid if rule["held"] == "paid" else snapshot.member_title
    return by_rank[held] if held.size else by_rank[0]


def measure(ctx):
    """Record the figures of each member."""
    found = ctx.activity
    for code, value in (
        (Measure.OWN_PV, found.own_pv_e4),
        (Measure.OWN_PV_PERIOD, found.period_pv_e4),
        (Measure.OWN_CV_PERIOD, found.period_cv_e4),
        (Measure.ACTIVE, found.active),
    ):
        ctx.measures.add(code, value)
