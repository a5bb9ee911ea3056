# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class MlmTree(models.Model):
    _inherit = "mlm.tree"

    def _leg_volumes(self, position):
        """Weigh the legs by the CV of the cycle that takes sales of today, in
        ten-thousandths; without such a cycle by the number of positions."""
        self.ensure_one()
        # sudo: the present cycle, only to weigh the legs by
        period = self.env["mlm.period"].sudo()._taking(self.network_id)
        if not period:
            return super()._leg_volumes(position)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE below(leg, id) AS (
                       SELECT slot, id FROM mlm_position
                        WHERE tree_id = %(tree)s AND parent_id = %(start)s
                   UNION ALL
                       SELECT below.leg, child.id FROM below, LATERAL (
                           SELECT node.id FROM mlm_position node
                            WHERE node.tree_id = %(tree)s AND node.parent_id = below.id
                           OFFSET 0) child
                   ), volume AS (
                       SELECT position_id, sum(cv_e4)::bigint AS cv_e4 FROM mlm_volume_entry
                        WHERE period_id = %(period)s AND position_id IS NOT NULL
                        GROUP BY position_id
                   )
                   SELECT below.leg, sum(volume.cv_e4)::bigint
                     FROM below JOIN volume ON volume.position_id = below.id
                    GROUP BY below.leg""",
                tree=self.id,
                start=position.id,
                period=period.id,
            )
        )
        return dict(rows)
