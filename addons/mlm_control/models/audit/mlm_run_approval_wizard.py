# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmRunApprovalWizard(models.TransientModel):
    """Asks why a run is approved without a clean audit."""

    _name = "mlm.run.approval.wizard"
    _description = "Approve Without a Clean Audit"

    run_id = fields.Many2one("mlm.run", required=True, readonly=True)
    verdict = fields.Text(compute="_compute_verdict", string="Audit")
    reason = fields.Text(required=True)

    def _compute_verdict(self):
        for wizard in self:
            wizard.verdict = wizard.run_id._why_unproved()

    def action_approve(self):
        self.ensure_one()
        self.run_id.with_context(mlm_audit_reason=self.reason).action_approve()
        return {"type": "ir.actions.act_window_close"}
