# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Whoever stands in a sealed entry is merged by a manager of the network only."""
        # sudo: entries of companies that the user does not see are sealed too
        lines = self.env["account.move.line"].sudo()
        sealed = lines.search([("partner_id", "in", src_partners.ids)]).move_id._mlm_seals()
        if sealed:
            if not self.env.su and not self.env.user.has_group("mlm_base.group_manager"):
                raise UserError(
                    self.env._(
                        "%(people)s was paid commissions (%(entry)s). Only people with the role"
                        " “Manager” of the network may merge this contact; ask one of them, or"
                        " merge the other contact into this one.",
                        people=", ".join(src_partners.mapped("display_name")),
                        entry=sealed[0].name,
                    )
                )
            self.env["mlm.contact.merge"]._open_guard(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
