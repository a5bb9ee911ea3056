# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["mlm.guarded", "product.template"]
    _free = ("mlm_package_id", "mlm_package_from_id")

    mlm_volume_ids = fields.One2many("mlm.product.volume", "product_tmpl_id", string="PV and CV")
    mlm_package_id = fields.Many2one(
        "mlm.package",
        string="Package",
        help="Selling this product sells this package of the plan.",
    )
    mlm_package_from_id = fields.Many2one(
        "mlm.package",
        string="Upgrade from",
        help="For upgrade kits only: the package that the buyer holds before.",
    )

    def _mlm_volume(self, company, date, pricelist=None):
        """Return the ``mlm.product.volume`` valid on ``date``, possibly empty.

        A row of the price list wins over the general one.
        """
        self.ensure_one()
        # sudo: what a product is worth to a company is copied to the line, whoever sells it
        rows = self.sudo().mlm_volume_ids.filtered(
            lambda row: (
                row.company_id == company
                and row.date_from <= date
                and (not row.date_to or row.date_to >= date)
            )
        )
        own = rows.filtered(lambda row: pricelist and row.pricelist_id == pricelist)
        return (own or rows.filtered(lambda row: not row.pricelist_id))[:1]
