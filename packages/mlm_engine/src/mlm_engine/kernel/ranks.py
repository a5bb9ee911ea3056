# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks: paid-as rank decided anew every period, career title kept.

Definitions: ``docs/contracts/rules.md`` §4. A rank asks for conditions; somebody
earns the highest rank whose own conditions hold (in a ladder, with all below). The
walk is in ``rank_walk.py``, grace, demotion, grants and overrides in
``rank_policy.py``.

Tiny example: minima 0, 1,500, 2,500 of CV paid; 2,400 gives the second rank.
"""

import numpy as np

from . import conditions, rank_policy, rank_walk
from .codes import PLAN, Measure


def decide(ctx):
    """Fill ranks, title, misses and the declared measures of the context.

    A run of a kind of period that decides no ranks sees and keeps those held.
    """
    data, rules = ctx.snapshot, ctx.plan["rank_policy"]
    before = rank_policy.before(data)
    if decides(data):
        walk = rank_walk.Walk(ctx, rank_policy.Policy(ctx).keep)
        ctx.earned_rank, ctx.rank, ctx.misses = walk.decide()
        keeps = rules["title"] == "keeps"
        ctx.title = np.maximum(data.member_title, ctx.rank) if keeps else ctx.rank
    else:
        rank_walk.held(ctx, before)
        ctx.earned_rank, ctx.rank, ctx.misses = before, before, rank_policy.missed(data)
        ctx.title = data.member_title
    ctx.paying_rank = ctx.rank if rules["paid_rank"] == "current" else before


def decides(snapshot):
    """Tell whether the run of this period evaluates ranks."""
    return snapshot.plan["rank_policy"]["period"] == snapshot.period_kind


def by_figure(ctx, bonus, measure, values):
    """Return the rank that figures of one bonus alone would give each member.

    For a percentage that goes by the very CV it pays on (``rules/binary/rule.py``):
    conditions about other figures count as this period has them.
    """
    key = (bonus, measure)
    before = ctx.figures.get(key)
    ctx.figures[key] = values
    rank = np.zeros(ctx.members, dtype=np.int64)
    climbing = np.ones(ctx.members, dtype=bool)
    for index, item in enumerate(ctx.plan["ranks"]):
        if index:
            found = climbing & conditions.holds(ctx, item["requires"])
            rank[found] = index
            if ctx.plan["rank_policy"]["mode"] == "ladder":
                climbing = found
    if before is None:
        del ctx.figures[key]
    else:
        ctx.figures[key] = before
    return rank


def rates(plan):
    """Return the percentage of each rank, int64 millionths."""
    return np.array([item["rate_e6"] for item in plan["ranks"]] or [0], dtype=np.int64)


def measure(ctx):
    """Record rank, title and declared measures of each member."""
    ctx.measures.add(Measure.RANK, ctx.rank)
    ctx.measures.add(Measure.TITLE, ctx.title)
    ctx.measures.add(Measure.RANK_MISSES, ctx.misses)
    if not rank_policy.trivial(ctx.snapshot):
        ctx.measures.add(Measure.RANK_EARNED, ctx.earned_rank)
    for index in range(len(ctx.plan["measures"])):
        ctx.measures.add(PLAN + index, ctx.value(index))
