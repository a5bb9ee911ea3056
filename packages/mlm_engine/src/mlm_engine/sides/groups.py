# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The inputs of a run in groups that a person tells apart, and their tables.

Everything that a snapshot holds belongs to one group: people, sponsors, placement, what
earlier periods left, sales, decisions of people, rates of exchange, the plan.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..kernel.snapshot import REFERS, columns_of

#: In the order in which one side's are taken in the other's place: whoever a row names is
#: there before the row.
GROUPS = (
    "people",
    "sponsors",
    "placement",
    "carried",
    "sales",
    "decisions",
    "exchange",
    "plan",
)
#: Instead of all of them, where the networks have not the same companies.
COMPANIES = "companies"

_TABLES_OF = {
    "sponsors": ("link",),
    "placement": ("position",),
    "carried": ("window", "carry", "held", "prior", "earned", "state"),
    "sales": ("row", "former", "moved", "gone", "fed"),
    "decisions": ("override", "promotion"),
}
#: ``{column: its group}``
GROUP_OF = {
    "member_id": "people",
    "member_kind": "people",
    "member_state": "people",
    "member_joined": "people",
    "member_home": "people",
    "sponsor": "sponsors",
    "member_title": "carried",
    "member_paid": "carried",
    "member_misses": "carried",
    **{
        column: group
        for group, tables in _TABLES_OF.items()
        for table in tables
        for column in columns_of(table)
    },
}
#: what an optional column means where it is empty
DEFAULTS = {"row_product": -1, "row_as_of": -1}
#: lists of a plan that columns point into
_OF_PLAN = {
    "bonus": "bonuses",
    "package": "packages",
    "promotion": "promotions",
    "rank": "ranks",
    "title": "ranks",
    "tree": "trees",
    "product": "catalog",
    "measure": "measures",
}


@dataclass(frozen=True)
class Table:
    """A table to be compared row by row: ``keys`` tell its rows apart.

    ``both``: only of members that both sides have; others came or went themselves.
    """

    name: str
    group: str
    keys: tuple
    values: tuple = ()
    both: bool = False


TABLES = (
    Table(
        "member",
        "people",
        ("member_id",),
        ("member_kind", "member_state", "member_joined", "member_home"),
    ),
    Table("sponsor", "sponsors", ("member_id",), ("sponsor",), both=True),
    Table("link", "sponsors", ("link_member", "link_moment"), ("link_sponsor",)),
    Table(
        "position",
        "placement",
        ("position_id",),
        ("position_member", "position_parent", "position_leg", "position_tree"),
    ),
    Table(
        "window",
        "carried",
        ("member_id",),
        ("window_pv_e4", "window_package_pv_e4"),
        both=True,
    ),
    Table(
        "rank",
        "carried",
        ("member_id",),
        ("member_title", "member_paid", "member_misses"),
        both=True,
    ),
    Table("carry", "carried", ("carry_position", "carry_bonus", "carry_measure"), ("carry_value",)),
    Table("held", "carried", columns_of("held")),
    Table("prior", "carried", ("prior_member", "prior_measure", "prior_age"), ("prior_value",)),
    Table("earned", "carried", ("earned_member", "earned_bonus"), ("earned_amount_e4",)),
    Table("state", "carried", ("state_member", "state_bonus", "state_measure"), ("state_value",)),
    Table("row", "sales", ("row_id",), columns_of("row")[1:]),
    Table("former", "sales", ("former_member", "former_until"), ("former_sponsor",)),
    Table("moved", "sales", ("moved_position", "moved_until"), ("moved_parent", "moved_leg")),
    Table("fed", "sales", columns_of("fed")[:4], columns_of("fed")[4:]),
    Table("override", "decisions", ("override_member",), ("override_rank", "override_exact")),
    Table("promotion", "decisions", columns_of("promotion")),
)


class Side:
    """The columns of one of two snapshots, said alike on both sides."""

    def __init__(self, snapshot, codes, homes):
        self.snapshot = snapshot
        self._codes, self._homes = codes, homes

    def ids(self, table):
        """Return what an index into ``table`` stands for: ids, or places in the codes of
        both plans."""
        if table in ("member", "position"):
            return getattr(self.snapshot, f"{table}_id")
        known = {code: place for place, code in enumerate(self._codes[table])}
        return np.array([known[code] for code in codes_of(self.snapshot.plan, table)], np.int64)

    def column(self, name, size=None):
        """Return a column with ids in the place of indexes; of ``size`` where it is empty."""
        values = getattr(self.snapshot, name)
        if not values.size and size:
            values = np.full(size, DEFAULTS.get(name, 0), dtype=np.int64)
        if name in ("member_home", "row_seller") and self._homes.size:
            return np.append(self._homes, -1)[values]
        if name in REFERS:
            return np.append(self.ids(REFERS[name]), -1)[values]
        return values


class Pair(NamedTuple):
    """Two sides, and the codes that their plans have together: ``{list: [code]}``."""

    before: Side
    after: Side
    codes: dict


def codes_of(plan, table):
    """Return the codes of a list of the plan that columns point into; ``[""]`` for none."""
    return [item["code"] for item in plan[_OF_PLAN[table]]] or [""]


def companies(snapshot):
    """Return the codes of the companies of a network of several."""
    return [home["company"] for home in snapshot.homes]


def pair(before, after):
    """Return the ``Pair`` of two snapshots."""
    codes = {
        table: list(
            dict.fromkeys(code for side in (before, after) for code in codes_of(side.plan, table))
        )
        for table in _OF_PLAN
    }
    known = list(dict.fromkeys(companies(before) + companies(after)))
    homes = [
        np.array([known.index(code) for code in companies(side)], np.int64)
        for side in (before, after)
    ]
    return Pair(Side(before, codes, homes[0]), Side(after, codes, homes[1]), codes)
