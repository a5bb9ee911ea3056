# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    mlm_sold_text = fields.Char(
        string="Paid and counted",
        compute="_compute_mlm_sold_text",
        help="When the order was paid, and the cycle in which its volume counts.",
    )

    @api.depends("invoice_ids.state", "invoice_ids.amount_residual")
    @api.depends_context("lang")
    def _compute_mlm_sold_text(self):
        for order in self:
            # sudo: invoices of an order that the user has
            order.mlm_sold_text = order.sudo().invoice_ids._mlm_sale_entries()._get_sold_text()
