from odoo import models

from .mlm_position import LEG_SLOTS


class MlmPosition(models.Model):
    """The strategies: which free spot below a position somebody gets.

    All of them walk through closed positions, whose empty spots may be taken.
    """

    _inherit = "mlm.position"

    def _find_free_spot(self, strategy):
        """Return the free spot below this position that a strategy gives.

        - ``auto``: in a binary tree the outer spot of the side whose outer line is
          shorter (left on a tie), in a matrix as ``breadth``, in a free tree the next
          spot directly below;
        - ``left``, ``right``: always the first (last) spot, down to a free one;
        - ``weaker``, ``balanced``: the leg with less volume (fewer positions, the
          first on a tie), in a binary tree its outer spot, in a matrix its first
          free spot level by level;
        - ``breadth``: the first free spot, level by level.

        :return: (position, slot), or None when the matrix of this position is full
            and its people wait
        :raise UserError: the tree knows no such strategy
        """
        self.ensure_one()
        tree = self.tree_id
        tree._ensure_strategy(strategy)
        if tree.kind == "free":
            return self, self._free_slot()
        depth = None
        if tree.kind == "matrix":
            depth = tree.depth if tree.full_matrix == "wait" else None
            strategy = "breadth" if strategy == "auto" else strategy
        return getattr(self, f"_find_{strategy}")(tree, depth)

    def _find_auto(self, tree, depth):
        left, left_depth = self._walk_outer(LEG_SLOTS["left"])
        right, right_depth = self._walk_outer(LEG_SLOTS["right"])
        if left_depth <= right_depth:
            return left, LEG_SLOTS["left"]
        return right, LEG_SLOTS["right"]

    def _find_left(self, tree, depth):
        return self._find_outer(1, depth)

    def _find_right(self, tree, depth):
        return self._find_outer(tree._get_width(), depth)

    def _find_outer(self, slot, depth):
        position, level = self._walk_outer(slot)
        return None if depth is not None and level >= depth else (position, slot)

    def _find_breadth(self, tree, depth):
        found = self._walk_breadth(tree._get_width(), depth)
        return found and found[:2]

    def _find_weaker(self, tree, depth):
        width = tree._get_width()
        slot = self._free_slot(width)
        if slot is None:
            weights = tree._leg_volumes(self)
            slot = min(range(1, width + 1), key=lambda leg: (weights.get(leg, 0), leg))
        return self._find_in_leg(tree, slot, depth)

    def _find_balanced(self, tree, depth):
        width = tree._get_width()
        slot = self._free_slot(width)
        if slot is None:
            slot = self._smallest_leg(width)
        return self._find_in_leg(tree, slot, depth)

    def _find_in_leg(self, tree, slot, depth):
        if tree.kind == "binary":
            return self._find_outer(slot, depth)
        child = self._child_at(slot)
        if not child:
            return self, slot
        # this leg first, then the other legs of the own matrix, then further below
        found = child._find_breadth(tree, tree.depth - 1) or self._find_breadth(tree, tree.depth)
        return found or (child._find_breadth(tree, None) if depth is None else None)
