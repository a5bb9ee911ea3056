# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmStatementDeduction(models.Model):
    """One deduction of a statement."""

    _name = "mlm.statement.deduction"
    _description = "Deduction of a Statement"
    _inherit = ["mlm.deducted"]
    _log_access = False

    statement_id = fields.Many2one("mlm.statement", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="statement_id.company_id")
