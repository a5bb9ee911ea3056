# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal group volume (PGV): the group without the parts that others lead.

    PGV(m) = own volume + Σ over children c below the boundary rank of PGV(c)

Ranks are this period's paid-as ranks of the people below.

Tiny example: m 40, B below 100, C below B 500 and of the boundary rank: 140.
"""

from dataclasses import dataclass

import numpy as np

from ..kernel import measure_trees
from ..kernel.exact import sum_by
from ..kernel.text import _
from ..kernel.trees import Places
from ..plan import params as make
from ._shared import needed, tree, volume
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    boundary_rank: int = make.ref("ranks", _("Boundary rank"))
    volume: str = volume()
    own: bool = make.flag(True, _("Own volume included"))
    tree: int = tree()


class PersonalGroup(Kind):
    """See the module for the formula."""

    label = _("Personal group volume")
    summary = _("Group volume without the groups led by people with a rank.")
    volume = True
    Params = Params

    def check(self, checker, params, path, plan):
        """The boundary has to be named."""
        needed(checker, params, "boundary_rank", path, "whose groups are left out?")

    def needs_ranks(self, params, plan):
        """Always: the boundary is a rank."""
        return True

    def start(self, ctx, params, index):
        if not params.boundary_rank:
            return _Alone(ctx, params)
        return (_Sponsored if params.tree < 0 else _Placed)(ctx, params)


class _Alone:
    """The first rank is everybody's, decided or not: nobody's group belongs to another."""

    def __init__(self, ctx, params):
        tree = measure_trees.of(ctx, params.tree)
        self._own = tree.by_member(tree.own(params.volume)) * params.own

    def value(self, members):
        return self._own[members]

    def decided(self, members, rank):
        """No rank changes it."""


class _Returned:
    """What returned sales take from the groups that they were in: from everybody above up to
    the first head, among those decided so far."""

    def __init__(self, tree, params):
        paths = tree.returned
        self._step, self._volume = paths.step, tree.taken(params.volume)
        self._chain = np.cumsum(paths.step == 0) - 1
        #: the step of the first head of each chain
        self._head = np.full(paths.starts.size, paths.step.size, dtype=np.int64)
        self._entries, self._credited = Places(paths.node), Places(tree.credited[paths.starts])

    def of_nodes(self, nodes, own):
        """Return the sums of nodes; without ``own`` those of the rows credited below."""
        entry, place = self._entries.of(nodes)
        step = self._step[entry]
        here = (step <= self._head[self._chain[entry]]) & ((step > 0) | own)
        return sum_by(place[here], self._volume[entry[here]], nodes.size)

    def decided(self, nodes, members):
        """Take note of heads: people head the place that they were credited at, whoever holds
        it now, and nodes what stood below them."""
        entry, _place = self._entries.of(nodes)
        above = entry[self._step[entry] > 0]
        np.minimum.at(self._head, self._chain[above], self._step[above])
        self._head[self._credited.of(members)[0]] = 0


class _Sponsored:
    """In the sponsor tree everybody below is decided first: volumes only go up."""

    def __init__(self, ctx, params):
        self._params, self._sponsor = params, ctx.snapshot.sponsor
        tree = measure_trees.of(ctx, params.tree)
        self._own = tree.placed(params.volume)
        self._below = np.zeros_like(self._own)
        self._returned = _Returned(tree, params) if tree.returned else None

    def value(self, members):
        found = self._below[members]
        if self._params.own:
            found = found + self._own[members]
        if self._returned:
            found = found + self._returned.of_nodes(members, self._params.own)
        return found

    def decided(self, members, rank):
        sponsor = self._sponsor[members]
        up = (sponsor >= 0) & (rank < self._params.boundary_rank)
        group = self._below[members[up]] + self._own[members[up]]
        np.add.at(self._below, sponsor[up], group)
        if self._returned:
            heads = members[rank >= self._params.boundary_rank]
            self._returned.decided(heads, heads)


class _Placed:
    """In a placement tree ranks come in any order: a group is cut out when the rank of
    its head is known, and put back for those above the next cut."""

    def __init__(self, ctx, params):
        self._params = params
        self._tree = measure_trees.of(ctx, params.tree)
        self._own = self._tree.placed(params.volume)
        self._returned = _Returned(self._tree, params) if self._tree.returned else None
        self._worth = self._own.copy()  # subtree sums of it are the groups
        self._group = self._tree.forest.subtree_sum(self._worth)
        self._old = False
        #: the nearest cut position at or above each position, -1 for none
        self._cut = np.full(self._own.size, -1, dtype=np.int64)
        forest = self._tree.forest
        self._by_preorder = np.argsort(forest.preorder)

    def value(self, members):
        if self._old:
            self._group = self._tree.forest.subtree_sum(self._worth)
            self._old = False
        node, place = self._tree.nodes_of(members)
        found = np.zeros(members.size, dtype=np.int64)
        own = 0 if self._params.own else self._own[node]
        group = self._group[node] - own
        if self._returned:
            group = group + self._returned.of_nodes(node, self._params.own)
        np.add.at(found, place, group)
        return found

    def decided(self, members, rank):
        heads = members[rank >= self._params.boundary_rank]
        node, _place = self._tree.nodes_of(heads)
        if self._returned:
            self._returned.decided(node, heads)
        parent, forest = self._tree.parent, self._tree.forest
        # The nearest to the root first: what is cut below it belongs to it, not above.
        for one in node[np.argsort(forest.depth[node], kind="stable")].tolist():
            start, size = int(forest.preorder[one]), int(forest.size[one])
            within = self._by_preorder[start : start + size]
            group = int(self._worth[within].sum())
            outer = int(self._cut[one])
            self._move(parent[one], -group)
            if outer >= 0:
                self._move(parent[outer], group)
            inner = self._cut[within]
            self._cut[within[inner == outer]] = one
            self._old = True

    def _move(self, node, group):
        if node >= 0:
            self._worth[node] += group
