# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Walks up a tree for many rows at once: ``docs/contracts/rules.md`` §1 and §2.

A *node* is a member in the sponsor tree and a position in a placement tree. The
next upline that satisfies a mask is found by a pointer computed once per mask, by
doubling, so a chain of 10,000 costs no more than a bush. Where a row must see the tree
of its own moment, the walk stops at everybody whose sponsor changed inside the
period, asks for the sponsor of that moment, and goes on by pointer.
"""

from dataclasses import dataclass

import numpy as np

from . import trees
from .columns import full
from .sponsors import sponsor_at

#: Masks whose pointers are kept for the next question: 4 MB each per million people.
_KEPT = 32


@dataclass(frozen=True)
class Start:
    """Where the walks of rows begin, int64 arrays of one length.

    ``origin``: the member that bought, -1 for a nobody (a customer's purchase, or a
    place without owner); ``node``: where that member stands. ``first``: the first upline
    (distance 1), -1 for none. ``moment``: of each row.
    """

    origin: np.ndarray
    node: np.ndarray
    first: np.ndarray
    moment: np.ndarray

    def part(self, index):
        """Return the ``Start`` of some of the rows."""
        columns = (self.origin, self.node, self.first, self.moment)
        return Start(*(values[index] for values in columns))


class Uplines:
    """The uplines of a bonus's tree.

    ``owner`` maps a node to its member, -1 for a vacant position. Make one by
    ``of_bonus`` or from any ``Forest``.
    """

    def __init__(self, ctx, forest, owner, position=False, changes=False):
        self._ctx, self.owner, self._position = ctx, owner, position
        self._forest, self._parent = forest, forest.parent
        self.passing = 0  # how many first recruits are passed up in this tree
        self._near = {}
        self.occupied = owner >= 0
        self._depth = self._forest.path_sum(self.occupied)
        self._changed = self._moved = None
        if changes:
            self._changed = np.zeros(self.size, dtype=bool)
            self._changed[ctx.snapshot.link_member] = True
            self._moved = self._forest.path_sum(self._changed) > 0

    @property
    def size(self):
        return self.owner.size

    def mask(self, members):
        """Turn a mask over members into one over nodes; vacant ones never match."""
        return np.append(members, False)[self.owner] if self._position else members

    def of_node(self, values, nothing=0):
        """Turn an array over members into one over nodes."""
        if not self._position:
            return values
        return np.append(values, nothing)[self.owner]

    def position(self, node):
        """Return the position of nodes for an earning row, -1 in the sponsor tree."""
        return node if self._position else full(-1, np.shape(node))

    def member(self, node):
        """Return the owners of nodes; -1 for node -1."""
        node = np.asarray(node, dtype=np.int64)
        return np.where(node >= 0, self.owner[node], -1)

    def dated(self, node):
        """Return the mask of nodes (-1: none) whose way up depends on the moment."""
        return full(False, node.size) if self._moved is None else (node >= 0) & self._moved[node]

    def first_match(self, start, mask):
        """Return ``(node, distance)`` of the first upline in ``mask``; -1 and 0."""
        here = (start.first >= 0) & mask[start.first]
        node, distance = self.next(start.first, np.ones_like(start.first), start.moment, mask)
        return np.where(here, start.first, node), np.where(here, 1, distance)

    def next(self, node, distance, moment, mask):
        """Return ``(node, distance)`` of the nearest match strictly above.

        ``distance`` is that of ``node``; the result's counts on from it. -1 and 0
        where there is none, or where ``node`` is -1.
        """
        node = np.asarray(node, dtype=np.int64)
        found = np.where(node >= 0, self._nearest(mask)[node].astype(np.int64), -1)
        far = np.where(found >= 0, distance + self._depth[node] - self._depth[found], 0)
        if self._moved is not None:
            slow = np.flatnonzero((node >= 0) & self._moved[node])
            if slow.size:
                stepped = self._stepped(node[slow], distance[slow], moment[slow], mask)
                found[slow], far[slow] = stepped
        return found, far

    def above(self, node, moment):
        """Return the next upline of nodes, whoever it is (not a vacant position)."""
        return self.next(node, np.zeros_like(node), moment, self.occupied)[0]

    def parent_of(self, node):
        """Return the node right above one at the period's end, -1 for none."""
        return int(self._parent[node])

    def climb(self, start, index):
        """Yield the nodes above row ``index`` of a ``Start``, nearest first."""
        node, moment = int(start.first[index]), start.moment[index]
        while node >= 0:
            if self.occupied[node]:
                yield node
            if self._changed is not None and self._changed[node]:
                node = int(sponsor_at(self._ctx.snapshot, node, moment))
            else:
                node = int(self._parent[node])

    def _nearest(self, mask):
        """Nearest strict upline in ``mask`` of every node."""
        key = mask.tobytes()
        if key not in self._near:
            if len(self._near) >= _KEPT:
                del self._near[next(iter(self._near))]
            self._near[key] = self._forest.nearest(mask)
        return self._near[key]

    def _stepped(self, node, distance, moment, mask):
        """Like ``next``, in the tree of each row's moment."""
        found = np.full(node.size, -1, dtype=np.int64)
        far = np.zeros(node.size, dtype=np.int64)
        stops = self._nearest(mask | self._changed)
        alive = np.arange(node.size)
        steps = distance.copy()
        while alive.size:
            # Links of people who never changed are those of any moment.
            changed = self._changed[node]
            above = stops[node].astype(np.int64)
            above[changed] = sponsor_at(self._ctx.snapshot, node[changed], moment[alive[changed]])
            steps = steps + np.where(changed, 1, self._depth[node] - self._depth[above])
            node = above
            here = (node >= 0) & mask[node]
            found[alive[here]], far[alive[here]] = node[here], steps[here]
            on = (node >= 0) & ~here
            alive, node, steps = alive[on], node[on], steps[on]
        return found, far


def of_sponsors(ctx, as_of="period_end"):
    """Return the ``Uplines`` of the sponsor tree, made once per run."""
    changes = as_of == "sale" and ctx.snapshot.link_member.size > 0
    key = ("uplines", "sponsor", changes)
    if key not in ctx.shared:
        everyone = np.arange(ctx.members)
        ctx.shared[key] = Uplines(ctx, ctx.sponsorship, everyone, changes=changes)
    return ctx.shared[key]


def of_bonus(ctx, bonus):
    """Return the ``Uplines`` of a bonus's tree, made once per run."""
    if bonus.tree == "sponsor":
        return of_sponsors(ctx, bonus.as_of)
    key = ("uplines", "placement")
    if key not in ctx.shared:
        # All trees at once: positions of other trees are never reached.
        forest, owner = ctx.placement, ctx.snapshot.position_member
        if not owner.size:  # one vacant position stands for a tree that nobody entered
            owner = np.array([-1], dtype=np.int64)
            forest = trees.forest(owner)
        ctx.shared[key] = Uplines(ctx, forest, owner, position=True)
    return ctx.shared[key]


def starts(ctx, bonus, row):
    """Return the ``Start`` of volume rows in a bonus's tree."""
    data, lines = ctx.snapshot, of_bonus(ctx, bonus)
    credited, moment = data.row_member[row], data.row_moment[row]
    customer = data.row_buyer[row] != credited
    if bonus.rule.customers(bonus.params) == "own":
        customer = np.zeros(row.size, dtype=bool)
    node = credited
    if bonus.tree != "sponsor":
        first = ctx.first_position(bonus.tree)
        placed = data.row_position[row]
        # a row credited to nobody has no uplines, wherever it was placed
        here = (credited >= 0) & (np.append(ctx.position_tree, -1)[placed] == bonus.tree)
        node = np.where(here, placed, np.append(first, -1)[credited])
    above = lines.above(node, moment)
    return Start(
        np.where(customer, -1, lines.member(node)),
        np.where(customer, -1, node),
        np.where(customer, node, above),
        moment,
    )
