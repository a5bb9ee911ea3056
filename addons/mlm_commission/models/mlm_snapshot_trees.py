# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np

from odoo import models

from ..copy_binary import copy_out
from ..engine.snapshot import LEG_NONE
from ..snapshot_columns import index_of

LEGS = "CASE l.leg WHEN 'left' THEN 0 WHEN 'right' THEN 1 ELSE -1 END"


class MlmSnapshot(models.AbstractModel):
    """Positions of a run."""

    _inherit = "mlm.snapshot"

    def _load_positions(self, snapshot, period):
        """The binary tree by the links valid at the period's end: a move counts from
        the first period that ends after it, closed spots pass volume through, and
        removed ones have left. Other trees feed no legs."""
        rows = copy_out(
            self.env.cr,
            f"""
            SELECT p.id::bigint, coalesce(p.distributor_id, 0)::bigint,
                   coalesce(l.parent_position_id, 0)::bigint, ({LEGS})::bigint
              FROM mlm_link l
              JOIN mlm_tree t ON t.id = l.tree_id
              JOIN mlm_position p ON p.id = l.position_id
             WHERE t.company_id = %(company)s AND t.kind = 'binary'
               AND l.superseded_at IS NULL AND l.valid_from < %(end)s
               AND (l.valid_to IS NULL OR l.valid_to >= %(end)s)
             ORDER BY p.id
            """,
            {"company": period.company_id.id, "end": period._end_moment()},
            ("id", "member", "parent", "leg"),
        )
        snapshot.position_id = rows["id"]
        snapshot.position_member = index_of(snapshot.member_id, rows["member"])
        snapshot.position_parent = index_of(rows["id"], rows["parent"])
        snapshot.position_leg = np.where(snapshot.position_parent < 0, LEG_NONE, rows["leg"])
