# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A tree as measures see it: nodes, their owners, and who stands below."""

from ..sums import over_tree


class MeasureTree:
    """The sponsor tree (a node is a member) or a placement tree (a position)."""

    def __init__(self, run, code):
        self.run, self.tree = run, run.plan.tree_of(code)

    def nodes(self, member):
        """Return the nodes of somebody."""
        if self.tree < 0:
            return [member]
        return self.run.network.positions_of(member, self.tree)

    def children(self, node):
        network = self.run.network
        return (network.sponsored if self.tree < 0 else network.below).get(node, [])

    def owner(self, node):
        return node if self.tree < 0 else self.run.inputs.position_member[node]

    def legs(self, member):
        return [child for node in self.nodes(member) for child in self.children(node)]

    def below(self, node, passes=None):
        """Yield ``(node, level)`` of all below: the level is one more than the number of
        owned nodes between, counting only owners for whom ``passes`` holds."""
        waiting = [(child, 1) for child in self.children(node)]
        for one, level in waiting:
            yield one, level
            owner = self.owner(one)
            uses = owner >= 0 and (passes is None or passes(owner))
            waiting += [(child, level + uses) for child in self.children(one)]

    def group(self, node, column):
        """Return the volume of a node's owner and everybody below."""
        figures = getattr(self.run.inputs, column)
        back = sum(figures[row] for row, _way, _place in self._returned(node))
        return self._totals(column)[node] + back

    def leg_volumes(self, member, column):
        """Return the volumes of somebody's legs. A return is in the leg that its sale came in
        by, which is one of its own where nobody heads it any more."""
        data, found = self.run.inputs, {}
        for leg in self.legs(member):
            head = data.sponsor[leg] if self.tree < 0 else data.position_parent[leg]
            mark = leg if self.tree < 0 else data.position_leg[leg]
            found[head, mark] = self._totals(column)[leg]
        for node in self.nodes(member):
            for row, way, place in self._returned(node):
                _node, below, spot = way[place]
                if below >= 0:
                    key = node, below if self.tree < 0 else spot
                    found[key] = found.get(key, 0) + getattr(data, column)[row]
        return list(found.values())

    def own(self, node, column):
        """Return the volume of a node's owner; of a return, where the sale was credited."""
        figures = getattr(self.run.inputs, column)
        back = sum(figures[row] for row, _way, place in self._returned(node) if not place)
        return self.staying(self.owner(node), column) + back

    def _returned(self, node):
        return self.run.returned.through(self.tree, node)

    def staying(self, member, column):
        """Return somebody's own volume without returns of earlier periods."""
        if member < 0:
            return 0
        figures = getattr(self.run.inputs, column)
        gone = sum(figures[row] for row in self.run.returned.of(member))
        return self.run.people.own(member, column) - gone

    def _totals(self, column):
        known = self.run.totals
        if (self.tree, column) not in known:
            data = self.run.inputs
            if self.tree < 0:
                nodes, parents = data.members, data.sponsor
            else:
                nodes = [one for one in data.positions if self.run.network.tree(one) == self.tree]
                parents = data.position_parent
            known[self.tree, column] = over_tree(
                nodes,
                parents.__getitem__,
                lambda node: self.staying(self.owner(node), column),
            )
        return known[self.tree, column]


def tree_of(run, item):
    return MeasureTree(run, str(item.get("tree", "sponsor")))


def column_of(item):
    return f"row_{item.get('volume', 'pv')}_e4"
