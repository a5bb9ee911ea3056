# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..moment import keeps_date


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _mlm_unit_values(self, date):
        """Played orders copy what was valid on the day of the order."""
        if keeps_date(self.env):
            date = self.env["mlm.period"]._local_date(
                self.company_id.mlm_network_id, self.order_id.date_order
            )
        return super()._mlm_unit_values(date)
