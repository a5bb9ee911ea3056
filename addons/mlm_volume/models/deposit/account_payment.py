# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _mlm_online_moment(self):
        """Of a deposit the time at the gateway or collector."""
        # sudo: when a deposit was paid in, of a payment that the caller has
        deposit = self.env["mlm.deposit"].sudo().search([("payment_id", "=", self.id)], limit=1)
        moment = deposit.paid_at
        # whoever corrected the day knows it better than the file
        if moment and self._mlm_local_date(moment) == deposit.paid_on:
            return moment
        return super()._mlm_online_moment()
