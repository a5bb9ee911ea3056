# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMoveLine(models.Model):
    """Items that pay an invoice from commissions owed."""

    _inherit = "account.move.line"

    def _mlm_confirms_payment(self, invoice):
        return super()._mlm_confirms_payment(invoice) or self._mlm_is_settlement(invoice)

    def _mlm_is_settlement(self, invoice):
        """Whether the entry pays the invoice from the commissions payable of its buyer or of
        the distributor who sold it (RULES 46).

        What it takes from there covers all that it settles of receivables: a write-off in
        the same entry is no payment.
        """
        accounts = invoice.company_id._mlm_payable_accounts()
        if not accounts or self.move_id.move_type != "entry":
            return False
        # sudo: contacts of people whom an accountant need not see
        people = (invoice.mlm_buyer_id | invoice.mlm_distributor_id).sudo()
        own = invoice.partner_id | invoice.commercial_partner_id | people.partner_id
        # sudo: the entry as a whole, of which the user sees one line matched
        items = self.move_id.sudo().line_ids
        payable = items.filtered(
            lambda line: line.account_id in accounts and line.partner_id in own
        )
        receivable = items.filtered(lambda line: line.account_id.account_type == "asset_receivable")
        taken, settled = sum(payable.mapped("balance")), -sum(receivable.mapped("balance"))
        return settled > 0 and invoice.company_currency_id.compare_amounts(taken, settled) >= 0
