# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmAdjustmentDeduction(models.Model):
    """One deduction of a posted adjustment; of one taken back, with the other sign."""

    _name = "mlm.adjustment.deduction"
    _description = "Deduction of an Adjustment"
    _inherit = ["mlm.append.only"]
    _log_access = False
    _order = "id"

    adjustment_id = fields.Many2one(
        "mlm.adjustment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="adjustment_id.company_id")
    currency_id = fields.Many2one(related="adjustment_id.currency_id")
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    reason = fields.Char()
    account_id = fields.Many2one("account.account", required=True, ondelete="restrict")
    tax_repartition_line_id = fields.Many2one("account.tax.repartition.line", ondelete="restrict")
    base_e4 = BigInteger(string="Base (ten-thousandths)", required=True)
    rate_e6 = BigInteger(string="Rate (millionths)", required=True)
    amount_e4 = BigInteger(string="Amount (ten-thousandths)", required=True)
    base = ScaledMonetary(scaled="base_e4")
    amount = ScaledMonetary(scaled="amount_e4")
