# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A tree as measures see it: ``docs/contracts/rules.md`` §3.

A *node* is a member in the sponsor tree and a position in a placement tree, where
it stands for its owner; a vacant position stands for nobody, counts no level and
heads a leg like any other. A person who owns several positions is met once for each.
"""

from functools import cached_property

import numpy as np

from . import returned
from .exact import sum_by
from .trees import Places


class MeasureTree:
    """Nodes of one tree at the period's end, with volumes of people summed over it.

    ``owner``: member of each node, -1 for a vacant position or one of another tree.
    ``leg``: the nodes that head a leg; ``head``: whose leg it is (-1: nobody's).
    ``returned``: the ``Paths`` of returned sales that count elsewhere than below those
    above them now.
    """

    def __init__(self, ctx, tree):
        self._ctx, self._people, self._tree = ctx, tree < 0, tree
        if tree < 0:
            self.parent, self.owner = ctx.snapshot.sponsor, np.arange(ctx.members)
            self.forest = ctx.sponsorship
        else:
            here = ctx.position_tree == tree
            self.parent = ctx.snapshot.position_parent
            self.owner = np.where(here, ctx.snapshot.position_member, -1)
            self.forest = ctx.placement
        self._totals = {}

    @cached_property
    def returned(self):
        if self._people:
            return returned.of_sponsors(self._ctx)
        return returned.of_tree(self._ctx, self._tree)

    @cached_property
    def leg(self):
        found = np.flatnonzero(self.parent >= 0)
        return found[self.owner[self.parent[found]] >= 0]

    @cached_property
    def head(self):
        return self.owner[self.parent[self.leg]]

    def own(self, volume):
        """Return the personal volume of each node's owner."""
        own, paths = self.placed(volume), self.returned
        if paths:
            np.add.at(own, paths.node[paths.starts], self.taken(volume)[paths.starts])
        return own

    def placed(self, volume):
        """Return the personal volume of each node's owner without the rows of ``returned``."""
        personal = self._ctx.personal(volume)
        if self.returned:
            row = self.returned.rows
            gone = self._of_rows(volume)[row]
            owner = self._ctx.snapshot.row_member[row]
            personal = personal - sum_by(owner, gone, self._ctx.members)
        return self.of_owner(personal)

    def taken(self, volume):
        """Return the volume of each entry of ``returned``."""
        return self._of_rows(volume)[self.returned.row]

    @property
    def credited(self):
        """Whose sale each entry of ``returned`` is of."""
        return self._ctx.snapshot.row_member[self.returned.row]

    def _of_rows(self, volume):
        data = self._ctx.snapshot
        return data.row_pv_e4 if volume == "pv" else data.row_cv_e4

    def of_owner(self, values, nothing=0):
        """Turn an array over members into one over nodes."""
        return np.where(self.owner >= 0, values[self.owner], nothing)

    def total(self, volume):
        """Return the volume of each node and everybody below."""
        if volume not in self._totals:
            total = self.forest.subtree_sum(self.placed(volume))
            if self.returned:
                np.add.at(total, self.returned.node, self.taken(volume))
            self._totals[volume] = total
        return self._totals[volume]

    def legs(self, volume):
        """Return ``(head, volume)`` of all legs. What is returned leaves the leg that it came
        in by; where nobody heads that leg any more it is a leg of its own."""
        legs, paths = self.forest.subtree_sum(self.placed(volume))[self.leg], self.returned
        if not paths:
            return self.head, legs
        mark = self.leg if self._people else self._ctx.snapshot.position_leg[self.leg]
        marked = np.maximum(paths.below if self._people else paths.spot, 0)
        width = max(mark.max(initial=0), marked.max(initial=0)) + 1
        key = self.parent[self.leg] * width + mark
        entry = np.flatnonzero((paths.step > 0) & (self.owner[paths.node] >= 0))
        asked = paths.node[entry] * width + marked[entry]
        keys, place = np.unique(np.concatenate([key, asked]), return_inverse=True)
        volume_of = sum_by(place, np.concatenate([legs, self.taken(volume)[entry]]), keys.size)
        return self.owner[keys // width], volume_of

    def by_member(self, values):
        """Sum an array over nodes by their owners."""
        return sum_by(self.owner, values, self._ctx.members)

    def nodes_of(self, members):
        """Return ``(node, place in members)`` of everything that members own."""
        if self._people:
            return members, np.arange(members.size)
        return self._owned.of(members)

    @cached_property
    def _owned(self):
        return Places(self.owner)

    @cached_property
    def owned_depth(self):
        """Number of nodes with an owner from the root to each node, itself included."""
        return self.forest.path_sum(self.owner >= 0)

    def ancestor(self, node, depth):
        """Return for nodes the ones above them (or themselves) at a depth."""
        order, keys, width = self._by_depth
        asked = depth * width + self.forest.preorder[node]
        return order[np.searchsorted(keys, asked, side="right") - 1]

    @cached_property
    def _by_depth(self):
        forest, width = self.forest, self.parent.size + 1
        order = np.lexsort((forest.preorder, forest.depth))
        return order, forest.depth[order] * width + forest.preorder[order], width

    def to_level(self, volume, levels, uses):
        """Return for each node the volume below it to a number of levels.

        ``uses``: mask of the nodes that use up a level. A node stands on level 1 +
        the number of such nodes strictly between.
        """
        own = self.placed(volume)
        above = self.forest.nearest(uses)  # each node hangs from who uses up its level
        below = np.zeros_like(own)
        for _level in range(min(levels - 1, int(self.forest.depth.max(initial=-1)) + 1)):
            below = sum_by(above, own + np.where(uses, below, 0), own.size)
        # One level more, counted from every node, whether it uses up levels or not: who does
        # takes what hangs from him out of what is summed above.
        worth = own + np.where(uses, below, 0)
        worth -= np.where(uses, sum_by(above, worth, own.size), 0)
        found = self.forest.subtree_sum(worth) - worth
        if self.returned:
            paths = self.returned
            above = paths.step > 0
            near = above & (paths.before((above & uses[paths.node]).astype(np.int64)) < levels)
            np.add.at(found, paths.node[near], self.taken(volume)[near])
        return found


def of(ctx, tree):
    """Return the ``MeasureTree`` of a tree's index, -1 for the sponsor tree."""
    key = ("measure tree", tree)
    if key not in ctx.shared:
        ctx.shared[key] = MeasureTree(ctx, tree)
    return ctx.shared[key]
