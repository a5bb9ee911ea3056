# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmPlanRetire(models.TransientModel):
    """Asks for the reason for which the active version of a plan is to end."""

    _name = "mlm.plan.retire"
    _description = "Retire a Plan"

    version_id = fields.Many2one("mlm.plan.version", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_ask(self):
        self.version_id._ask_to_retire(self.reason)
        return {"type": "ir.actions.act_window_close"}
