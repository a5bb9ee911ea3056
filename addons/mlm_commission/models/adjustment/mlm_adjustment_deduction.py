# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmAdjustmentDeduction(models.Model):
    """One deduction of a posted adjustment; of one taken back, with the other sign."""

    _name = "mlm.adjustment.deduction"
    _description = "Deduction of an Adjustment"
    _inherit = ["mlm.deducted"]
    _log_access = False

    adjustment_id = fields.Many2one(
        "mlm.adjustment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="adjustment_id.company_id")
