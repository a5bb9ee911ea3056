# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmDateAllow(models.TransientModel):
    """Asks why the date of postings is allowed."""

    _name = "mlm.date.allow"
    _description = "Allow the Date of a Posting"

    res_model = fields.Selection(
        [("mlm.run", "Run"), ("mlm.adjustment", "Adjustment")], required=True, readonly=True
    )
    res_ids = fields.Json(string="Postings", required=True, readonly=True)
    problem = fields.Text(compute="_compute_problem")
    reason = fields.Text(required=True)

    def _compute_problem(self):
        for wizard in self:
            wizard.problem = "\n".join(filter(None, wizard._records().mapped("date_problem")))

    def _records(self):
        # opened by itself it is about nothing
        return self.env[self.res_model or "mlm.run"].browse(self.res_ids or ())

    def action_allow(self):
        self._records()._allow_date(self.reason)
        return {"type": "ir.actions.act_window_close"}
