# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary

from .mlm_deduction import KEPT


class MlmDeducted(models.AbstractModel):
    """One deduction of a posted document, with its base, rate, account and reason.

    A concrete model names the document, which has ``company_id``.
    """

    _name = "mlm.deducted"
    _description = "Deduction of a Document"
    _inherit = ["mlm.append.only"]
    _order = "id"

    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one(related="company_id.currency_id")
    code = fields.Char(required=True)
    name = fields.Char(string="Name as Posted", required=True)
    reason = fields.Char(string="Reason as Posted")
    basis = fields.Json(help="What the deduction was made from; the texts are told from it.")
    told_name = fields.Char(string="Deduction", compute="_compute_told")
    told_reason = fields.Char(string="Reason", compute="_compute_told")
    account_id = fields.Many2one("account.account", required=True, ondelete="restrict")
    tax_repartition_line_id = fields.Many2one("account.tax.repartition.line", ondelete="restrict")
    base_e4 = BigInteger(string="Base (ten-thousandths)", required=True)
    rate_e6 = BigInteger(string="Rate (millionths)", required=True)
    amount_e4 = BigInteger(string="Amount (ten-thousandths)", required=True)
    base = ScaledMonetary(scaled="base_e4")
    amount = ScaledMonetary(scaled="amount_e4")

    @api.depends("code", "basis", "name", "reason")
    @api.depends_context("lang")
    def _compute_told(self):
        deductions = self.env["mlm.deduction"]
        for line in self:
            line.told_name, line.told_reason = deductions._get_told(line)

    @api.model
    def _get_kept(self, line):
        """Values of a row from a line of the contract."""
        return {name: line[name] for name in KEPT}

    def _get_lines(self):
        """Return rows as lines of the contract."""
        return [
            {
                **{name: line[name] for name in KEPT},
                "account_id": line.account_id.id,
                "tax_repartition_line_id": line.tax_repartition_line_id.id,
            }
            for line in self
        ]
