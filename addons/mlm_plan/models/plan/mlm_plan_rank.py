# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger

from ...plan_guard import seal_plan_table


class MlmPlanRank(models.Model):
    """A rank of one plan version; made from the document, never by hand."""

    _name = "mlm.plan.rank"
    _description = "Rank"
    _inherit = "mlm.guarded"
    _order = "version_id, sequence"
    _server_only = True

    version_id = fields.Many2one("mlm.plan.version", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(help="Place in the plan: 0 is the lowest.")
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    minimum_e4 = BigInteger(string="Minimum (ten-thousandths)")

    _code_uniq = models.Constraint(
        "UNIQUE(version_id, code)", "A rank of this version already has this code."
    )

    @api.private
    def init(self):
        result = super().init()
        seal_plan_table(self.env.cr, self._table)
        return result
