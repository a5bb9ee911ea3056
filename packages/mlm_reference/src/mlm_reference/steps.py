# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Own percentages: by the highest step that a measure reaches, or by rank."""

from .measures.trees import MeasureTree
from .numbers import E4, points, rate


def own_rate(bonus, member):
    """Return the own percentage of somebody in a bonus, in millionths."""
    run, steps = bonus.run, bonus.param("steps")
    if not steps:
        return run.plan.by_rank(bonus.param("rates"), run.ranks.paying(member))
    name = bonus.param("measure")
    if name is None:
        value, scale = MeasureTree(run, "sponsor").group(member, "row_pv_e4"), E4
    else:
        name = str(name)
        value = run.measures.value(name, member)
        scale = 1 if run.measures.is_count(name) else E4
    reached = [step for step in steps if value * E4 >= points(step["min"]) * scale]
    best = max(reached, key=lambda step: points(step["min"]), default=None)
    return rate(best["pct"]) if best else 0


def passes_up(bonus):
    return bonus.param("ineligible", "passes_up") == "passes_up"
