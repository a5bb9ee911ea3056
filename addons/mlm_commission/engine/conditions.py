# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Conditions about people, evaluated for everybody at once.

Canonical forms: ``schema/conditions.py``. Meaning: ``docs/contracts/rules.md`` §3.
"""

import numpy as np

from . import figures
from .measures import Measure


def holds(ctx, conditions):
    """Return for each member whether all ``conditions`` hold, bool."""
    found = np.ones(ctx.members, dtype=bool)
    for condition in conditions:
        found &= _one(ctx, condition)
    return found


def reached(ctx, condition):
    """Return the figure that a condition with a ``min`` compares, int64."""
    if condition["kind"] == "figure":
        return _figure(ctx, condition)
    item = ctx.plan["measures"][condition["index"]]
    module = figures.get(item["kind"])
    if hasattr(module, "against"):  # the figure depends on what is required
        return module.against(ctx, module.Params(**item["params"]), condition["min"])
    return ctx.value(condition["index"])


def _one(ctx, condition):
    kind = condition["kind"]
    if kind == "any":
        found = np.zeros(ctx.members, dtype=bool)
        for conditions in condition["lists"]:
            found |= holds(ctx, conditions)
        return found
    if kind == "package":
        return _package(ctx, condition)
    if kind == "title":
        return ctx.snapshot.member_title >= condition["rank"]
    return reached(ctx, condition) >= condition["min"]


def _figure(ctx, condition):
    """A built-in figure; one that no bonus of this period supplies is zero."""
    if condition["bonus"] < 0:
        own = {
            Measure.OWN_PV: ctx.activity.own_pv_e4,
            Measure.OWN_PV_PERIOD: ctx.activity.period_pv_e4,
            Measure.OWN_CV_PERIOD: ctx.activity.period_cv_e4,
            Measure.ACTIVE: ctx.activity.active.astype(np.int64),
        }
        if condition["measure"] in own:
            return own[condition["measure"]]
    nothing = np.zeros(ctx.members, dtype=np.int64)
    return ctx.figures.get((condition["bonus"], condition["measure"]), nothing)


def _package(ctx, condition):
    held = ctx.holdings
    enough = held.package >= condition["package"]
    if condition["in_term"]:
        enough &= held.until >= ctx.snapshot.period_end
    found = np.zeros(ctx.members, dtype=bool)
    found[held.member[enough]] = True
    return found
