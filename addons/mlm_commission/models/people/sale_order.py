# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_mlm_explain(self):
        """Open whom this order paid, and why others got nothing."""
        self.ensure_one()
        return self.env["mlm.explanation"]._action_of_sale(order_id=self.id)
