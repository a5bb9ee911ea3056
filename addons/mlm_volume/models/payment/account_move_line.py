# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _mlm_payment_moment(self):
        """Moment (naive UTC) at which what this item pays was paid; False: its day only."""
        self.ensure_one()
        payment = self.move_id.origin_payment_id
        moment = bool(payment) and payment._mlm_moment()
        same = moment and payment._mlm_local_date(moment) == self._mlm_payment_date()
        return same and moment

    def _mlm_payment_date(self):
        # whoever records an online payment may be in another time zone
        payment = self.move_id.origin_payment_id
        online = bool(payment) and payment._mlm_online_moment()
        return payment._mlm_local_date(online) if online else super()._mlm_payment_date()
