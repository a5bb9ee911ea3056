# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMove(models.Model):
    """What settles an invoice, and what of it is a confirmed payment (RULES 3, 46)."""

    _inherit = "account.move"

    def _mlm_is_settled(self):
        """Whether what is matched with the invoice leaves nothing to pay.

        Not by the stored residual, which whoever keeps the books can write, and with no
        item that is matched by more than it is.
        """
        self.ensure_one()
        due = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        for line in due:
            # a payment taken back to draft stays matched, and has not come in
            credits = line.matched_credit_ids.filtered(
                lambda one: one.credit_move_id.parent_state == "posted"
            )
            debits = line.matched_debit_ids.filtered(
                lambda one: one.debit_move_id.parent_state == "posted"
            )
            matched = sum(credits.mapped("debit_amount_currency")) - sum(
                debits.mapped("credit_amount_currency")
            )
            if not line.currency_id.is_zero(line.amount_currency - matched):
                return False
        settling = due.matched_credit_ids.credit_move_id + due.matched_debit_ids.debit_move_id
        return not any(line._mlm_is_overdrawn() for line in settling)

    def _mlm_down_payments(self):
        """Invoices of the down payments that this one deducts."""
        # sudo: through orders that an accountant need not read, to invoices that are only compared
        lines = self.sudo().invoice_line_ids
        deducted = lines.filtered(lambda line: line.is_downpayment and line.quantity < 0)
        invoices = deducted.sale_line_ids.invoice_lines.move_id - self
        return invoices.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )

    def _mlm_of_down_payments(self):
        """Invoices that deduct these, as far as these are of down payments."""
        # sudo: as above
        lines = self.sudo().invoice_line_ids.filtered("is_downpayment")
        return lines.sale_line_ids.invoice_lines.move_id

    def _mlm_settling_lines(self):
        """Posted journal items that are matched with the invoice or its down payments."""
        matched = (self + self._mlm_down_payments())._get_reconciled_amls()
        return matched.filtered(lambda line: line.parent_state == "posted")

    def _mlm_payment_lines(self):
        """Journal items that settle the invoice as confirmed payments of it."""
        return self._mlm_settling_lines().filtered(lambda line: line._mlm_confirms_payment(self))
