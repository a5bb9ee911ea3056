# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    mlm_price_list_text = fields.Char(
        string="Price list, and why",
        compute="_compute_mlm_price_list_text",
        help="Which price list this order uses, and why it is that one.",
    )

    @api.depends("partner_id", "pricelist_id", "company_id", "mlm_buyer_id")
    @api.depends_context("lang")
    def _compute_mlm_price_list_text(self):
        for order in self:
            order.mlm_price_list_text = order.partner_id and order._mlm_price_list_why()

    def _mlm_price_list_why(self):
        """One sentence for the clerk: the list, and the reason."""
        self.ensure_one()
        # sudo: settings and who the buyer is, said to whoever sells to that person
        company, buyer = self.company_id.sudo(), self.mlm_buyer_id.sudo()
        distributors = company.mlm_distributor_pricelist_id
        own = self.partner_id.with_company(company).specific_property_product_pricelist
        names = {
            "list": self.pricelist_id.name or self.env._("Product prices"),
            "name": buyer.partner_id.name or self.partner_id.name or "",
            "company": buyer.company_id.name or "",
        }
        is_member = buyer.kind in ("distributor", "preferred") and buyer.state != "terminated"
        at_home = is_member and buyer.company_id == company
        if self.pricelist_id and own not in (self.pricelist_id, self.pricelist_id.browse()):
            return self.env._(
                "%(list)s, chosen on this order. The list of %(name)s is %(own)s.",
                own=own.name,
                **names,
            )
        if self.pricelist_id and own == self.pricelist_id and not (at_home and own == distributors):
            return self.env._("%(list)s, because it is set on the contact %(name)s.", **names)
        if at_home and not distributors:
            return self.env._(
                "%(list)s, because %(company)s has no distributor price list yet. Choose one in"
                " %(menu)s.",
                menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_volume.menu_mlm_settings"),
                **names,
            )
        if at_home and own != distributors:
            return self.env._(
                "%(list)s, because the contact %(name)s has no price list of its own. The"
                " distributor price list is %(own)s.",
                own=distributors.name,
                **names,
            )
        if at_home:
            return self._mlm_price_list_of_member(buyer, names)
        if is_member:
            return self.env._(
                "%(list)s, because the home company of %(name)s is %(company)s.", **names
            )
        if buyer.state == "terminated":
            return self.env._("%(list)s, because the membership of %(name)s has ended.", **names)
        if buyer:
            return self.env._(
                "%(list)s, because %(name)s is a customer, not a distributor.", **names
            )
        return self.env._("%(list)s, because %(name)s is not enrolled.", **names)

    def _mlm_price_list_of_member(self, buyer, names):
        if buyer.state == "suspended":
            return self.env._("%(list)s, because %(name)s is a distributor (suspended).", **names)
        if buyer.kind == "preferred":
            return self.env._("%(list)s, because %(name)s is a preferred customer.", **names)
        return self.env._("%(list)s, because %(name)s is a distributor.", **names)
