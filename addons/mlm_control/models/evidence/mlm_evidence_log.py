# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmEvidenceLog(models.Model):
    """Who took the evidence pack of a run out of the system, and when."""

    _name = "mlm.evidence.log"
    _description = "Download of an Evidence Pack"
    _inherit = ["mlm.append.only"]
    _order = "recorded_at desc, id desc"
    _rec_name = "recorded_at"
    _log_access = False

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="restrict")
    network_id = fields.Many2one(related="run_id.network_id")
    sha256 = fields.Char(string="File (SHA-256)", required=True)
    size = fields.Integer(string="Size (KiB)", aggregator=None)
