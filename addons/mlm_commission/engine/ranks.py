# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks: paid-as rank earned anew every period, career title kept.

A rank asks for a figure (``binary.paid_cv``: CV the binary pays this week) to
reach ``min``. Somebody holds the highest rank whose own requirement is met; the
first rank of a plan is everybody's. The title is the best rank ever reached.

Tiny example: minima 0, 1,500, 2,500; 2,400 CV paid gives the second rank.
"""

import numpy as np

from .measures import Measure


def evaluate(plan, figures, size):
    """Return the index of the rank that each of ``size`` members reaches.

    ``figures`` maps ``(bonus index, Measure)`` to int64 arrays over members. A
    figure that no rule of this period supplies counts as zero.
    """
    rank = np.zeros(size, dtype=np.int64)
    nothing = np.zeros(size, dtype=np.int64)
    for index, item in enumerate(plan["ranks"]):
        if index:
            figure = figures.get((item["bonus"], item["measure"]), nothing)
            rank[figure >= item["min_e4"]] = index
    return rank


def rates(plan):
    """Return the percentage of each rank, int64 millionths."""
    return np.array([item["rate_e6"] for item in plan["ranks"]] or [0], dtype=np.int64)


def titles(snapshot, rank):
    """Return the career title after this period: it never falls."""
    return np.maximum(snapshot.member_title, rank)


def measure(ctx, title):
    """Record rank and title of each member."""
    everyone = np.arange(ctx.members)
    ctx.measures.add(Measure.RANK, ctx.rank, everyone)
    ctx.measures.add(Measure.TITLE, title, everyone)
