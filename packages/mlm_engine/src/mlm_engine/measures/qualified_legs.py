# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of legs with somebody of a rank.

    n(m) = number of legs in which, to a depth, a person reaches the rank

The child is depth 1; a vacant position uses up no depth. Ranks are this period's
paid-as ranks of the people below. Optionally the person must be active, or be
personally sponsored by m.

Tiny example: legs B and C; D below C holds the rank: 1 at any depth, 0 to depth 1.
"""

from dataclasses import dataclass

import numpy as np

from ..kernel import measure_trees
from ..kernel.text import _
from ..plan import params as make
from ._shared import needed, tree, width
from .base import Kind

_NOBODY = 2**31


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    rank: int = make.ref("ranks", _("Rank"))
    depth: int = make.number("integer", 0, _("Depth"), unit="levels", none=_("any"))
    active: bool = make.flag(False, _("The person is active"))
    enrolled: bool = make.flag(False, _("Personally sponsored by the payee"))
    tree: int = tree()


class QualifiedLegs(Kind):
    """See the module for the formula."""

    label = _("Legs with a rank")
    summary = _("How many legs have somebody with a rank.")
    volume = False
    Params = Params

    def check(self, checker, params, path, plan):
        """The rank has to be named."""
        needed(checker, params, "rank", path, "which rank?")

    def needs_ranks(self, params, plan):
        """Always: legs are counted by rank."""
        return True

    def demands_volume(self, params, asked, least):
        return (params["active"] and asked.activity()) or asked.rank(params["rank"])

    def held(self, params, reach):
        return reach.rank(params["rank"])

    def highest_of_position(self, params, plan):
        return width(plan, params["tree"])

    def start(self, ctx, params, index):
        return (_Enrolled if params.enrolled else _Anybody)(ctx, params)


class _Legs:
    """Counts legs for those who head them as ranks are decided."""

    def __init__(self, ctx, params):
        self._ctx, self._params = ctx, params
        self._tree = measure_trees.of(ctx, params.tree)
        self._found = np.zeros(ctx.members, dtype=np.int64)
        if params.rank == 0:  # who is not decided yet has it
            self._count(self._counted(np.arange(ctx.members)))

    def value(self, members):
        return self._found[members]

    def decided(self, members, rank):
        if self._params.rank > 0:
            self._count(self._counted(members[rank >= self._params.rank]))

    def _counted(self, members):
        return members[self._ctx.activity.active[members]] if self._params.active else members

    def _new_leg(self, node):
        """Count legs headed by nodes for their owners."""
        above = self._tree.parent[node]
        head = self._tree.owner[above[above >= 0]]
        np.add.at(self._found, head[head >= 0], 1)


class _Anybody(_Legs):
    """The nearest such person of each node is kept; who is found climbs until a nearer one
    is met, so that all climbs together take one step per node and depth."""

    def __init__(self, ctx, params):
        count = measure_trees.of(ctx, params.tree).parent.size
        self._near = np.full(count, _NOBODY, dtype=np.int64)
        super().__init__(ctx, params)

    def _count(self, members):
        node, _place = self._tree.nodes_of(members)
        depth = np.ones(node.size, dtype=np.int64)
        parent, owner, deepest = self._tree.parent, self._tree.owner, self._params.depth
        while node.size:
            nearer = depth < self._near[node]
            node, depth = node[nearer], depth[nearer]
            reached = np.unique(node)
            self._new_leg(reached[self._near[reached] == _NOBODY])
            np.minimum.at(self._near, node, depth)
            above = parent[reached]
            reached, above = reached[above >= 0], above[above >= 0]
            # At any depth near and far are the same: one climb marks all above.
            node, depth = above, self._near[reached] + (owner[above] >= 0 if deepest else 0)
            if deepest:
                node, depth = node[depth <= deepest], depth[depth <= deepest]


class _Enrolled(_Legs):
    """Each such person is looked for below all nodes of the own sponsor."""

    def __init__(self, ctx, params):
        count = measure_trees.of(ctx, params.tree).parent.size
        self._marked = np.zeros(count, dtype=bool)
        super().__init__(ctx, params)

    def _count(self, members):
        found = self._tree
        sponsor = self._ctx.snapshot.sponsor[members]
        members, sponsor = members[sponsor >= 0], sponsor[sponsor >= 0]
        node, place = found.nodes_of(members)
        top, pair = found.nodes_of(sponsor[place])
        node = node[pair]
        below = found.forest.inside(node, top) & (node != top)
        if self._params.depth:
            below &= found.owned_depth[node] - found.owned_depth[top] <= self._params.depth
        node, top = node[below], top[below]
        leg = np.unique(found.ancestor(node, found.forest.depth[top] + 1))
        leg = leg[~self._marked[leg]]
        self._marked[leg] = True
        self._new_leg(leg)
