# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Promotions: a percentage for a stretch of days, for all or for some.

A promotion is in force for a period whose last day lies inside it. Members of a
promotion that lists them come with the snapshot (``promotion_*``).
"""

import numpy as np


def best(snapshot):
    """Return ``(rate_e6, promotion)`` per member, 0 and -1 for none.

    Among equal rates the promotion that stands first in the plan wins.
    """
    members = snapshot.member_id.size
    rate = np.zeros(members, dtype=np.int64)
    winner = np.full(members, -1, dtype=np.int64)
    for index, item in enumerate(snapshot.plan["promotions"]):
        if not item["from"] <= snapshot.period_end <= item["to"]:
            continue
        joined = np.ones(members, dtype=bool)
        if item["members"] is not None:
            listed = snapshot.promotion_member[snapshot.promotion_index == index]
            joined[:] = False
            joined[listed] = True
        better = joined & (item["rate_e6"] > rate)
        rate[better] = item["rate_e6"]
        winner[better] = index
    return rate, winner
