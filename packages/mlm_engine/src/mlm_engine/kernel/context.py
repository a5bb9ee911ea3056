# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the stages of one run share."""

from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace

import numpy as np

from .. import measures as kinds
from .. import rules
from . import trees
from .exchange import Exchange
from .snapshot import LEG_LEFT, LEG_RIGHT
from .tables import CarryTable, EarningTable, MeasureTable

_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Bonus:
    """One bonus of the plan: its index, rule, parameters and shared settings.

    ``common`` has the fields of ``schema.bonuses.Common``; ``tree`` is ``sponsor``,
    the index of a placement tree or ``None``; ``grain`` what one earning row stands for,
    ``sale`` or ``source``, or ``line``: nothing is rounded, and each sale is left in
    ``Context.lines``.
    """

    index: int
    code: str
    rule: object
    params: object
    common: object = None
    tree: object = None
    as_of: str = "sale"
    grain: str = "sale"


def bonus_of(plan, index):
    """Return ``Bonus`` number ``index`` of a plan."""
    item = plan["bonuses"][index]
    rule = rules.get(item["rule"])
    tree = item["tree"]
    if tree not in (None, "sponsor"):
        tree = [one["code"] for one in plan["trees"]].index(tree)
    common = SimpleNamespace(**item["common"])
    return Bonus(
        index,
        item["code"],
        rule,
        rule.Params(**item["params"]),
        common,
        tree,
        item["as_of"],
        item.get("grain", "sale"),
    )


def bonuses(plan, period_kind, snapshot=None):
    """Return the ``Bonus`` list of a plan that this kind of period computes.

    With a snapshot only those in force on its last day.
    """
    found = []
    for index, item in enumerate(plan["bonuses"]):
        if item["period"] == period_kind:
            bonus = bonus_of(plan, index)
            if snapshot is None or in_force(bonus.common, snapshot.period_end):
                found.append(bonus)
    return found


def in_force(common, day):
    """Tell whether a bonus with these shared settings counts in a period ending on a day."""
    started = common.start is None or common.start <= day
    return started and (common.end is None or day <= common.end)


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
    what conditions may ask for; ``values`` holds the declared measures in the order
    of the plan (``None``: not computed yet). ``rank`` is the paid-as rank of this
    period, ``paying_rank`` the one that bonuses use, ``earned_rank`` the one that the
    conditions and grants give, ``misses`` the periods in a row below it. ``notes`` holds what a rule's
    ``prepare`` leaves for its ``compute``. ``taken`` maps a bonus to the rows it
    takes (``row_filter.py``), ``lines`` what ``paying.pay`` has not rounded yet.
    """

    snapshot: object
    activity: object = None
    holdings: object = None
    rank: np.ndarray = None
    title: np.ndarray = None
    paying_rank: np.ndarray = None
    earned_rank: np.ndarray = None
    misses: np.ndarray = None
    figures: dict = field(default_factory=dict)
    values: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)
    taken: dict = field(default_factory=dict)
    shared: dict = field(default_factory=dict)
    lines: list = field(default_factory=list)
    earnings: EarningTable = field(default_factory=EarningTable)
    measures: MeasureTable = None
    carry: CarryTable = field(default_factory=CarryTable)

    def __post_init__(self):
        self.measures = MeasureTable(self.members, self.snapshot.position_member)

    @property
    def plan(self):
        return self.snapshot.plan

    @property
    def members(self):
        return self.snapshot.member_id.size

    @cached_property
    def exchange(self):
        """The ``Exchange``: who is paid in which currency."""
        return Exchange(self.snapshot)

    @cached_property
    def bonuses(self):
        """Bonuses computed by this run, in the order of the plan."""
        return bonuses(self.plan, self.snapshot.period_kind, self.snapshot)

    def value(self, index):
        """Return declared measure ``index`` of every member, int64."""
        if self.values[index] is None:
            module, params = kinds.of(self.plan, index)
            self.values[index] = module.compute(self, params, index)
        return self.values[index]

    def personal(self, volume):
        """Return the ``pv`` or ``cv`` credited to each member in the period."""
        found = self.activity
        return found.period_pv_e4 if volume == "pv" else found.period_cv_e4

    @cached_property
    def sponsorship(self):
        """The sponsor tree's ``Forest`` at the period's end."""
        return trees.forest(self.snapshot.sponsor)

    @cached_property
    def position_tree(self):
        """Index of the tree of each position."""
        found = self.snapshot.position_tree
        return found if found.size else np.zeros(self.snapshot.position_id.size, dtype=np.int64)

    @cached_property
    def placement(self):
        """The ``Forest`` of all placement trees together."""
        return trees.forest(self.snapshot.position_parent)

    @cached_property
    def legs(self):
        """The child of each position on the left and on the right, -1 for none."""
        parent, leg = self.snapshot.position_parent, self.snapshot.position_leg
        kinds = [item["kind"] == "binary" for item in self.plan["trees"]] or [True]
        leg = np.where(np.array(kinds)[self.position_tree], leg, -1)
        return [trees.child_on_leg(parent, leg, side) for side in (LEG_LEFT, LEG_RIGHT)]

    def first_position(self, tree):
        """Return each member's first position in a placement tree, -1 for none."""
        key = ("first position", tree)
        if key not in self.shared:
            owner = self.snapshot.position_member
            mine = np.flatnonzero((owner >= 0) & (self.position_tree == tree))[::-1]
            found = np.full(self.members, -1, dtype=np.int64)
            found[owner[mine]] = mine
            self.shared[key] = found
        return self.shared[key]
