# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matrix: a unilevel over the positions of a matrix, down to its height."""

from . import unilevel


class Rule(unilevel.Rule):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        height = int(self.param("height", 0))
        if height:
            self.levels.count = min(self.levels.count, height)

    @property
    def tree(self):
        if self.document.get("tree") is not None:
            return super().tree
        kinds = [item.get("kind") for item in self.run.plan.trees]
        return kinds.index("matrix")
