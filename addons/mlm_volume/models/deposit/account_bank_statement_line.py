# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._mlm_list_deposits()
        return lines

    def _mlm_list_deposits(self):
        """List what came in on accounts on which buyers pay."""
        # sudo: whoever keeps the bank's lines need not see deposits
        as_internal(self.env["mlm.deposit"].sudo()).create(
            [
                {
                    "company_id": line.company_id.id,
                    "currency_id": line.currency_id.id,
                    "source": "bank",
                    "journal_id": line.journal_id.id,
                    "amount": line.amount,
                    "paid_on": line.date,
                    "reference": line.payment_ref or line.ref,
                    "payer": line.partner_name or line.partner_id.name,
                    "statement_line_id": line.id,
                }
                for line in self
                if line.amount > 0 and line.journal_id.mlm_deposits and not line.is_reconciled
            ]
        )
