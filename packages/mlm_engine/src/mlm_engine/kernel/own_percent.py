# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A person's own percentage: by steps of a figure, or by rank.

    pct(m) = percentage of the highest step whose least the figure of m reaches

Shared by every rule that has ``steps``: rebates and differentials. Tiny example: steps
60: 5 %, 660: 11 %, 1,200: 14 %; a group PV of 700 gives 11 %.
"""

from itertools import pairwise

import numpy as np

from ..plan import params as make
from ..plan.finding import error, warning
from ..plan.params import nearest_lower
from . import codes, conditions, measure_trees
from .exact import E4
from .text import _


def steps():
    """Return the parameter ``steps: [{min, pct}]``; declare it as ``steps``."""
    return make.steps({"min": ("points", _("From")), "pct": ("percent", _("%"))}, _("Steps"))


def measure():
    """Return the parameter that names the figure, group PV where it names none; declare it
    as ``measure``."""
    return make.measure(_("Measure"), none=_("group PV"))


def validate_steps(rows, key="steps"):
    """Return what contradicts in steps: one least twice, a percentage that falls."""
    findings = []
    for before, after in pairwise(rows):
        if before[0] == after[0]:
            findings.append(error(_("two percentages for one step"), _("Keep one of them"), (key,)))
        elif before[1] > after[1]:
            findings.append(
                warning(_("a higher step has a lower percentage"), _("Check the steps"), (key,))
            )
    return findings


def figure_e4(ctx, condition):
    """Return the figure that steps ask for, ten-thousandths; a count times 10,000.

    Without a condition: group PV of the period, own and all below by sponsor.
    """
    if condition is None:
        return measure_trees.of(ctx, -1).total("pv")
    values = conditions.shown(ctx, condition)
    return values if is_volume(ctx.plan, condition) else values * E4


def is_volume(plan, condition):
    """Tell whether a figure is of points rather than a count."""
    if condition["kind"] == "measure":
        return plan["measures"][condition["index"]]["volume"]
    return codes.figure_unit(condition["measure"]) in ("pv", "cv")


def by_steps(rows, values_e4):
    """Return the percentage of the highest step reached, millionths; below all: 0."""
    least = np.array([row[0] for row in rows], dtype=np.int64)
    rate = np.array([0, *(row[1] for row in rows)], dtype=np.int64)
    return rate[np.searchsorted(least, values_e4, side="right")]


def by_rank(grid, rank):
    """Return the percentage of each person's rank, or of the nearest lower one named."""
    return np.array(nearest_lower(grid, 0), dtype=np.int64)[rank]
