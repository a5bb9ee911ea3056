from odoo import models
from odoo.exceptions import UserError

from ...placement import PlacementBatch, held_counts
from .mlm_position import LEG_SLOTS


class MlmPosition(models.Model):
    """Placement: the only way in which a position comes into being, and the strategies, which
    say on which free spot below a position somebody is placed.

    All strategies walk through closed positions, whose empty spots may be taken.
    """

    _inherit = "mlm.position"

    def _place(self, distributor, parent=None, leg=False, at=None, tree=None, slot=0):
        """Place ``distributor`` below ``parent`` on a spot.

        The caller has checked the right to do so.

        :param distributor: `mlm.distributor`
        :param parent: `mlm.position`, or None or empty for the head of the tree
        :param leg: "left" or "right" in a binary tree, False at the head
        :param at: naive UTC datetime, by default now
        :param tree: `mlm.tree`; by default the parent's, or the network's first
        :param int slot: number of the spot, instead of the leg
        :raise UserError: the spot is taken or not possible
        :return: the new position
        """
        placement = {
            "distributor": distributor,
            "parent_id": parent.id if parent else False,
            "leg": leg,
            "slot": slot,
            "at": at,
            "tree_id": tree.id if tree else False,
        }
        return self._place_many([placement])

    def _place_many(self, placements):
        """Place people, each after those before it in the list.

        Each dict holds ``distributor``, optional ``tree_id`` and ``at`` (naive UTC),
        and either ``strategy`` (below the sponsor: see `_find_free_spot`, or "default"
        for the one of the sponsor or of the tree) or ``parent_id`` or ``parent_code``
        (which may be placed by the same call) with ``slot`` or ``leg``, or none of
        them for the head of the tree. Below a position of a free tree the next slot
        is taken if none is named. Without ``at`` the placement begins at
        ``earliest``, by default now, or when the spot came free.

        :raise UserError: a spot is taken or not possible; nothing is written then
        :return: the positions, in the same order; somebody for whom the matrix of the
            sponsor has no room waits in the holding tank and has none
        """
        if not placements:
            return self.browse()
        Tree = self.env["mlm.tree"]
        trees = {}
        for item in placements:
            network = item["distributor"].network_id
            tree = Tree.browse(item.get("tree_id"))
            if not tree and item.get("parent_id"):
                tree = self.browse(item["parent_id"]).tree_id
            if not tree:
                tree = trees.get(network) or Tree._get_default(network)
                trees[network] = tree
            item["_tree"] = tree
            item["distributor"]._ensure_placeable(tree)
        # before anything is read: see `_bump_version`
        Tree.union(*(item["_tree"] for item in placements))._bump_version()
        self._forget()
        batch = PlacementBatch(self, placements)
        for item in placements:
            batch.add(item)
        batch.flush()
        return self.browse(batch.ids)

    def _get_held(self, placements):
        return held_counts(self, {(p["_tree"].id, p["distributor"].id) for p in placements})

    def _forget(self):
        """Read the tree anew: others may have changed it until the version was ours."""
        self.invalidate_model(["child_ids", "parent_id", "slot", "leg", "state"])

    def _ensure_in_tree(self):
        """Refuse positions that are no longer in the tree."""
        for record in self:
            if record.state == "removed":
                raise UserError(
                    self.env._(
                        "%s is no longer in the tree. Choose another position.",
                        record.display_name,
                    )
                )

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
