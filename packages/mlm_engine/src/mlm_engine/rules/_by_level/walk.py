# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The uplines of many rows, cut by a greatest distance and a boundary rank."""

import numpy as np

from ...kernel import eligibility
from ...kernel.uplines import of_bonus

#: Farther than any chain of people.
_ENDLESS = np.iinfo(np.int64).max


class Walk:
    """Walks of one bonus from ``start`` (``uplines.Start``).

    Masks over nodes: ``present``, ``entitled``; ``rank`` the rank that pays of each
    node's owner (-1 vacant). ``limit``: greatest distance of each walk; ``cut``: a
    boundary rank ends it, so nothing is offered beyond.
    """

    def __init__(self, ctx, bonus, start, lines=None):
        self.ctx, self.bonus, self.start = ctx, bonus, start
        self.lines = lines or of_bonus(ctx, bonus)
        self.eligibility = eligibility.of_bonus(ctx, bonus)
        self.present = self.lines.mask(self.eligibility.present)
        self.entitled = self.lines.mask(self.eligibility.entitled)
        self.rank = self.lines.of_node(ctx.paying_rank, -1)
        self.limit = np.full(start.first.size, _ENDLESS)
        self.cut = np.zeros(start.first.size, dtype=bool)

    def bound(self, boundary_rank, max_depth):
        """End the walks at the first upline of a rank (that one included; -1: no
        boundary) and beyond a distance (0: none)."""
        if boundary_rank >= 0:
            leader = self.rank >= boundary_rank
            node, distance = self.lines.first_match(self.start, leader)
            origin = self.of_origin(self.ctx.paying_rank >= boundary_rank)
            self.cut = origin | (node >= 0)
            self.limit = np.where(origin, 0, np.where(node >= 0, distance, self.limit))
        if max_depth:
            self.limit = np.minimum(self.limit, max_depth)

    def of_origin(self, members, nothing=False):
        """Return the values of the origins; ``nothing`` where a nobody bought."""
        return np.append(members, nothing)[self.start.origin]

    def first(self, mask, index=None):
        """Return ``(node, distance)`` of the first upline in ``mask``; -1, 0 for none.

        ``index`` names the walks, if not all.
        """
        start = self.start if index is None else self.start.part(index)
        return self._within(*self.lines.first_match(start, mask), index)

    def next(self, node, distance, mask, index=None):
        """Return the next one strictly above."""
        moment = self.start.moment if index is None else self.start.moment[index]
        return self._within(*self.lines.next(node, distance, moment, mask), index)

    def _within(self, node, distance, index=None):
        limit = self.limit if index is None else self.limit[index]
        inside = (node >= 0) & (distance <= limit)
        return np.where(inside, node, -1), np.where(inside, distance, 0)
