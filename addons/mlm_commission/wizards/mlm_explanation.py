# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmExplanation(models.TransientModel):
    """Shows why an amount is what it is, or why there is none."""

    _name = "mlm.explanation"
    _description = "Explanation of an Amount"

    run_id = fields.Many2one("mlm.run", required=True)
    earning_ref = fields.Char(help="Id of the earning; empty: the person's cycle.")
    distributor_id = fields.Many2one("mlm.distributor")
    html = fields.Html(compute="_compute_html", sanitize=False)

    @api.depends("run_id", "earning_ref", "distributor_id")
    @api.depends_context("lang")
    def _compute_html(self):
        for wizard in self:
            wizard.html = self.env["ir.qweb"]._render(
                "mlm_commission.explanation", {"found": wizard._explanation()}
            )

    def _explanation(self):
        if self.earning_ref:
            earning = self.env["mlm.earning"].browse(int(self.earning_ref))
            return self.run_id._explain(earning)
        return self.run_id._explain_distributor(self.distributor_id)

    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Explanation"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_earnings(self):
        self.ensure_one()
        return self.run_id._action_earnings(self.distributor_id)
