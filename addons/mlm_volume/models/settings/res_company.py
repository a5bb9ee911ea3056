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
        help="Gets the volume of buyers that nobody referred.",
    )

    def _mlm_point_e6(self, date):
        """What one point of the network is worth on ``date`` in the company's currency, in
        millionths; ``None`` where the company has no rate of that day."""
        self.ensure_one()
        # sudo: whoever sells or captures a sale need not read the rates
        company, rates = self.sudo(), self.env["mlm.exchange.rate"].sudo()
        return rates._find_rate_e6(company, company.mlm_network_id.currency_id, date)
