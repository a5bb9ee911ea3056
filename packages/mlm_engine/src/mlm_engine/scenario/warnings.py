# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a person should read about a scenario that can be played."""

from .. import plans
from ..kernel.periods import bounds
from ..kernel.text import Day, Number, _
from ..plan.document import iso_day, unscaled
from ..plan.finding import Finding
from ..plan.schema.common import PERCENT


def warnings(scenario):
    """Return ``Finding`` objects: the plan's warnings, cycles before the plan is valid."""
    found = [item.below("plan") for item in plans.review(scenario.plan)]
    return found + _too_early(scenario) + _withheld(scenario)


def _too_early(scenario):
    plan, first = scenario.plan, scenario.plan["valid_from"]
    starts = {
        number: bounds(plan["periods"][scenario.period_kind], number)[0]
        for number in scenario.cycles
    }
    early = [number for number, start in starts.items() if first is not None and start < first]
    if not early:
        return []
    valid = Day(first)
    text = _(
        "cycle {first} begins before the plan: it is valid from {valid}",
        first=early[0],
        valid=valid,
    )
    if len(early) > 1:
        text = _(
            "cycles {first} to {last} begin before the plan: it is valid from {valid}",
            first=early[0],
            last=early[-1],
            valid=valid,
        )
    since = iso_day(starts[early[0]])
    return [
        Finding(
            ("plan", "valid_from"),
            text,
            _("Use later cycles, or write `valid_from: {since}`", since=since),
        )
    ]


def _withheld(scenario):
    rate = scenario.withholding_rate_e6
    if not 0 < rate < PERCENT:
        return []
    low, high = (Number(unscaled(rate, size)) for size in (PERCENT, PERCENT // 100))
    text = _("`rate` says {low} %, less than one percent: was {high} % meant?", low=low, high=high)
    return [
        Finding(
            ("withholding", "rate"),
            text,
            _("Write {high}, or leave it if {low} % is right", high=high, low=low),
        )
    ]
