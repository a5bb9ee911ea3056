# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmComparisonCause(models.TransientModel):
    """Differences of one cause; all causes sum to the difference of the totals."""

    _name = "mlm.comparison.cause"
    _description = "Cause of Differences"
    _order = "id"

    comparison_id = fields.Many2one("mlm.comparison", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="comparison_id.currency_id")
    cause = fields.Char(string="Cause Key", readonly=True)
    name = fields.Char(string="Cause", readonly=True)
    lines = fields.Integer(readonly=True)
    people = fields.Integer(readonly=True)
    difference_e4 = BigInteger(readonly=True, string="Difference (ten-thousandths)")
    difference = ScaledMonetary(scaled="difference_e4")

    def action_lines(self):
        """Open the differences of this cause."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "mlm.comparison.line",
            "view_mode": "list,kanban",
            "domain": [
                ("comparison_id", "=", self.comparison_id.id),
                ("cause", "=", self.cause),
            ],
        }
