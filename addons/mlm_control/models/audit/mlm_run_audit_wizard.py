# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmRunAuditWizard(models.TransientModel):
    """Asks how much of a run the reference calculator is to recompute."""

    _name = "mlm.run.audit.wizard"
    _description = "Audit a Run"

    run_id = fields.Many2one("mlm.run", required=True, readonly=True)
    network_id = fields.Many2one(related="run_id.network_id")
    scope = fields.Selection(
        [("all", "Everybody"), ("sample", "A sample"), ("person", "One person")],
        string="Recompute",
        required=True,
        default="all",
    )
    size = fields.Integer(
        string="People of the sample", compute="_compute_size", store=True, readonly=False
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", string="Person", domain="[('network_id', '=', network_id)]"
    )

    @api.depends("run_id")
    def _compute_size(self):
        for wizard in self:
            wizard.size = wizard.network_id.audit_sample

    def action_start(self):
        """Queue the audit, or make it, and open it."""
        self.ensure_one()
        run = self.run_id
        run._ensure_may_audit()
        if not run.digest or run.state == "cancelled":
            raise UserError(self.env._("%(run)s has no result to audit.", run=run.display_name))
        if self.scope == "sample" and self.size < 1:
            raise UserError(self.env._("A sample needs at least one person."))
        if self.scope == "person" and not self.distributor_id:
            raise UserError(self.env._("Choose the person to recompute."))
        audit = self.env["mlm.run.audit"]._request(run, self.scope, self.size, self.distributor_id)
        return audit.with_env(self.env).action_open()
