# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Heads and their groups in the sponsor tree at the period's end.

A *head* is somebody of a mask; the *group* of a head is the head and everybody
below without the groups of other heads. All is vectorised by pointer doubling, so
a million people and a chain of any length take a score of passes.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...kernel import returned
from ...kernel.exact import sum_by


def nearest_above(parent, mask):
    """Return for each node its nearest strict upline in ``mask``, -1 for none.

    ``parent`` must be a forest (index or -1).

    >>> nearest_above(np.array([-1, 0, 1, 2]), np.array([1, 0, 0, 0], bool)).tolist()
    [-1, 0, 0, 0]
    """
    near = np.array(parent, dtype=np.int64)
    waiting = np.flatnonzero(near >= 0)
    while waiting.size:
        waiting = waiting[~mask[near[waiting]]]
        # Nobody of the mask stands between a node and its pointer, so the pointer
        # of the pointer is the next candidate.
        near[waiting] = near[near[waiting]]
        waiting = waiting[near[waiting] >= 0]
    return near


@dataclass(frozen=True)
class Heads:
    """The heads of a forest; ``parent`` and ``mask`` are arrays over its nodes."""

    parent: np.ndarray
    mask: np.ndarray

    @cached_property
    def above(self):
        """Nearest head strictly above each node, -1 for none."""
        return nearest_above(self.parent, self.mask)

    @cached_property
    def group(self):
        """The head in whose group each node is, -1 for nobody's."""
        return np.where(self.mask, np.arange(self.mask.size), self.above)

    @cached_property
    def below(self):
        """How many heads each head has in its first generation."""
        one = np.flatnonzero(self.mask)
        return sum_by(self.above[one], np.ones_like(one), self.mask.size)

    def sum(self, values):
        """Return the sum of ``values`` over each head's group, 0 for others."""
        return sum_by(self.group, values, self.mask.size)

    def between(self, head, payee):
        """Return the heads from ``head`` (excluded) up to ``payee`` (excluded)."""
        path, node = [], int(self.above[head])
        while node >= 0 and node != payee:
            path.append(node)
            node = int(self.above[node])
        return path


@dataclass(frozen=True)
class Groups:
    """What the groups of heads made of ``volume`` (over rows), returns where they belong.

    ``made``: of each member, what the own group made; ``of(payee, head)``: what somebody
    above is paid on for a head. Only who stood above a returned sale when it counted
    loses it, and only for the head in whose group it was.
    """

    made: np.ndarray
    staying: np.ndarray
    volume: np.ndarray
    pairs: returned.Pairs

    def of(self, payee, head):
        return self.staying[head] + self.pairs.of(payee, head, self.volume)


def groups(ctx, heads, volume):
    """Return the ``Groups`` of heads in the sponsor tree."""
    paths = returned.of_sponsors(ctx)
    own, pairs = returned.heads_of(paths, heads.mask)
    staying = heads.sum(sum_by(ctx.snapshot.row_member, paths.others(volume), ctx.members))
    made = staying + sum_by(own.source, volume[own.row], ctx.members)
    return Groups(made, staying, volume, pairs)
