# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the stages of one run share."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from . import rules, trees
from .snapshot import LEG_LEFT, LEG_RIGHT
from .tables import CarryTable, EarningTable, MeasureTable

_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Bonus:
    """One bonus of the plan: its index, document entry, rule and parameters."""

    index: int
    code: str
    rule: object
    params: object


def bonuses(plan, period_kind):
    """Return the ``Bonus`` list of a plan that this kind of period computes."""
    found = []
    for index, item in enumerate(plan["bonuses"]):
        if item["period"] == period_kind:
            rule = rules.get(item["rule"])
            params = rule.Params(**item["params"])
            found.append(Bonus(index, item["code"], rule, params))
    return found


def local_day(snapshot, moment):
    """Return the company's calendar day (ordinal) of moments.

    The offset from UTC follows from the period's end, which the snapshot gives
    both as a day and as a moment. Exact for a zone without daylight saving.
    """
    midnight = (snapshot.period_end + 1 - _EPOCH_ORDINAL) * 86400
    offset = midnight - snapshot.period_end_moment
    return (np.asarray(moment, dtype=np.int64) + offset) // 86400 + _EPOCH_ORDINAL


@dataclass
class Context:
    """State of a run: inputs, results of earlier stages, tables being filled.

    ``figures`` maps ``(bonus index, Measure)`` to an int64 array over members:
    what ranks may ask for. ``notes`` holds what a rule's ``prepare`` leaves for
    its ``compute``.
    """

    snapshot: object
    activity: object = None
    holdings: object = None
    rank: np.ndarray = None
    figures: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    earnings: EarningTable = field(default_factory=EarningTable)
    measures: MeasureTable = None
    carry: CarryTable = field(default_factory=CarryTable)

    def __post_init__(self):
        self.measures = MeasureTable(self.snapshot.member_id.size, self.snapshot.position_id.size)

    @property
    def plan(self):
        return self.snapshot.plan

    @property
    def members(self):
        return self.snapshot.member_id.size

    @cached_property
    def placement(self):
        """The placement tree's ``Forest``."""
        return trees.forest(self.snapshot.position_parent)

    @cached_property
    def legs(self):
        """The child of each position on the left and on the right, -1 for none."""
        parent, leg = self.snapshot.position_parent, self.snapshot.position_leg
        return [trees.child_on_leg(parent, leg, side) for side in (LEG_LEFT, LEG_RIGHT)]
