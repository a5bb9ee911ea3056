# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Percentages for a stretch of days: in force when the period's last day is inside."""

from .numbers import rate
from .plan import day


def best_rate(inputs, plan, member):
    """Return the highest promotion of somebody, in millionths."""
    best = 0
    for index, item in enumerate(plan.promotions):
        if not day(item["from"]) <= inputs.period_end <= day(item["to"]):
            continue
        listed = any(
            inputs.promotion_member[place] == member and found == index
            for place, found in enumerate(inputs.promotion_index)
        )
        if item.get("members", "all") == "all" or listed:
            best = max(best, rate(item["pct"]))
    return best
