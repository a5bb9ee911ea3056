# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the rank earned to the rank paid as: ``docs/contracts/rules.md`` §4.

    grant in term     e = max(e, rank of the package)
    e ≥ before        paid e, no miss
    e < before        one miss more; within the grace paid as before, then by the demotion
    override          replaces (exact) or raises the result

Tiny example: paid gold before, silver earned, grace 1: gold with 1 miss; next period
silver again: silver.
"""

import numpy as np

from . import packages
from .rank_walk import may_rise


class Policy:
    """The plan's policy with what this period brings: grants, ranks before, overrides."""

    def __init__(self, ctx):
        data = ctx.snapshot
        self._rules = ctx.plan["rank_policy"]
        self._may = may_rise(data)
        self._before, self._missed = before(data), missed(data)
        self._granted = granted(ctx)
        self._least = np.zeros(ctx.members, dtype=np.int64)
        self._exact = np.full(ctx.members, -1, dtype=np.int64)
        exact = data.override_exact == 1
        self._least[data.override_member[~exact]] = data.override_rank[~exact]
        self._exact[data.override_member[exact]] = data.override_rank[exact]

    def keep(self, earned, members):
        """Return ``(earned with grants, paid-as, misses)`` of members."""
        held, rules = self._before[members], self._rules
        earned = np.maximum(earned, self._granted[members])
        below = earned < held
        misses = np.where(below, self._missed[members] + 1, 0)
        if rules["demotion"] == "earned":
            fallen = earned
        elif rules["demotion"] == "one_step":
            fallen = np.maximum(earned, held - 1)
        else:
            fallen = held
        late = below & (misses > rules["grace"])
        paid = np.where(below, np.where(late, fallen, held), earned)
        if rules["demotion"] == "earned":
            misses = np.where(late, 0, misses)
        paid = np.maximum(paid, self._least[members])
        paid = np.where(self._exact[members] >= 0, self._exact[members], paid)
        may = self._may[members]
        return tuple(np.where(may, found, 0) for found in (earned, paid, misses))


def before(snapshot):
    """Return the rank that each member was paid as before."""
    found = snapshot.member_paid
    return found if found.size else np.zeros(snapshot.member_id.size, dtype=np.int64)


def missed(snapshot):
    """Return for how many periods in a row each member has missed it."""
    found = snapshot.member_misses
    return found if found.size else np.zeros(snapshot.member_id.size, dtype=np.int64)


def granted(ctx):
    """Return the highest rank that a package in its term of rank grants each member."""
    items, held = ctx.plan["packages"], ctx.holdings
    found = np.zeros(ctx.members, dtype=np.int64)
    if not any(item["rank"] > 0 for item in items) or not held.member.size:
        return found
    rank = np.array([item["rank"] for item in items], dtype=np.int64)
    months = np.array([item["rank_months"] or 0 for item in items], dtype=np.int64)
    until = packages.term_end(ctx.snapshot, held.moment, months[held.package])
    grants = (rank[held.package] > 0) & (until >= ctx.snapshot.period_end)
    np.maximum.at(found, held.member[grants], rank[held.package[grants]])
    return found


def trivial(snapshot):
    """Tell whether everybody is paid as the rank that was reached: no grace, no slower
    demotion, no grant, no override. Then earned ranks are not recorded apart."""
    plan, rules = snapshot.plan, snapshot.plan["rank_policy"]
    return (
        not rules["grace"]
        and rules["demotion"] == "earned"
        and not any(item["rank"] > 0 for item in plan["packages"])
        and not snapshot.override_member.size
    )
