# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who stood above a returned sale: the trees in which the sale was counted.

A return goes where its sale went (``docs/contracts/rules.md`` §8): up the links that
were valid when the period of the sale ended, whatever moved since. ``row_as_of`` says
when that was, ``former_*`` and ``moved_*`` which links have been replaced since. Rows
under whom no link was replaced are summed with all others; only the rest are walked
here, one step for all of them at a time.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .exact import sum_by
from .snapshot import LEG_NOWHERE, columns_of
from .trees import Places, TreeError, forest


class DatedLinks:
    """A tree with the links that were replaced: arrays ``parent`` and ``spot`` over nodes,
    and the replaced links as columns, of which each held before its ``until``."""

    def __init__(self, parent, spot, node, former, former_spot, until):
        self.parent, self.spot = parent, spot
        self._times = np.unique(until)
        self._width = self._times.size + 1
        key = node * self._width + np.searchsorted(self._times, until)
        self._order = np.argsort(key, kind="stable")
        self._key, self._node = key[self._order], node[self._order]
        self._former, self._former_spot = former[self._order], former_spot[self._order]
        self.changed = np.zeros(parent.size, dtype=bool)
        self.changed[node[node >= 0]] = True

    def at(self, node, moment):
        """Return ``(parent, spot, link)`` of nodes at moments; ``link`` is the place of the
        replaced link that held then, -1 for the present one."""
        parent, spot = self.parent[node], self.spot[node]
        link = np.full(node.size, -1, dtype=np.int64)
        if not self._key.size:
            return parent, spot, link
        asked = node * self._width + np.searchsorted(self._times, moment, side="right")
        place = np.minimum(np.searchsorted(self._key, asked), self._key.size - 1)
        held = (self._key[place] >= asked) & (self._node[place] == node)
        link[held] = self._order[place[held]]
        parent = np.where(held, self._former[place], parent)
        return parent, np.where(held, self._former_spot[place], spot), link


@dataclass(frozen=True)
class Paths:
    """Who stood above some returned rows: one entry per node, sorted by chain and step.

    ``rows``: the rows that these paths stand for (also such as nobody was above). Of each
    entry, int64: ``row``; ``step`` from the node where the sale was credited (0) up;
    ``node``; ``below``, the node of the step before, and ``spot``, where it stood below
    this one (-1 in step 0). A row may have several chains, each begins with step 0.
    """

    rows: np.ndarray
    row: np.ndarray
    step: np.ndarray
    node: np.ndarray
    below: np.ndarray
    spot: np.ndarray

    def __bool__(self):
        return bool(self.rows.size)

    @cached_property
    def starts(self):
        """The entries of step 0."""
        return np.flatnonzero(self.step == 0)

    def before(self, values):
        """Return for each entry the sum of ``values`` over the entries below in its chain."""
        total = np.cumsum(values) - values
        first = np.maximum.accumulate(np.where(self.step == 0, np.arange(self.step.size), 0))
        return total - total[first] if total.size else total

    def last(self, mask):
        """Return for each entry the nearest one below in its chain that is in ``mask``, -1
        for none."""
        place = np.arange(self.step.size)
        seen = np.maximum.accumulate(np.where(mask, place, -1))
        found = np.concatenate(([-1], seen[:-1])) if place.size else seen
        return np.where(found >= place - self.step, found, -1)

    def others(self, values):
        """Return ``values`` (over all rows) with 0 for the rows of these paths."""
        if not self:
            return values
        values = values.copy()
        values[self.rows] = 0
        return values


_NONE = np.zeros(0, dtype=np.int64)
NO_PATHS = Paths(*[_NONE] * 6)


@dataclass(frozen=True)
class Pairs:
    """Returned rows by who was paid on them and on whose volume: ``payee``, ``source``."""

    row: np.ndarray
    payee: np.ndarray
    source: np.ndarray

    def of(self, payee, source, values):
        """Return for pairs of members the sum of ``values`` (over all rows)."""
        if not self.row.size:
            return np.zeros(np.size(source), dtype=np.int64)
        width = max(self.source.max(), np.max(source, initial=0)) + 1
        keys, place = np.unique(self.payee * width + self.source, return_inverse=True)
        sums = sum_by(place, values[self.row], keys.size)
        asked = payee * width + source
        found = np.minimum(np.searchsorted(keys, asked), keys.size - 1)
        return np.where((keys[found] == asked) & (payee >= 0), sums[found], 0)

    def rows_of(self, payee, source):
        """Return the rows of one pair."""
        return self.row[(self.payee == payee) & (self.source == source)]


def heads_of(paths, mask):
    """Return ``(own, pairs)`` of a mask of heads over nodes: ``own`` are ``Pairs`` of each
    head with itself, of the rows in its group at the sale; ``pairs`` those of the heads
    above with that head."""
    head = mask[paths.node]
    first = head & (paths.before(head.astype(np.int64)) == 0)
    below = paths.last(first)
    above = np.flatnonzero(head & (below >= 0))
    node = paths.node
    return (
        Pairs(paths.row[first], node[first], node[first]),
        Pairs(paths.row[above], node[above], node[below[above]]),
    )


def of_sponsors(ctx):
    """Return the ``Paths`` in the sponsor tree, made once per run."""
    data = ctx.snapshot
    changed = bool(data.former_member.size)
    return _made(ctx, "sponsors", changed, lambda: _sponsor_paths(data, ctx.sponsorship))


def of_rows(ctx):
    """Return the ``Paths`` of rows from the position that they were credited to."""
    data = ctx.snapshot
    return _made(
        ctx,
        "rows",
        _moved(data),
        lambda: _placement_paths(data, *_of_rows(data), ctx.placement),
    )


def of_tree(ctx, tree):
    """Return the ``Paths`` from every position of a placement tree that the credited
    person held when the sale counted: what measures of that tree sum."""
    data = ctx.snapshot

    def found():
        row, start = _of_owners(data, ctx.position_tree, tree)
        return _placement_paths(data, row, start, ctx.placement)

    return _made(
        ctx, ("tree", tree), _moved(data) or _of_others(data, *_of_rows(data)).any(), found
    )


def _moved(data):
    return bool(data.moved_position.size or data.gone_position.size)


def _of_others(data, row, position):
    """Tell of rows whether a position that they begin at is now another's, or nobody's."""
    return data.position_member[position] != data.row_member[row]


def _made(ctx, key, changed, make):
    if not ctx.snapshot.row_as_of.size or not changed:
        return NO_PATHS
    key = ("returned", key)
    if key not in ctx.shared:
        ctx.shared[key] = make()[0]
    return ctx.shared[key]


def pruned(snapshot):
    """Return ``(snapshot, visited)``: only the replaced links that some return meets on its
    way are kept; ``visited`` is the mask of the positions on those ways."""
    data, tree = snapshot, snapshot.position_tree
    if not tree.size:
        tree = np.zeros(data.position_id.size, dtype=np.int64)
    placement = forest(data.position_parent)
    starts = [_of_rows(data), *(_of_owners(data, tree, one) for one in np.unique(tree))]
    ways = [_placement_paths(data, *start, placement) for start in starts]
    visited = np.zeros(data.position_id.size, dtype=bool)
    for paths, _links in ways:
        visited[paths.node] = True
    met = {
        "former": _sponsor_paths(data, forest(data.sponsor))[1],
        "moved": np.concatenate([links for _paths, links in ways]),
    }
    columns = {
        name: getattr(data, name)[np.unique(links)]
        for table, links in met.items()
        for name in columns_of(table)
    }
    return replace(data, **columns), visited


def _returns(data):
    """Rows that go where their sale went, credited to somebody."""
    if not data.row_as_of.size:
        return _NONE
    return np.flatnonzero((data.row_as_of >= 0) & (data.row_member >= 0))


def _sponsor_paths(data, shape):
    none = np.full(data.sponsor.size, -1, dtype=np.int64)
    former = np.full(data.former_member.size, -1, dtype=np.int64)
    links = DatedLinks(
        data.sponsor,
        none,
        data.former_member,
        data.former_sponsor,
        former,
        data.former_until,
    )
    row = _returns(data)
    return _paths(data, links, row, data.row_member[row], shape)


def _of_rows(data):
    row = _returns(data)
    row = row[data.row_position[row] >= 0]
    return row, data.row_position[row]


def _of_owners(data, position_tree, tree):
    """Return ``(row, position)`` of every position of the credited person in a tree, those
    that left it since included, and the one credited, once each."""
    here = np.flatnonzero((position_tree == tree) & (data.position_member >= 0))
    gone = np.flatnonzero(position_tree[data.gone_position] == tree)
    position = np.concatenate([here, data.gone_position[gone]])
    owner = np.concatenate([data.position_member[here], data.gone_member[gone]])
    row = _returns(data)
    held, of = Places(owner).of(data.row_member[row])
    credited = row[data.row_position[row] >= 0]
    credited = credited[position_tree[data.row_position[credited]] == tree]
    rows = np.concatenate([row[of], credited])
    places = np.concatenate([position[held], data.row_position[credited]])
    pairs = np.unique(rows * max(data.position_id.size, 1) + places)
    return np.divmod(pairs, max(data.position_id.size, 1))


def _placement_paths(data, row, start, shape):
    links = DatedLinks(
        data.position_parent,
        data.position_leg,
        data.moved_position,
        data.moved_parent,
        data.moved_leg,
        data.moved_until,
    )
    links.changed[data.gone_position] = True
    return _paths(data, links, row, start, shape, _of_others(data, row, start))


def _paths(data, links, row, start, shape, apart=False):
    """Return ``(Paths, links met)`` of the rows whose way meets a replaced link, or of which
    some entry is ``apart``; ``shape`` is the ``Forest`` of the present links."""
    moved = shape.path_sum(links.changed) > 0
    rows = np.unique(row[moved[start] | apart])
    chosen = np.isin(row, rows)
    row, node = row[chosen], start[chosen]
    moment, chain = data.row_as_of[row], np.arange(row.size)
    below = spot = np.full(row.size, -1, dtype=np.int64)
    met, pieces, step = [_NONE], [[_NONE] * 6], 0
    while row.size:
        if step > links.parent.size:
            raise TreeError("the links that were replaced go round in a circle")
        parent, above, link = links.at(node, moment)
        met.append(link[link >= 0])
        there = above != LEG_NOWHERE  # who was in no tree then stood below nobody
        entry = (chain, np.full(row.size, step), row, node, below, spot)
        pieces.append([values[there] for values in entry])
        on = there & (parent >= 0)
        chain, row, moment, below = chain[on], row[on], moment[on], node[on]
        node, spot = parent[on], above[on]
        step += 1
    chain, step, row, node, below, spot = (np.concatenate(one) for one in zip(*pieces, strict=True))
    order = np.lexsort((step, chain))
    paths = Paths(rows, row[order], step[order], node[order], below[order], spot[order])
    return paths, np.concatenate(met)
