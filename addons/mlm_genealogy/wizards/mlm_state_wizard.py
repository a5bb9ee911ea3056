from odoo import fields, models


class MlmStateWizard(models.TransientModel):
    """Suspension or reinstatement, with its reason."""

    _name = "mlm.state.wizard"
    _description = "Suspension or Reinstatement"

    distributor_id = fields.Many2one("mlm.distributor", required=True, readonly=True)
    action = fields.Selection(
        [("suspend", "Suspend"), ("reinstate", "Reinstate")],
        required=True,
        readonly=True,
    )
    effective_at = fields.Datetime(
        string="Effective on", required=True, default=fields.Datetime.now
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        self.ensure_one()
        self.distributor_id.check_access("write")
        if self.action == "suspend":
            self.distributor_id._suspend(self.reason, self.effective_at)
        else:
            self.distributor_id._reinstate(self.reason, self.effective_at)
        return {"type": "ir.actions.act_window_close"}
