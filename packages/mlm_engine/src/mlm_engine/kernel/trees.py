# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Trees held as parent arrays: preorder intervals, subtree sums, levels.

A node's subtree is the interval ``[preorder, preorder + size)``, so a subtree sum is the
difference of two prefix sums and "is below" is two comparisons. Both come from the one walk
through all nodes, ranked as a linked list: no step is taken level by level, so a chain of a
million costs what a bush of a million does.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np


class TreeError(ValueError):
    """The parent array is not a forest: it has a cycle or an unknown parent."""


@dataclass(frozen=True)
class Forest:
    """Shape of a forest of ``n`` nodes; all arrays are int64 of length ``n``.

    ``preorder`` is the rank in a depth-first walk, children by index; ``size`` counts the
    node and all below.
    """

    parent: np.ndarray
    preorder: np.ndarray
    size: np.ndarray

    @cached_property
    def depth(self):
        """Links from each node to its root (of a root 0)."""
        return self.path_sum(np.ones_like(self.parent)) - 1

    @cached_property
    def levels(self):
        """The nodes of each depth, roots first: a list of int64 arrays."""
        if not self.depth.size:
            return []
        order = np.argsort(self.depth, kind="stable")
        ends = np.cumsum(np.bincount(self.depth))
        return np.split(order, ends[:-1])

    def subtree_sum(self, values):
        """Return for each node the sum of ``values`` over it and all below."""
        by_preorder = np.empty_like(values)
        by_preorder[self.preorder] = values
        prefix = np.concatenate(([0], np.cumsum(by_preorder)))
        return prefix[self.preorder + self.size] - prefix[self.preorder]

    def path_sum(self, values):
        """Return for each node the sum of ``values`` over it and all above."""
        change = np.zeros(self.parent.size + 1, dtype=np.int64)
        change[self.preorder] = values
        np.subtract.at(change, self.preorder + self.size, values.astype(np.int64))
        return np.cumsum(change[:-1])[self.preorder]

    def inside(self, node, top):
        """Tell for pairs of nodes whether ``node`` is ``top`` or below it.

        A ``top`` of -1 (an empty leg) has nobody below.
        """
        start = self.preorder[top]
        below = (self.preorder[node] >= start) & (self.preorder[node] < start + self.size[top])
        return below & (top >= 0)

    def nearest(self, mask):
        """Return for each node the nearest one strictly above it in ``mask``, or -1: int32,
        half the memory."""
        near = self.parent.astype(np.int32)
        passed = np.flatnonzero((near >= 0) & ~mask[near])
        while passed.size:
            # Everybody between a node and its pointer is out of the mask, so is
            # whoever stands between the pointer and where it points.
            near[passed] = near[near[passed]]
            above = near[passed]
            passed = passed[(above >= 0) & ~mask[above]]
        return near

    def path(self, node):
        """Return the list of nodes from ``node`` up to its root."""
        path = []
        while node >= 0:
            path.append(int(node))
            node = self.parent[node]
        return path


def forest(parent):
    """Build the ``Forest`` of a parent array (index or -1), in any order.

    Raises ``TreeError`` naming nodes of a cycle, or a parent out of range.

    >>> forest(np.array([-1, 0, 0, 1])).size.tolist()
    [4, 2, 1, 1]
    """
    parent = np.asarray(parent, dtype=np.int64)
    count = parent.size
    if count and (parent.min() < -1 or parent.max() >= count):
        raise TreeError("a parent lies outside the tree")
    if (parent >= np.arange(count)).any():
        _refuse_cycles(parent)
    if not count:
        return Forest(parent, parent, parent)
    follows, first = _tour(parent)
    place = _ranked(follows, first)
    enters, leaves = place[:count], place[count:]
    entered = np.zeros(2 * count, dtype=np.int64)
    entered[enters] = 1
    preorder = np.cumsum(entered, out=entered)[enters] - 1
    return Forest(parent, preorder, (leaves - enters + 1) // 2)


def child_on_leg(parent, leg, which):
    """Return for each node its child on leg ``which``, -1 where it is empty.

    Raises ``TreeError`` when two nodes hold one spot.
    """
    child = np.full(parent.size, -1, dtype=np.int64)
    chosen = np.flatnonzero((leg == which) & (parent >= 0))
    child[parent[chosen]] = chosen
    if (child >= 0).sum() != chosen.size:
        crowded = chosen[child[parent[chosen]] != chosen][0]
        raise TreeError(f"two nodes hold one leg of node {parent[crowded]}")
    return child


def expand(start, count):
    """Concatenate the ranges ``start[i] .. start[i] + count[i]``."""
    total = int(count.sum())
    before = np.cumsum(count) - count
    return np.repeat(start - before, count) + np.arange(total)


class Places:
    """Where values stand in an array, for many of them at a time."""

    def __init__(self, values):
        self._order = np.argsort(values, kind="stable")
        self._values = values[self._order]

    def of(self, asked):
        """Return ``(place in the array, place in asked)`` of all that are equal."""
        start = np.searchsorted(self._values, asked, side="left")
        count = np.searchsorted(self._values, asked, side="right") - start
        return self._order[expand(start, count)], np.repeat(np.arange(asked.size), count)


def _refuse_cycles(parent):
    """Raise ``TreeError`` unless everybody has a root, by pointers that double their reach."""
    above = parent.copy()
    below = np.flatnonzero(above >= 0)
    for _round in range(parent.size.bit_length()):
        above[below] = above[above[below]]
        below = below[above[below] >= 0]
    if below.size:
        raise TreeError("nodes in or below a cycle: " + ", ".join(str(node) for node in below[:10]))


def _tour(parent):
    """Return ``(follows, first)``: the walk round the forest as a linked list. Step ``v``
    enters node ``v``, step ``v + parent.size`` leaves it; the last is followed by no step."""
    count = parent.size
    key = (parent << 32) | np.arange(count)
    key.sort()
    family, of = key & (2**32 - 1), key >> 32  # children of one node by index, roots first
    change = np.flatnonzero(of[1:] != of[:-1])
    eldest, youngest = family[change + 1], family[np.append(change, count - 1)]
    follows = np.arange(count, 3 * count)  # a leaf is left as soon as it is entered
    follows[of[change + 1]] = eldest
    follows[count + family[:-1]] = family[1:]
    follows[count + youngest] = np.append(2 * count, of[change + 1] + count)
    return follows[: 2 * count], family[0]


def _ranked(follows, first):
    """Return the rank of each node in the linked list that begins at ``first``.

    Many walkers go along the list at the same time, each from a node drawn at random to where
    the next one began: every node is passed once, in a few hundred steps of all walkers.
    """
    count = follows.size
    begins = np.random.default_rng(0).integers(count, size=count // 64)  # any would do
    begins = np.append(np.setdiff1d(begins, first), first)
    walker = np.full(count + 1, -1, dtype=np.int32)
    walker[begins] = np.arange(begins.size)
    walker[count] = begins.size
    step = np.zeros(count, dtype=np.int32)
    length = np.ones(begins.size + 1, dtype=np.int64)
    ends = np.empty(begins.size + 1, dtype=np.int64)  # the walker that each one meets
    ends[-1], length[-1] = begins.size, 0
    alive, here, steps = np.arange(begins.size), follows[begins], 0
    while alive.size:
        steps += 1
        met = walker[here]
        on = met < 0
        if not on.all():
            done = alive[~on]
            ends[done], length[done] = met[~on], steps
            alive, here = alive[on], here[on]
        walker[here] = alive
        step[here] = steps
        here = follows[here]
    for _round in range(begins.size.bit_length()):
        length += length[ends]
        ends = ends[ends]
    # What a walker and all after it have passed is what is left of the list.
    return (count - length)[walker[:count]] + step
