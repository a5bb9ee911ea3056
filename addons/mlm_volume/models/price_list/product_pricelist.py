# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        """The distributor price list is given to people; nobody gets it for want of another."""
        domain = super()._get_partner_pricelist_multi_search_domain_hook(company_id)
        # sudo: a setting, to tell one list from the others
        company = self.env["res.company"].sudo().browse(company_id)
        return list(
            fields.Domain(domain)
            & fields.Domain("id", "not in", company.mlm_distributor_pricelist_id.ids)
        )
