# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    mlm_paid_text = fields.Char(
        string="Paid on",
        compute="_compute_mlm_paid_text",
        help="Moment of an online payment, or of one that was registered on the day it was paid. "
        "For others, only the day is known.",
    )
    mlm_late_text = fields.Char(string="Late payment", compute="_compute_mlm_late_text")

    def _mlm_moment(self):
        """Moment of the payment (naive UTC), or False where only its day is known.

        That of the online transaction; else that of the registration, if that was on the
        day of the payment where the network keeps time.
        """
        self.ensure_one()
        if online := self._mlm_online_moment():
            return online
        registered = self.create_date
        return bool(registered) and self._mlm_local_date(registered) == self.date and registered

    def _mlm_online_moment(self):
        """Moment (naive UTC) at which the online transaction went through, or False."""
        # sudo: of a payment that the caller has
        transaction = self.sudo().payment_transaction_id
        return transaction.state == "done" and transaction.last_state_change

    def _mlm_local_date(self, moment):
        # sudo: where the network keeps time, whoever registers
        return self.company_id.sudo().mlm_network_id._local_date(moment)

    @api.depends("date", "create_date", "payment_transaction_id")
    @api.depends_context("lang")
    def _compute_mlm_paid_text(self):
        for payment in self:
            # sudo: where the network keeps time
            network = payment.company_id.sudo().mlm_network_id
            moment = payment._mlm_moment()
            payment.mlm_paid_text = moment and network._sale_text(moment)

    @api.depends("date", "state", "reconciled_invoice_ids")
    @api.depends_context("lang")
    def _compute_mlm_late_text(self):
        for payment in self:
            # sudo: the invoices that it settles, for the cycle in which they count
            invoices = payment.sudo().reconciled_invoice_ids.filtered(lambda one: one._mlm_counts())
            registered = payment.create_date or fields.Datetime.now()
            payment.mlm_late_text = payment.state in ("in_process", "paid") and (
                invoices._mlm_late_text(payment._mlm_local_date(registered))
            )
