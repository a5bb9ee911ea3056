# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Trees held as parent arrays: levels, preorder intervals, subtree sums.

Everything here is vectorised by level, nothing recurses: a chain of 10,000 is
as safe as a million nodes. A node's subtree is the interval
``[preorder, preorder + size)``, so a subtree sum is the difference of two prefix
sums and "is below" is two comparisons.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np


class TreeError(ValueError):
    """The parent array is not a forest: it has a cycle or an unknown parent."""


@dataclass(frozen=True)
class Forest:
    """Shape of a forest of ``n`` nodes; all arrays are int64 of length ``n``.

    ``depth`` counts links to the root (root 0). ``preorder`` is the rank in a
    depth-first walk, children by index; ``size`` counts the node and all below.
    """

    parent: np.ndarray
    depth: np.ndarray
    preorder: np.ndarray
    size: np.ndarray

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
        """Return for each node the nearest one strictly above it in ``mask``, or -1."""
        near = np.full(self.parent.size, -1, dtype=np.int64)
        for level in self.levels[1:]:
            above = self.parent[level]
            near[level] = np.where(mask[above], above, near[above])
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
    levels = list(_levels(parent))
    reached = sum(level.size for level in levels)
    if reached < count:
        seen = np.zeros(count, dtype=bool)
        for level in levels:
            seen[level] = True
        raise TreeError(
            "nodes in or below a cycle: "
            + ", ".join(str(node) for node in np.flatnonzero(~seen)[:10])
        )
    depth = np.zeros(count, dtype=np.int64)
    for number, level in enumerate(levels):
        depth[level] = number
    size = np.ones(count, dtype=np.int64)
    for level in reversed(levels[1:]):
        np.add.at(size, parent[level], size[level])
    return Forest(parent, depth, _preorder(parent, levels, size), size)


def children(parent):
    """Return ``(order, start, count)``: children of ``p`` in index order are
    ``order[start[p]:start[p] + count[p]]``."""
    order = np.argsort(parent, kind="stable")
    roots = int((parent < 0).sum())
    order = order[roots:]
    count = np.bincount(parent[order], minlength=parent.size)
    start = np.cumsum(count) - count
    return order, start, count


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


def _levels(parent):
    """Yield the nodes of each depth, ordered by (parent's place, index)."""
    order, start, count = children(parent)
    level = np.flatnonzero(parent < 0)
    while level.size:
        yield level
        level = order[expand(start[level], count[level])]


def _preorder(parent, levels, size):
    preorder = np.zeros(parent.size, dtype=np.int64)
    if not levels:
        return preorder
    roots = levels[0]
    preorder[roots] = np.cumsum(size[roots]) - size[roots]
    for level in levels[1:]:
        # Siblings are neighbours: the sizes before a node inside its family are
        # the running total less the running total at the family's first child.
        above = parent[level]
        running = np.cumsum(size[level]) - size[level]
        first = np.ones(level.size, dtype=bool)
        first[1:] = above[1:] != above[:-1]
        family = np.cumsum(first) - 1
        preorder[level] = preorder[above] + 1 + running - running[first][family]
    return preorder
