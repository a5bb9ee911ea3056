# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...plan_guard import seal_plan_table


class MlmPlanBonus(models.Model):
    """A bonus of one plan version; made from the document, never by hand."""

    _name = "mlm.plan.bonus"
    _description = "Bonus"
    _inherit = "mlm.guarded"
    _order = "version_id, sequence"
    _server_only = True

    version_id = fields.Many2one("mlm.plan.version", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer()
    code = fields.Char(required=True)
    rule = fields.Char(required=True, help="File of the rule in the engine.")
    name = fields.Char(required=True, translate=True)

    _code_uniq = models.Constraint(
        "UNIQUE(version_id, code)", "A bonus of this version already has this code."
    )

    @api.private
    def init(self):
        result = super().init()
        seal_plan_table(self.env.cr, self._table)
        return result
