# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks: paid-as rank decided anew every period, career title kept.

Definitions: ``docs/contracts/rules.md`` §4. A rank asks for conditions; somebody
holds the highest rank whose own conditions hold, the first rank is everybody's.
Only distributors who are neither suspended nor terminated reach a higher one.

Tiny example: minima 0, 1,500, 2,500 of CV paid; 2,400 gives the second rank.
"""

import numpy as np

from . import conditions
from .measures import Measure
from .snapshot import KIND_DISTRIBUTOR, STATE_ACTIVE


def decide(ctx):
    """Fill ``ctx.rank``, ``ctx.paying_rank`` and ``ctx.title``."""
    data = ctx.snapshot
    ctx.rank = evaluate(ctx)
    ctx.title = np.maximum(data.member_title, ctx.rank)
    ctx.paying_rank = ctx.rank


def evaluate(ctx):
    """Return the index of the rank that each member earns by conditions alone."""
    rank = np.zeros(ctx.members, dtype=np.int64)
    may = (ctx.snapshot.member_kind == KIND_DISTRIBUTOR) & (
        ctx.snapshot.member_state == STATE_ACTIVE
    )
    for index, item in enumerate(ctx.plan["ranks"]):
        if index:
            rank[may & conditions.holds(ctx, item["requires"])] = index
    return rank


def by_figure(ctx, bonus, measure, values):
    """Return the rank that figures of one bonus alone would give each member.

    For a percentage that goes by the very CV it pays on (``rules/binary.py``):
    conditions about other figures count as this period has them.
    """
    key = (bonus, measure)
    before = ctx.figures.get(key)
    ctx.figures[key] = values
    rank = np.zeros(ctx.members, dtype=np.int64)
    for index, item in enumerate(ctx.plan["ranks"]):
        if index:
            rank[conditions.holds(ctx, item["requires"])] = index
    if before is None:
        del ctx.figures[key]
    else:
        ctx.figures[key] = before
    return rank


def rates(plan):
    """Return the percentage of each rank, int64 millionths."""
    return np.array([item["rate_e6"] for item in plan["ranks"]] or [0], dtype=np.int64)


def measure(ctx):
    """Record rank and title of each member."""
    everyone = np.arange(ctx.members)
    ctx.measures.add(Measure.RANK, ctx.rank, everyone)
    ctx.measures.add(Measure.TITLE, ctx.title, everyone)
