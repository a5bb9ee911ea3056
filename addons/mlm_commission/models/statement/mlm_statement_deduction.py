# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmStatementDeduction(models.Model):
    """One deduction of a statement, with its base, rate, account and reason."""

    _name = "mlm.statement.deduction"
    _description = "Deduction of a Statement"
    _inherit = ["mlm.append.only"]
    _log_access = False
    _order = "id"

    statement_id = fields.Many2one("mlm.statement", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="statement_id.company_id")
    currency_id = fields.Many2one(related="statement_id.currency_id")
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    reason = fields.Char()
    account_id = fields.Many2one("account.account", required=True, ondelete="restrict")
    base_e4 = BigInteger(string="Base (ten-thousandths)", required=True)
    rate_e6 = BigInteger(string="Rate (millionths)", required=True)
    amount_e4 = BigInteger(string="Earned (ten-thousandths)", required=True)
    base = ScaledMonetary(scaled="base_e4")
    amount = ScaledMonetary(scaled="amount_e4")
