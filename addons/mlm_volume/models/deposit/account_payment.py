# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _mlm_pays(self):
        """Tell whether a payment is made and, where it has an entry, settles something."""
        # sudo: of a payment that a deposit names
        items = self.sudo().move_id.line_ids
        return self.state in ("in_process", "paid") and bool(
            not items or items.matched_debit_ids or items.matched_credit_ids
        )

    def _mlm_online_moment(self):
        """Of a deposit the time at the gateway or collector."""
        # sudo: when a deposit was paid in, of a payment that the caller has
        deposits = self.env["mlm.deposit"].sudo()
        own = self._origin.id  # none while its form is filled in
        deposit = deposits.search([("payment_id", "=", own)], limit=1) if own else deposits
        moment = deposit.paid_at
        # whoever corrected the day knows it better than the file
        if moment and self._mlm_local_date(moment) == deposit.paid_on:
            return moment
        return super()._mlm_online_moment()
