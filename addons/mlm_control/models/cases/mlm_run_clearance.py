# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmRunClearance(models.Model):
    """Who looked at a case and why it is no obstacle, or is one again.

    On record for good. It names the case by its facts (``key``), so that the next
    preview of the cycle, which finds the same case again, finds the decision too.
    """

    _name = "mlm.run.clearance"
    _description = "Clearance of a Case"
    _inherit = ["mlm.append.only"]
    _order = "recorded_at desc, id desc"
    _rec_name = "reason"
    _log_access = False

    period_id = fields.Many2one(
        "mlm.period", required=True, index=True, ondelete="restrict", string="Cycle"
    )
    network_id = fields.Many2one(related="period_id.network_id")
    run_number = fields.Integer(string="Run", aggregator=None)
    key = fields.Char(required=True, index=True, help="SHA-256 of the facts of the case.")
    kind = fields.Char(required=True)
    distributor_id = fields.Many2one("mlm.distributor", index="btree_not_null", ondelete="restrict")
    text = fields.Text(required=True, help="The case as it was read.")
    decision = fields.Selection([("cleared", "Cleared"), ("open", "Reopened")], required=True)
    is_lasting = fields.Boolean(
        string="Also in later cycles", help="As long as the facts stay the same."
    )
    reason = fields.Text(required=True)
