# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = ("mlm_volume_rule", "mlm_distributor_pricelist_id", "mlm_root_queue_id")

    mlm_volume_rule = fields.Selection(
        [("invoiced", "When the invoice is posted"), ("paid", "When it is paid")],
        string="Volume counts",
        default="paid",
        required=True,
        help="The moment at which the lines of an invoice become rows of the volume ledger.",
    )
    mlm_distributor_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Distributor price list",
        help="The price from which retail profit is measured.",
    )
    mlm_root_queue_id = fields.Many2one(
        "mlm.distributor",
        string="Default distributor",
        check_company=True,
        help="Gets the volume of buyers whom nobody referred.",
    )
