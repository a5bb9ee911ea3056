# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Frozen inputs of one run: integer arrays and the plan document, nothing else.

Contract version 3, described in ``docs/contracts/snapshot.md``. All arrays are
``int64`` (ids, scaled numbers, moments) so that the digest of a snapshot is a
digest over integers. ``-1`` in an index array means "none".

Units: ``*_e4`` are ten-thousandths of a point or of a currency unit, ``*_e6``
millionths of a rate, moments are seconds since 1970-01-01 UTC, days are
proleptic ordinals (``date.toordinal()``) in the company's time zone.
"""

from dataclasses import dataclass, field, fields

import numpy as np

CONTRACT = 3

# member_kind
KIND_DISTRIBUTOR = 0
KIND_PREFERRED = 1
KIND_CUSTOMER = 2
# member_state
STATE_ACTIVE = 0
STATE_SUSPENDED = 1
STATE_TERMINATED = 2
# position_leg
LEG_NONE = -1
LEG_LEFT = 0
LEG_RIGHT = 1
LEG_NOWHERE = -2  # moved_leg: the position was in no tree

#: ``{index column: what it points at}``: a table of the snapshot or a list of the plan;
#: ``title`` is a rank of a member, the first one where the plan has none
REFERS = {
    "sponsor": "member",
    "position_member": "member",
    "position_parent": "position",
    "carry_position": "position",
    "carry_bonus": "bonus",
    "row_member": "member",
    "row_buyer": "member",
    "row_position": "position",
    "row_package": "package",
    "row_package_from": "package",
    "held_member": "member",
    "held_package": "package",
    "held_package_from": "package",
    "promotion_member": "member",
    "promotion_index": "promotion",
    "link_member": "member",
    "link_sponsor": "member",
    "former_member": "member",
    "former_sponsor": "member",
    "moved_position": "position",
    "moved_parent": "position",
    "gone_position": "position",
    "gone_member": "member",
    "fed_position": "position",
    "fed_bonus": "bonus",
    "fed_member": "member",
    "member_title": "title",
    "member_paid": "title",
    "override_member": "member",
    "override_rank": "rank",
    "position_tree": "tree",
    "row_product": "product",
    "prior_member": "member",
    "prior_measure": "measure",
    "earned_member": "member",
    "earned_bonus": "bonus",
    "state_member": "member",
    "state_bonus": "bonus",
}


def _empty():
    return np.zeros(0, dtype=np.int64)


@dataclass
class Snapshot:
    """What one run of one period reads.

    ``plan`` is the canonical plan document (``docs/contracts/plan.md``).
    Index arrays point into the arrays of the same object: ``sponsor`` into
    members, ``position_member`` into members, ``row_member`` into members, ...
    """

    plan: dict
    period_kind: str  # key of plan["periods"]
    period_number: int
    period_start: int  # day
    period_end: int  # day, inclusive
    period_end_moment: int  # first second after the period
    # Of the currency in which the plan counts: units per unit of the plan's base currency
    fx_e6: int
    # The same of the other currencies that bonuses use, by code.
    rates: dict = field(default_factory=dict)
    # Companies of a network of several, by company id; empty for one company. Each is
    # {"company": code, "currency": code, "unit_e4": unit of its money, "fx_e6": its currency
    # per unit of the base currency, "rates": {code: the same of other currencies}}.
    homes: list = field(default_factory=list)

    # Members, sorted by member_id. One per enrolled person or customer.
    member_id: np.ndarray = field(default_factory=_empty)
    member_kind: np.ndarray = field(default_factory=_empty)  # KIND_*
    member_state: np.ndarray = field(default_factory=_empty)  # STATE_* at the period's end
    member_joined: np.ndarray = field(default_factory=_empty)  # day
    member_title: np.ndarray = field(
        default_factory=_empty
    )  # index into plan["ranks"], career title
    sponsor: np.ndarray = field(default_factory=_empty)  # member index or -1, at the period's end
    # Own PV (credited rows) of each member in the activity window before this
    # period, and the part of it that came with packages (empty: none).
    window_pv_e4: np.ndarray = field(default_factory=_empty)
    window_package_pv_e4: np.ndarray = field(default_factory=_empty)

    # Rank the member was paid as in the last closed period and how often it was
    # missed in a row since (empty: nobody held any, RULES of ranks).
    member_paid: np.ndarray = field(default_factory=_empty)  # index into plan["ranks"]
    member_misses: np.ndarray = field(default_factory=_empty)
    # Approved overrides in force at the period's end, at most one per member.
    override_member: np.ndarray = field(default_factory=_empty)
    override_rank: np.ndarray = field(default_factory=_empty)
    override_exact: np.ndarray = field(default_factory=_empty)  # 1 exact, 0 at least

    # Index into homes: whose distributor each member is, and so the currency of what the
    # member is paid (empty: one company).
    member_home: np.ndarray = field(default_factory=_empty)

    # Positions of the placement trees, sorted by position_id.
    position_id: np.ndarray = field(default_factory=_empty)
    position_member: np.ndarray = field(default_factory=_empty)
    position_parent: np.ndarray = field(default_factory=_empty)  # position index or -1
    # LEG_*; in a matrix or free tree the number of the spot, 0 for the first
    position_leg: np.ndarray = field(default_factory=_empty)
    # index into plan["trees"]; empty: all in the first
    position_tree: np.ndarray = field(default_factory=_empty)

    # What the period before left over: one row per (position, bonus, measure),
    # for the binary the measures "carry_left" and "carry_right" in CV.
    carry_position: np.ndarray = field(default_factory=_empty)
    carry_bonus: np.ndarray = field(default_factory=_empty)  # index into plan["bonuses"]
    carry_measure: np.ndarray = field(default_factory=_empty)  # code of kernel/codes.py
    carry_value: np.ndarray = field(default_factory=_empty)

    # Volume rows of the period, sorted by row_id; a row and the corrections of
    # it inside the same period are already netted into one, zero rows dropped.
    row_id: np.ndarray = field(default_factory=_empty)
    row_member: np.ndarray = field(default_factory=_empty)  # who is credited with the volume
    row_buyer: np.ndarray = field(
        default_factory=_empty
    )  # who bought (self-consumption: row_member)
    row_position: np.ndarray = field(
        default_factory=_empty
    )  # credited position at the sale, -1 unplaced
    row_moment: np.ndarray = field(default_factory=_empty)
    row_pv_e4: np.ndarray = field(default_factory=_empty)
    row_cv_e4: np.ndarray = field(default_factory=_empty)
    row_package: np.ndarray = field(default_factory=_empty)  # index into plan["packages"] or -1
    row_package_from: np.ndarray = field(default_factory=_empty)  # upgraded package or -1
    row_package_qty: np.ndarray = field(default_factory=_empty)
    # retail profit, in the currency of the company that sold
    row_retail_e4: np.ndarray = field(default_factory=_empty)
    row_reversal: np.ndarray = field(
        default_factory=_empty
    )  # 1: takes back a row of an earlier period
    # index into plan["catalog"] or -1; empty: not known
    row_product: np.ndarray = field(default_factory=_empty)
    # Of a reversal: the moment whose trees its original was counted in, -1 not known and of
    # all other rows. Empty: no reversals, or returns go up the present trees.
    row_as_of: np.ndarray = field(default_factory=_empty)
    # Of a network of several companies (else empty): the company that sold, index into
    # homes, and what a unit of the base currency was worth in its currency at the sale,
    # 0 not known: as at the period's end.
    row_seller: np.ndarray = field(default_factory=_empty)
    row_point_e6: np.ndarray = field(default_factory=_empty)

    # Package purchases before this period, sorted by (moment, id).
    held_member: np.ndarray = field(default_factory=_empty)
    held_package: np.ndarray = field(default_factory=_empty)
    held_package_from: np.ndarray = field(default_factory=_empty)
    held_moment: np.ndarray = field(default_factory=_empty)

    # Who takes part in the promotions that list their members, sorted.
    promotion_member: np.ndarray = field(default_factory=_empty)
    promotion_index: np.ndarray = field(default_factory=_empty)  # index into plan["promotions"]

    # Changes of the sponsor tree inside the period, sorted by moment: before
    # link_moment the member's sponsor was link_sponsor (member index or -1).
    link_member: np.ndarray = field(default_factory=_empty)
    link_sponsor: np.ndarray = field(default_factory=_empty)
    link_moment: np.ndarray = field(default_factory=_empty)

    # Links replaced since the earliest row_as_of, as far as returns meet them: before
    # former_until the member's sponsor was former_sponsor, before moved_until the position
    # stood below moved_parent on moved_leg (LEG_NOWHERE: it was in no tree).
    former_member: np.ndarray = field(default_factory=_empty)
    former_sponsor: np.ndarray = field(default_factory=_empty)
    former_until: np.ndarray = field(default_factory=_empty)
    moved_position: np.ndarray = field(default_factory=_empty)
    moved_parent: np.ndarray = field(default_factory=_empty)
    moved_leg: np.ndarray = field(default_factory=_empty)
    moved_until: np.ndarray = field(default_factory=_empty)
    # Positions on those ways that have left their tree (vacant here), and whose they were.
    gone_position: np.ndarray = field(default_factory=_empty)
    gone_member: np.ndarray = field(default_factory=_empty)

    # What the excess of own purchases put into the legs of a position in the period that
    # ended after fed_as_of, of which something is taken back now: CV of each leg, CV of the
    # purchases that it came from, how much of that was taken back before this period.
    fed_position: np.ndarray = field(default_factory=_empty)
    fed_bonus: np.ndarray = field(default_factory=_empty)  # index into plan["bonuses"]
    fed_member: np.ndarray = field(default_factory=_empty)
    fed_as_of: np.ndarray = field(default_factory=_empty)
    fed_left_e4: np.ndarray = field(default_factory=_empty)
    fed_right_e4: np.ndarray = field(default_factory=_empty)
    fed_cv_e4: np.ndarray = field(default_factory=_empty)
    fed_back_e4: np.ndarray = field(default_factory=_empty)
    fed_packages: np.ndarray = field(default_factory=_empty)  # 1: packages were among them

    # Values of declared measures in earlier periods of the same kind: age 1 is the
    # period before. A measure accumulated for ever has its own last value, age 1.
    prior_member: np.ndarray = field(default_factory=_empty)
    prior_measure: np.ndarray = field(default_factory=_empty)  # index into plan["measures"]
    prior_age: np.ndarray = field(default_factory=_empty)
    prior_value: np.ndarray = field(default_factory=_empty)

    # What bonuses of shorter kinds of period paid inside this one (posted runs),
    # summed by member and bonus, in the currency of the member's company.
    earned_member: np.ndarray = field(default_factory=_empty)
    earned_bonus: np.ndarray = field(default_factory=_empty)  # index into plan["bonuses"]
    earned_amount_e4: np.ndarray = field(default_factory=_empty)

    # What members carry from the period before: awards had, streaks, standings.
    state_member: np.ndarray = field(default_factory=_empty)
    state_bonus: np.ndarray = field(default_factory=_empty)
    state_measure: np.ndarray = field(default_factory=_empty)  # code of kernel/codes.py
    state_value: np.ndarray = field(default_factory=_empty)

    def arrays(self):
        """Yield ``(name, array)`` in the order of declaration."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray):
                yield item.name, value


def columns_of(table):
    """Return the names of the arrays of one table, e.g. ``row``, as declared.

    >>> columns_of("held")
    ('held_member', 'held_package', 'held_package_from', 'held_moment')
    """
    return tuple(item.name for item in fields(Snapshot) if item.name.startswith(f"{table}_"))
