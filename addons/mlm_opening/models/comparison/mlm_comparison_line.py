# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmComparisonLine(models.TransientModel):
    """One person and bonus of which the two systems say different things."""

    _name = "mlm.comparison.line"
    _description = "Difference from Another System"
    _order = "id"

    comparison_id = fields.Many2one("mlm.comparison", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", readonly=True)
    line = fields.Integer(readonly=True, aggregator=None, help="Line of the file; 0: only here.")
    code = fields.Char(readonly=True)
    bonus = fields.Char(readonly=True)
    old_e4 = BigInteger(readonly=True, string="Previous System (ten-thousandths)")
    ours_e4 = BigInteger(readonly=True, string="Here (ten-thousandths)")
    difference_e4 = BigInteger(readonly=True, string="Difference (ten-thousandths)")
    old = ScaledMonetary(scaled="old_e4", string="Previous System")
    ours = ScaledMonetary(scaled="ours_e4", string="Here")
    difference = ScaledMonetary(scaled="difference_e4")
    old_rank = fields.Char(readonly=True, string="Rank There")
    our_rank = fields.Char(readonly=True, string="Rank Here")
    cause = fields.Char(readonly=True, string="Cause Key")
    cause_name = fields.Char(readonly=True, string="Cause")
    note = fields.Char(readonly=True, string="Evidence")

    def action_explain(self):
        """Open how our cycle of this person went."""
        self.ensure_one()
        distributor = self.env["mlm.distributor"].search(
            [("network_id", "=", self.comparison_id.network_id.id), ("code", "=", self.code)]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mlm_commission.action_mlm_explanation"
        )
        return {
            **action,
            "context": {
                "default_run_id": self.comparison_id.run_id.id,
                "default_distributor_id": distributor.id,
            },
        }
