# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Conditions about people, evaluated for everybody at once.

Canonical forms: ``schema/conditions.py``. Meaning: ``docs/contracts/rules.md`` §3.
"""

import numpy as np

from .. import measures as kinds
from .codes import Measure


def holds(ctx, conditions, members=None):
    """Return whether all ``conditions`` hold for each of ``members`` (all), bool."""
    members = np.arange(ctx.members) if members is None else members
    found = np.ones(members.size, dtype=bool)
    for condition in conditions:
        found &= _one(ctx, condition, members)
    return found


def reached(ctx, condition):
    """Return the figure of everybody that a condition with a ``min`` compares, int64."""
    if condition["kind"] == "figure":
        return built_in(ctx, condition)
    index, least = condition["index"], condition["min"]
    key = ("against", index, least)
    if key not in ctx.shared:
        kind, params = kinds.of(ctx.plan, index)
        ctx.shared[key] = kind.against(ctx, params, least, index)
    found = ctx.shared[key]  # where the figure depends on what is required
    return ctx.value(index) if found is None else found


def shown(ctx, condition):
    """Return the figure that a condition names as it is shown, whatever it asks for."""
    if condition["kind"] == "figure":
        return built_in(ctx, condition)
    return ctx.value(condition["index"])


def flat(conditions):
    """Yield conditions, those of ``any`` one by one."""
    for condition in conditions:
        if condition["kind"] == "any":
            for listed in condition["lists"]:
                yield from flat(listed)
        else:
            yield condition


def needs_ranks(plan, condition):
    """Tell whether a condition asks, through a measure, for ranks of this period."""
    return any(
        one["kind"] == "measure" and kinds.needs_ranks(plan, one["index"])
        for one in flat([condition])
    )


def _one(ctx, condition, members):
    kind = condition["kind"]
    if kind == "any":
        found = np.zeros(members.size, dtype=bool)
        for conditions in condition["lists"]:
            found |= holds(ctx, conditions, members)
        return found
    if kind == "package":
        return _package(ctx, condition)[members]
    if kind == "title":
        return ctx.snapshot.member_title[members] >= condition["rank"]
    return reached(ctx, condition)[members] >= condition["min"]


def built_in(ctx, asked):
    """Return a figure of everybody that no measure declares: of a person (``bonus`` -1) or
    of a bonus; one that no bonus of this period supplies is zero."""
    if asked["bonus"] < 0:
        own = {
            Measure.OWN_PV: ctx.activity.own_pv_e4,
            Measure.OWN_PV_PERIOD: ctx.activity.period_pv_e4,
            Measure.OWN_CV_PERIOD: ctx.activity.period_cv_e4,
            Measure.ACTIVE: ctx.activity.active,
        }
        if asked["measure"] in own:
            return own[asked["measure"]]
    key = (asked["bonus"], asked["measure"])
    if key in ctx.figures:
        return ctx.figures[key]
    if "nothing" not in ctx.shared:
        ctx.shared["nothing"] = np.zeros(ctx.members, dtype=np.int64)
    return ctx.shared["nothing"]


def _package(ctx, condition):
    key = ("package", condition["package"], condition["in_term"])
    if key not in ctx.shared:
        held = ctx.holdings
        enough = held.package >= condition["package"]
        if condition["in_term"]:
            enough &= held.until >= ctx.snapshot.period_end
        found = np.zeros(ctx.members, dtype=bool)
        found[held.member[enough]] = True
        ctx.shared[key] = found
    return ctx.shared[key]
