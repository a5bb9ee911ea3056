# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        lists = {}
        if "mlm_distributor_pricelist_id" in vals:
            lists = {company: company.mlm_distributor_pricelist_id for company in self}
        result = super().write(vals)
        for company, old in lists.items():
            if company.mlm_distributor_pricelist_id != old:
                company._mlm_spread_price_list(old)
        return result

    def _mlm_spread_price_list(self, old=None):
        """Give the distributor price list to the members at home here who have none or the
        ``old`` one; a list that somebody set by hand stays. One statement, however many they are.

        :param old: `product.pricelist` that was the company's before
        """
        self.ensure_one()
        people = self.env["res.partner"]
        people.flush_model(["commercial_partner_id", "specific_property_product_pricelist"])
        self.env["mlm.distributor"].flush_model()
        self.env["mlm.holder"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH member AS (
                    SELECT d.id, d.partner_id FROM mlm_distributor d
                     WHERE d.company_id = %(company)s AND d.kind <> 'customer'
                       AND d.state <> 'terminated'
                ), person AS (
                    SELECT partner_id FROM member
                     UNION
                    SELECT h.partner_id FROM mlm_holder h JOIN member ON member.id = h.distributor_id
                     WHERE h.superseded_at IS NULL AND h.valid_to IS NULL
                ), buyer AS (
                    SELECT partner_id AS id FROM person
                     UNION
                    SELECT c.id FROM res_partner c
                      JOIN person ON c.commercial_partner_id = person.partner_id
                )
                UPDATE res_partner p
                   SET specific_property_product_pricelist = CASE
                       WHEN %(new)s IS NULL
                       THEN nullif(p.specific_property_product_pricelist - %(key)s, '{}')
                       ELSE coalesce(p.specific_property_product_pricelist, '{}')
                            || jsonb_build_object(%(key)s, %(new)s) END
                  FROM buyer
                 WHERE p.id = buyer.id
                   AND coalesce((p.specific_property_product_pricelist ->> %(key)s)::int, %(old)s)
                       IS NOT DISTINCT FROM %(old)s
                """,
                company=self.id,
                key=str(self.id),
                new=self.mlm_distributor_pricelist_id.id or None,
                old=old.id if old else None,
            )
        )
        people.invalidate_model(
            ["specific_property_product_pricelist", "property_product_pricelist"]
        )
