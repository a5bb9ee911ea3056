# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.by_id import index_of, translated
from mlm_engine.kernel.snapshot import LEG_NONE

from odoo import api, models
from odoo.exceptions import UserError

from ...copy_binary import copy_out


class MlmSnapshot(models.AbstractModel):
    """Positions of a run, in all placement trees that the plan names."""

    _inherit = "mlm.snapshot"

    def _load_positions(self, snapshot, period, version):
        """Placement trees by the links valid at the period's end: a move counts from
        the first period that ends after it, closed spots pass volume through, and
        removed ones have left."""
        plan = version._plan()
        trees = self._placement_trees(plan, period.network_id)
        rows = copy_out(
            self.env.cr,
            """
            SELECT p.id, coalesce(p.distributor_id, 0), coalesce(l.parent_position_id, 0),
                   l.tree_id, coalesce(l.slot, 0) - 1
              FROM mlm_link l
              JOIN mlm_position p ON p.id = l.position_id
             WHERE l.tree_id = ANY(%(trees)s)
               AND l.superseded_at IS NULL AND l.valid_from < %(end)s
               AND (l.valid_to IS NULL OR l.valid_to >= %(end)s)
             ORDER BY p.id
            """,
            {"trees": list(trees), "end": period._end_moment()},
            ("id", "member", "parent", "tree", "spot"),
        )
        snapshot.position_id = rows["id"]
        snapshot.position_member = index_of(snapshot.member_id, rows["member"])
        snapshot.position_parent = index_of(rows["id"], rows["parent"])
        # spots are numbered from one; the first of a binary tree is the left leg
        snapshot.position_leg = np.where(snapshot.position_parent < 0, LEG_NONE, rows["spot"])
        if len(plan["trees"]) > 1:
            snapshot.position_tree = translated(rows["tree"], trees)

    @api.model
    def _placement_trees(self, plan, network):
        """``{tree id: index in the plan}``: by code, or the only tree of that kind.

        :raises UserError: when a bonus reads a tree that the network does not have
        """
        # sudo: the trees of the network, whoever computes
        records = self.env["mlm.tree"].sudo().search([("network_id", "=", network.id)])
        by_code = {tree.code: tree for tree in records}
        named = {item["code"] for item in plan["trees"]}
        found = {}
        for place, item in enumerate(plan["trees"]):
            tree = by_code.get(item["code"])
            if not tree:
                alike = records.filtered(
                    lambda one, item=item: one.kind == item["kind"] and one.code not in named
                )
                tree = alike if len(alike) == 1 else records.browse()
            if tree and tree.kind == item["kind"]:
                found[tree.id] = place
            elif records and any(bonus["tree"] == item["code"] for bonus in plan["bonuses"]):
                raise UserError(
                    self.env._(
                        "The plan reads the placement tree “%(code)s” (%(kind)s), and %(network)s "
                        "has none. Give that code to the tree it means (%(menu)s).",
                        code=item["code"],
                        kind=dict(
                            self.env["mlm.tree"]._fields["kind"]._description_selection(self.env)
                        ).get(item["kind"], item["kind"]),
                        network=network.display_name,
                        menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_tree"),
                    )
                )
        return found
