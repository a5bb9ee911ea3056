# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

from odoo import models

from ...volume import exact, to_integer


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _mlm_unit_values(self, company, date, pricelist=None):
        """Values that a line copies: unit PV, CV, distributor price, package.

        Scaled by ten thousand; the price is in the company's currency, before
        tax, on the company's distributor price list. A product without CV has its
        price for it (RULES 1), in points: by what one is worth to the company that day.
        """
        self.ensure_one()
        template = self.product_tmpl_id
        volume = template._mlm_volume(company, date, pricelist)
        # sudo: whoever sells need not read the list; one price of it is copied to the line
        distributor_list = company.sudo().mlm_distributor_pricelist_id
        currency = company.currency_id
        if distributor_list:
            price = distributor_list._get_product_price(self, 1.0, currency=currency, date=date)
        else:
            product = self.with_company(company)
            price = product.currency_id._convert(product.lst_price, currency, company, date)
        price_e4 = to_integer(exact(price) * 10_000)
        point_e6 = company._mlm_point_e6(date)
        in_points_e4 = (
            to_integer(Fraction(price_e4 * 1_000_000, point_e6)) if point_e6 else price_e4
        )
        return {
            "mlm_unit_pv_e4": volume.pv_e4,
            "mlm_unit_cv_e4": in_points_e4 if volume.cv_is_price else volume.cv_e4,
            "mlm_unit_price_e4": price_e4,
            "mlm_package_id": template.mlm_package_id.id,
            "mlm_package_from_id": template.mlm_package_from_id.id,
        }
