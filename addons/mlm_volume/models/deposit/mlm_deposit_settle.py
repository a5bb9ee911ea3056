# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class MlmDeposit(models.Model):
    """The one click: the money pays the invoice, on the day on which it was paid in."""

    _inherit = "mlm.deposit"

    def action_match(self):
        """Pay what is proposed or chosen; an order without an invoice gets one."""
        self.check_access("write")
        self._ensure_open()
        for deposit in self:
            # sudo: who may identify deposits pays with them, whatever his rights in accounting
            deposit.sudo()._settle()

    def action_match_sure(self):
        """Match those of which reference and amount agree; the others stay, and those that only
        a proof or a name speaks for, which buyers write themselves."""
        self.check_access("write")
        sure = self.filtered(lambda one: one.state == "open" and one.source != "proof")
        paid = set()
        for deposit in sure:
            document = deposit.invoice_id or deposit.order_id
            if deposit.agrees in ("both", "chosen") and document not in paid:
                paid.add(document)
                deposit.action_match()

    def _settle(self):
        self.ensure_one()
        if self.source == "proof":
            raise UserError(
                self.env._(
                    "A proof is not money: it is settled with the line of the bank, gateway or "
                    "collector that it proves."
                )
            )
        document = self.invoice_id or self.order_id
        proofs = self._find_proofs()[self].filtered(
            lambda one: (
                (one.invoice_id or one.order_id) == document
                and one.agrees in ("chosen", "both", "name")
            )
        )
        invoice = self.invoice_id or self._invoice_order()
        if not invoice:
            raise UserError(self.env._("Choose the invoice that %s pays.", self.display_name))
        if invoice.currency_id != self.currency_id:
            raise UserError(
                self.env._(
                    "%(deposit)s is in %(own)s and %(invoice)s in %(other)s: register the payment"
                    " on the invoice, and waive the deposit with that reason.",
                    deposit=self.display_name,
                    own=self.currency_id.name,
                    invoice=invoice.display_name,
                    other=invoice.currency_id.name,
                )
            )
        payment = self.env["account.payment"]
        if self.statement_line_id:
            self._reconcile_line(invoice)
        else:
            # what is left of a match that was undone: the money came in only once
            self.payment_id.filtered(lambda one: one.state != "canceled").action_cancel()
            payment = self._register_payment(invoice)
        self._decide(settled_id=invoice.id, payment_id=payment.id)
        proofs._decide(settled_id=invoice.id)

    def _invoice_order(self):
        """The invoice of the order that is proposed, posted on the day of the payment."""
        if not self.order_id:
            return self.env["account.move"]
        invoice = self.order_id._create_invoices()
        invoice.invoice_date = self.paid_on
        invoice.action_post()
        return invoice

    def _reconcile_line(self, invoice):
        """What the bank line holds on the transfer account goes to the buyer's receivable."""
        _liquidity, suspense, _other = self.statement_line_id._seek_for_lines()
        due = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable" and not line.reconciled
        )
        if len(suspense) != 1 or not due:
            raise UserError(
                self.env._(
                    "%(deposit)s cannot pay %(invoice)s any more: one of them is reconciled.",
                    deposit=self.display_name,
                    invoice=invoice.display_name,
                )
            )
        suspense.write({"account_id": due[:1].account_id.id, "partner_id": due[:1].partner_id.id})
        (suspense + due).reconcile()

    def _register_payment(self, invoice):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "payment_date": self.paid_on,
                    "journal_id": self.journal_id.id,
                    "amount": self.amount,
                    "currency_id": self.currency_id.id,
                    "communication": self.reference or invoice.name,
                }
            )
        )
        return wizard._create_payments()
