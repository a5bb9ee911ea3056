# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        # core would answer two profiles of one time by deleting one of them;
        # sudo: profiles in companies that the user may not see count too
        profiles = self.env["mlm.co.profile"].sudo()
        profiles = profiles.search([("partner_id", "in", list(partner_ids))])
        for company, own in profiles.grouped("company_id").items():
            if len(own.partner_id) > 1:
                raise UserError(
                    self.env._(
                        "These contacts have tax profiles of their own in %(company)s: %(names)s."
                        " Contacts can be merged as long as at most one of them has any.",
                        company=company.name,
                        names=", ".join(own.partner_id.mapped("name")),
                    )
                )
        return super()._merge(partner_ids, dst_partner, extra_checks)
