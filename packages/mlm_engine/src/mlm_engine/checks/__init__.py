# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The validator: contradictions of a well formed plan (RULES 17), one file per check.

A check offers ``check(plan)``: a list of ``Finding``. What needs the figures of a
simulated network is asked for apart, because it takes a while.
"""

from . import (
    enrolment,
    bonuses,
    bound,
    dates,
    limits,
    matching,
    not_on,
    percents,
    rank_order,
    rank_reach,
    unread,
)
from ..plan.finding import Finding

__all__ = ["Finding", "errors", "review"]

_CHECKS = (
    bonuses,
    not_on,
    matching,
    rank_reach,
    rank_order,
    enrolment,
    limits,
    dates,
    unread,
    percents,
)


def review(plan):
    """Return all findings about a canonical plan, simulated figures included."""
    return _found(plan, simulated=True)


def errors(plan):
    """Return the findings that make a plan invalid, without simulating anything."""
    return [item for item in _found(plan, simulated=False) if item.severity == "error"]


def _found(plan, simulated):
    found = [item for check in _CHECKS for item in check.check(plan)]
    if any(item.severity == "error" for item in found):
        return found  # what a plan can pay is a question for a sound one
    return found + bound.check(plan, simulated)
