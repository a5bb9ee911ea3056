# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_genealogy.scope import Scope


class MlmTreeTotal(models.Model):
    """Volume of the large branches in the cycle that was open at the count."""

    _inherit = "mlm.tree.total"

    period_id = fields.Many2one("mlm.period", string="Cycle", ondelete="cascade")
    pv_e4 = BigInteger(string="PV (ten-thousandths)")
    cv_e4 = BigInteger(string="CV (ten-thousandths)")

    def _get_kept_names(self):
        return [*super()._get_kept_names(), "period_id"]

    def _get_constants(self, network, tree):
        period = self.env["mlm.tree.read"]._get_period(Scope(network, tree))
        return {**super()._get_constants(network, tree), "period_id": period.id or None}

    def _get_measures(self, network, tree):
        found = super()._get_measures(network, tree)
        period = self.env["mlm.tree.read"]._get_period(Scope(network, tree))
        if period:
            self.env["mlm.volume.entry"].flush_model()
            nodes, pv, cv = self._fetch(
                SQL(
                    """SELECT %(node)s, sum(pv_e4)::bigint, sum(cv_e4)::bigint
                         FROM mlm_volume_entry
                        WHERE period_id = %(period)s AND %(node)s IS NOT NULL GROUP BY 1""",
                    node=SQL("position_id") if tree else SQL("distributor_id"),
                    period=period.id,
                ),
                3,
            )
            found.update(pv_e4=(nodes, pv), cv_e4=(nodes, cv))
        return found
