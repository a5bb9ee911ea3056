from collections import Counter

from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        # core would answer the unique person per company by deleting a distributor;
        # sudo: memberships in companies that the user may not see count too
        Distributor = self.env["mlm.distributor"].sudo()
        members = Distributor.search([("partner_id", "in", list(partner_ids))])
        company, count = next(
            iter(Counter(member.company_id for member in members).most_common(1)),
            (None, 0),
        )
        if count > 1:
            twice = members.filtered(lambda member: member.company_id == company)
            raise UserError(
                self.env._(
                    "These contacts are different distributors of %(company)s:"
                    " %(names)s. Contacts can be merged as long as at most one of"
                    " them is enrolled.",
                    company=company.name,
                    names=", ".join(twice.mapped("display_name")),
                )
            )
        Holder = self.env["mlm.holder"].sudo()
        Holder._follow_merge(partner_ids)
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        Holder._end_merge()
        Distributor.invalidate_model(["partner_id"])
        return result
