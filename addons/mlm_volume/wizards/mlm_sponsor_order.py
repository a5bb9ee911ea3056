# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmSponsorOrder(models.TransientModel):
    """One confirmed order of a customer who moves: stays, or goes along."""

    _name = "mlm.sponsor.order"
    _description = "Order of a Customer Who Moves"

    wizard_id = fields.Many2one("mlm.sponsor.wizard", required=True, ondelete="cascade")
    order_id = fields.Many2one("sale.order", required=True)
    date_order = fields.Datetime(related="order_id.date_order")
    amount_total = fields.Monetary(related="order_id.amount_total")
    currency_id = fields.Many2one(related="order_id.currency_id")
    mlm_cv = fields.Float(related="order_id.mlm_cv")
    goes_along = fields.Boolean(string="Moves Too")
