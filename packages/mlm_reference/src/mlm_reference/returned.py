# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Returned sales go where the sale went (rules.md §8): who stood above it then."""

from collections import defaultdict

NOWHERE = -2


class Returned:
    """Ways of the rows that take back a sale of an earlier period.

    A *way* is the list ``[(node, below, spot)]`` from the place of the sale up to the root:
    ``below`` is the node that the way came from and ``spot`` where that one stood, -1 in
    the first entry.
    """

    def __init__(self, run):
        self.run, data = run, run.inputs
        self.rows = [
            row
            for row in data.rows
            if data.row_as_of and data.row_as_of[row] >= 0 and data.row_member[row] >= 0
        ]
        self._sponsors, self._parents = defaultdict(list), defaultdict(list)
        for member, sponsor, until in zip(
            data.former_member, data.former_sponsor, data.former_until, strict=True
        ):
            self._sponsors[member].append((until, sponsor, -1))
        for position, parent, spot, until in zip(
            data.moved_position, data.moved_parent, data.moved_leg, data.moved_until, strict=True
        ):
            self._parents[position].append((until, parent, spot))
        self._known, self._through, self._sides = {}, {}, None
        self._gone = data.grouped("gone_member")
        self._by_member = defaultdict(list)
        for row in self.rows:
            self._by_member[data.row_member[row]].append(row)

    def of(self, member):
        """Return the returned rows of somebody."""
        return self._by_member.get(member, ())

    def among_sponsors(self, row):
        """Return the way of a row in the sponsor tree."""
        return self._way(-1, self.run.inputs.row_member[row], self.run.inputs.row_as_of[row])

    def from_position(self, row):
        """Return the way of a row from the position that it was credited to."""
        data = self.run.inputs
        position = data.row_position[row]
        return self._way(0, position, data.row_as_of[row]) if position >= 0 else []

    def in_tree(self, row, tree):
        """Return the ways of a row from all positions of its person in a tree."""
        if tree < 0:
            return [self.among_sponsors(row)]
        data, network = self.run.inputs, self.run.network
        member = data.row_member[row]
        starts = set(network.positions_of(member, tree))
        gone = (data.gone_position[place] for place in self._gone.get(member, ()))
        starts.update(position for position in gone if network.tree(position) == tree)
        credited = data.row_position[row]
        if credited >= 0 and network.tree(credited) == tree:
            starts.add(credited)
        ways = [self._way(tree, start, data.row_as_of[row]) for start in sorted(starts)]
        return [way for way in ways if way]

    def _way(self, tree, start, moment):
        key = min(tree, 0), start, moment
        if key not in self._known:
            way, below, spot, node = [], -1, -1, start
            while node >= 0:
                above, place = self._above(tree, node, moment)
                if place == NOWHERE:
                    break
                way.append((node, below, spot))
                below, spot, node = node, place, above
            self._known[key] = way
        return self._known[key]

    def _above(self, tree, node, moment):
        """Return who stood above a node, and on which spot of theirs it stood."""
        data = self.run.inputs
        replaced = (self._sponsors if tree < 0 else self._parents).get(node, ())
        later = [link for link in replaced if link[0] > moment]
        if later:
            return min(later)[1:]
        if tree < 0:
            return data.sponsor[node], -1
        return data.position_parent[node], data.position_leg[node]

    def through(self, tree, node):
        """Return ``[(row, way, place)]`` of the ways that lead through a node of a tree, and
        the place of the node on each."""
        if tree not in self._through:
            known = self._through[tree] = defaultdict(list)
            for row in self.rows:
                for way in self.in_tree(row, tree):
                    for place, entry in enumerate(way):
                        known[entry[0]].append((row, way, place))
        return self._through[tree].get(node, ())

    def on_side(self, position, side):
        """Return the rows whose sale stood on a side of a position."""
        if self._sides is None:
            self._sides = defaultdict(list)
            for row in self.rows:
                for node, _below, spot in self.from_position(row):
                    self._sides[node, spot].append(row)
        return self._sides.get((position, side), ())
