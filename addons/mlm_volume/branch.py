# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Totals of whole branches, in a few machine words for each person."""

from array import array
from bisect import bisect_left


class BranchTotals:
    """Sums of every node with everything below it.

    Five integers of 64 bits for each node, and nothing else: a million people take
    forty megabytes, whatever the depth.

    :param rows: iterable of ``(node, parent or None, level, pv_e4, cv_e4)``, by node
    """

    def __init__(self, rows):
        self._nodes, self._parents, self._levels, self._pv, self._cv = (
            array("q") for __ in range(5)
        )
        for node, parent, level, pv, cv in rows:
            self._nodes.append(node)
            self._parents.append(parent or 0)
            self._levels.append(level)
            self._pv.append(pv)
            self._cv.append(cv)
        self._add_up()

    def _add_up(self):
        # from the bottom: whoever is added to the person above is complete already
        for at in sorted(range(len(self._nodes)), key=self._levels.__getitem__, reverse=True):
            if self._pv[at] or self._cv[at]:
                above = self._index(self._parents[at])
                if above is not None:
                    self._pv[above] += self._pv[at]
                    self._cv[above] += self._cv[at]

    def _index(self, node):
        at = bisect_left(self._nodes, node)
        return at if at < len(self._nodes) and self._nodes[at] == node else None

    def get(self, node):
        """Return ``(pv_e4, cv_e4)`` of a node with its branch."""
        at = self._index(node)
        return (0, 0) if at is None else (self._pv[at], self._cv[at])
