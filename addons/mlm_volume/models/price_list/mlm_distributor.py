# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import api, models

#: what decides whether a person buys as a member, and of which company
_DECIDES = {"kind", "state", "partner_id", "company_id", "merged_into_id"}


class MlmDistributor(models.Model):
    """Distributors and preferred customers buy at the distributor price list of their home
    company: from the enrolment, promotion, readmission or transfer on, whichever way it came
    about, until the membership ends."""

    _inherit = "mlm.distributor"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members_by_company = members.filtered(lambda one: one.kind != "customer").grouped(
            "company_id"
        )
        for company, some in members_by_company.items():
            self._mlm_give_price_list(some.partner_id, company)
        return members

    def write(self, vals):
        if _DECIDES.isdisjoint(vals):
            return super().write(vals)
        people = self.partner_id | self.partner_id.browse(vals.get("partner_id") or [])
        companies = self.company_id | self.company_id.browse(vals.get("company_id") or [])
        with self._mlm_price_list_follows(people, companies):
            return super().write(vals)

    @api.model
    @contextmanager
    def _mlm_price_list_follows(self, people, companies):
        """Whoever begins to buy as a member in what is done inside gets the price list, and
        whoever ceases to loses it."""
        before = self._mlm_members_of(people, companies)
        yield
        after = self._mlm_members_of(people, companies)
        for company in companies:
            self._mlm_give_price_list(after[company] - before[company], company)
            self._mlm_take_price_list(before[company] - after[company], company)

    @api.model
    def _mlm_members_of(self, people, companies):
        """Those of ``people`` who buy as members of each company: ``{company: contacts}``."""
        found = {}
        for company in companies:
            members = [one.id for one in people if self._mlm_buys_as_member(one, company)]
            found[company] = people.browse(members)
        return found

    @api.model
    def _mlm_buys_as_member(self, partner, company):
        """Whether the distributor price list of ``company`` is that of ``partner``."""
        member = self._mlm_of_partner(partner, company)
        return (
            bool(member)
            and member.company_id == company
            and member.kind != "customer"
            and member.state != "terminated"
        )

    @api.model
    def _mlm_give_price_list(self, people, company):
        # sudo: which list members buy at is the company's setting, whoever enrols them
        pricelist = company.sudo().mlm_distributor_pricelist_id
        # sudo: as above
        people = people.sudo().with_company(company)
        people = people.filtered(lambda one: one.specific_property_product_pricelist != pricelist)
        if not pricelist or not people:
            return
        for person in people.filtered("specific_property_product_pricelist"):
            person.message_post(
                body=self.env._(
                    "Price list %(new)s instead of %(old)s: this person buys as a distributor now.",
                    new=pricelist.display_name,
                    old=person.specific_property_product_pricelist.display_name,
                )
            )
        people.specific_property_product_pricelist = pricelist

    @api.model
    def _mlm_take_price_list(self, people, company):
        # sudo: as above; a list that somebody set by hand stays
        pricelist = company.sudo().mlm_distributor_pricelist_id
        # sudo: as above
        people = people.sudo().with_company(company)
        people.filtered(
            lambda one: one.specific_property_product_pricelist == pricelist
        ).specific_property_product_pricelist = False
