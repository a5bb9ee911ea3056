# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .mlm_run_check import LASTING


class MlmRunCheckWizard(models.TransientModel):
    """Asks for the reason with which cases are cleared or opened again."""

    _name = "mlm.run.check.wizard"
    _description = "Decide Cases"

    decision = fields.Selection(
        [("cleared", "Clear"), ("open", "Reopen")], required=True, readonly=True
    )
    check_ids = fields.Many2many("mlm.run.check", string="Cases", readonly=True)
    check_count = fields.Integer(compute="_compute_from_checks", string="Number of cases")
    text = fields.Text(compute="_compute_from_checks", string="What was found")
    can_last = fields.Boolean(compute="_compute_from_checks")
    reason = fields.Text(required=True)
    is_lasting = fields.Boolean(
        string="Also in later cycles",
        help="As long as the same people share the same data, the case is not reopened.",
    )

    @api.depends("check_ids")
    def _compute_from_checks(self):
        for wizard in self:
            checks = wizard.check_ids
            wizard.check_count = len(checks)
            wizard.text = checks.text if len(checks) == 1 else False
            wizard.can_last = any(check.kind in LASTING for check in checks)

    def action_decide(self):
        self.check_ids._decide(self.decision, self.reason, self.is_lasting)
        return {"type": "ir.actions.act_window_close"}
