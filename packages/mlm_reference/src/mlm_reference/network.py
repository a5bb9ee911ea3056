# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sponsor tree as it was at any moment of the period, and the placement trees."""

from bisect import bisect_right
from collections import defaultdict


class Network:
    def __init__(self, inputs):
        self.inputs = inputs
        self.sponsored = inputs.grouped("sponsor")
        self.owned = inputs.grouped("position_member")
        self.owned.pop(-1, None)
        self.below = inputs.grouped("position_parent")
        self._changes = defaultdict(list)
        for place, member in enumerate(inputs.link_member):
            self._changes[member].append((inputs.link_moment[place], place))
        self._moved_below = defaultdict(list)
        for place, sponsor in enumerate(inputs.link_sponsor):
            self._moved_below[sponsor].append(inputs.link_member[place])
        self._moments = sorted(inputs.link_moment)
        self._depth, self._passed = {}, {}
        self._number, self._last = None, None

    # -- sponsor tree

    def sponsor(self, member, moment=None):
        """Return the sponsor at a moment, or at the period's end."""
        if member < 0:
            return -1
        if moment is not None and member in self._changes:
            later = [item for item in self._changes[member] if item[0] > moment]
            if later:
                return self.inputs.link_sponsor[min(later)[1]]
        return self.inputs.sponsor[member]

    def changes_before(self, moment):
        """Return how many sponsors of the period have changed up to a moment."""
        return bisect_right(self._moments, moment)

    def downline(self, member):
        """Return everybody below somebody, the nearest first."""
        found = list(self.sponsored.get(member, ()))
        for one in found:
            found += self.sponsored.get(one, ())
        return found

    def ever_below(self, member, levels=None):
        """Return everybody who was below somebody at any moment of the period, to so many
        levels."""
        seen, level, depth = {member}, [member], 0
        while level and (levels is None or depth < levels):
            depth += 1
            level = [
                other
                for one in level
                for other in (*self.sponsored.get(one, ()), *self._moved_below.get(one, ()))
            ]
            level = [other for other in dict.fromkeys(level) if other not in seen]
            seen.update(level)
        return seen - {member}

    def passed_up(self, count):
        """Return ``{member: the one above}`` after everybody's first distributors are passed
        up; who is passed up passes on to the new one above."""
        if count not in self._passed:
            data, first = self.inputs, set()
            for sponsor, below in self.sponsored.items():
                if sponsor >= 0 and data.sponsor[sponsor] >= 0:
                    recruits = sorted(
                        (data.member_joined[one], data.member_id[one], one)
                        for one in below
                        if data.member_kind[one] == 0
                    )
                    first.update(one for _, _, one in recruits[:count])
            above = {}
            for top in self.sponsored.get(-1, ()):
                above[top] = -1
                for one in self.downline(top):  # the sponsor always comes before
                    sponsor = data.sponsor[one]
                    above[one] = above[sponsor] if one in first else sponsor
            self._passed[count] = above
        return self._passed[count]

    def depth(self, member):
        """Return how many links lie between somebody and the root."""
        path = []
        while member >= 0 and member not in self._depth:
            path.append(member)
            member = self.inputs.sponsor[member]
        depth = self._depth[member] if member >= 0 else -1
        for one in reversed(path):
            depth += 1
            self._depth[one] = depth
        return self._depth[path[0]] if path else depth

    # -- placement trees

    def tree(self, position):
        """Return the index of a position's tree among the plan's placement trees."""
        trees = self.inputs.position_tree
        return trees[position] if trees else 0

    def positions_of(self, member, tree):
        return [place for place in self.owned.get(member, ()) if self.tree(place) == tree]

    def positions_below(self, position):
        """Return all positions below one."""
        found = list(self.below.get(position, ()))
        for one in found:
            found += self.below.get(one, ())
        return found

    def child_on_leg(self, position, leg):
        for child in self.below.get(position, ()):
            if self.inputs.position_leg[child] == leg:
                return child
        return -1

    def leg_towards(self, position, top):
        """Return the child of ``top`` above (or at) a position, -1 if not below it."""
        if self._number is None:
            self._count_positions()
        number = self._number[position]
        if self._number[top] < number <= self._last[top]:
            for child in self.below[top]:
                if self._number[child] <= number <= self._last[child]:
                    return child
        return -1

    def _count_positions(self):
        """Number the positions, each before those below it and these before any other: a
        position is followed by what stands below it, up to a last number."""
        self._number = [0] * len(self.inputs.positions)
        self._last = list(self._number)
        waiting, count = list(self.below.get(-1, ())), 0
        order = []
        while waiting:
            position = waiting.pop()
            order.append(position)
            count += 1
            self._number[position] = self._last[position] = count
            waiting += self.below.get(position, ())
        for position in reversed(order):
            parent = self.inputs.position_parent[position]
            if parent >= 0:
                self._last[parent] = max(self._last[parent], self._last[position])
