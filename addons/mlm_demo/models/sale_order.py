# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..moment import keeps_date


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _prepare_confirmation_values(self):
        """Played orders were confirmed on the day that the scenario says."""
        values = super()._prepare_confirmation_values()
        if keeps_date(self.env):
            values.pop("date_order", None)
        return values
