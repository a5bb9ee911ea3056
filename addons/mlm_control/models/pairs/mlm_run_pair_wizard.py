# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmRunPairWizard(models.TransientModel):
    """Asks which two previews of a cycle are to be compared."""

    _name = "mlm.run.pair.wizard"
    _description = "Choose Two Previews"

    after_id = fields.Many2one("mlm.run", required=True, string="This preview")
    period_id = fields.Many2one(related="after_id.period_id")
    run_ids = fields.Many2many("mlm.run", compute="_compute_run_ids")
    before_id = fields.Many2one(
        "mlm.run",
        string="Beside",
        compute="_compute_before_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        domain="[('id', 'in', run_ids)]",
    )

    @api.depends("after_id")
    def _compute_run_ids(self):
        for wizard in self:
            wizard.run_ids = wizard.after_id._get_others()

    @api.depends("after_id")
    def _compute_before_id(self):
        """The preview before, else the newest of the others."""
        for wizard in self:
            others = wizard.after_id._get_others()
            wizard.before_id = (wizard.after_id.previous_id & others) or others[:1]

    def action_compare(self):
        self.ensure_one()
        pair = self.env["mlm.run.pair"]._request(self.before_id, self.after_id)
        return pair.with_env(self.env)._action_open()
