# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Inputs that are partly those of one run and partly those of another of the same period."""

from dataclasses import replace

import numpy as np

from ..kernel import ordering
from ..kernel.snapshot import REFERS, columns_of
from . import groups

#: columns of one value per member that are not the members' own group
_OF_MEMBERS = (
    "sponsor",
    "member_title",
    "member_paid",
    "member_misses",
    "window_pv_e4",
    "window_package_pv_e4",
)
#: tables whose rows say nothing without what these columns name
_KEYS = {
    "carry": ("carry_position", "carry_bonus"),
    "held": ("held_member", "held_package"),
    "promotion": ("promotion_member", "promotion_index"),
    "link": ("link_member",),
    "former": ("former_member",),
    "moved": ("moved_position",),
    "gone": ("gone_position", "gone_member"),
    "fed": ("fed_position", "fed_bonus", "fed_member"),
    "override": ("override_member", "override_rank"),
    "prior": ("prior_member", "prior_measure"),
    "earned": ("earned_member", "earned_bonus"),
    "state": ("state_member", "state_bonus"),
    "position": ("position_tree",),
}


def mixed(before, after, taken):
    """Return ``before`` with the groups ``taken`` as ``after`` has them.

    What refers to somebody, or to a part of a plan, that the mixture has not, refers to
    nobody, or is left out where it says nothing then. With all groups it is ``after``.
    """
    if set(groups.GROUPS) <= set(taken):
        return after
    return _Mixture(before, after, frozenset(taken)).snapshot()


class _Mixture:
    def __init__(self, before, after, taken):
        self.pair = groups.pair(before, after)
        self.taken = taken
        self.source = {
            group: self.pair.after if group in taken else self.pair.before
            for group in groups.GROUPS
        }
        self.ids = {"member": self.source["people"].snapshot.member_id}
        plan = self.source["plan"]
        self.ids |= {table: plan.ids(table) for table in self.pair.codes}
        self.columns = {}

    def snapshot(self):
        for table in ("position", *(name for name in _KEYS if name != "position"), "row"):
            self._take(table)
        self._take_people()
        plan, rates = (self.source[name].snapshot for name in ("plan", "exchange"))
        other = (self.pair.before if "exchange" in self.taken else self.pair.after).snapshot
        homes = [
            {**one, "fx_e6": rate["fx_e6"], "rates": {**also["rates"], **rate["rates"]}}
            for one, rate, also in zip(plan.homes, rates.homes, other.homes, strict=True)
        ]
        found = replace(
            plan,
            fx_e6=rates.fx_e6,
            rates={**other.rates, **rates.rates},
            homes=homes,
            **self.columns,
        )
        # entries of one plan may stand in another order than those of the other
        return ordering.canonical(found)

    def _take(self, table):
        """Set the columns of a table, with indexes into what the mixture has."""
        names = columns_of(table)
        side = self.source[groups.GROUP_OF[names[0]]]
        kept = np.ones(getattr(side.snapshot, names[0]).size, dtype=bool)
        if table == "position":
            trees = self._placed(side.column("position_tree", kept.size), "tree")
            kept = trees >= 0
            self.ids["position"] = side.snapshot.position_id[kept]
        found = {}
        for name in names:
            values = side.column(name)
            if name == "row_seller":
                values = getattr(side.snapshot, name)
            elif name in REFERS:
                values = self._placed(values, REFERS[name])
            found[name] = values
            if name in _KEYS.get(table, ()) and table != "position":
                kept &= values >= 0
        self.columns |= {
            name: values[kept] if values.size else values for name, values in found.items()
        }

    def _placed(self, ids, table):
        """Return the place of ids in what the mixture has, -1 of those that it has not."""
        known = self.ids[table]
        order = np.argsort(known, kind="stable")
        if not known.size:
            return np.full(ids.size, -1, dtype=np.int64)
        at = order[np.minimum(np.searchsorted(known[order], ids), known.size - 1)]
        return np.where(known[at] == ids, at, -1)

    def _take_people(self):
        people = self.source["people"]
        for name in ("member_id", "member_kind", "member_state", "member_joined", "member_home"):
            self.columns[name] = getattr(people.snapshot, name)
        for name in _OF_MEMBERS:
            side = self.source[groups.GROUP_OF[name]]
            at = self._of(side.snapshot.member_id)
            values = side.column(name, side.snapshot.member_id.size)
            values = np.append(values, -1 if name == "sponsor" else 0)[at]
            if name == "sponsor":
                # whoever the other side has not stands where this side has them
                own = people.column(name)
                values = self._placed(np.where(at < 0, own, values), "member")
            elif name in REFERS:
                values = np.maximum(self._placed(np.where(at < 0, -1, values), "title"), 0)
            self.columns[name] = values

    def _of(self, ids):
        """Return where the members of the mixture stand among others' ids, -1: nowhere."""
        mine = self.ids["member"]
        if not ids.size:
            return np.full(mine.size, -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(ids, mine), ids.size - 1)
        return np.where(ids[at] == mine, at, -1)
