# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _mlm_payment_date(self):
        """Of a bank line the day of the operation, which may be before its value date."""
        line = self.statement_line_id
        # sudo: when a deposit was paid in, of an item that is read
        deposit = line and self.env["mlm.deposit"].sudo().search(
            [("statement_line_id", "=", line.id)], limit=1
        )
        return deposit.paid_on if deposit else super()._mlm_payment_date()
