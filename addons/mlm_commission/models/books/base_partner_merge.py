# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import is_system


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Whoever stands in a sealed entry is merged by a manager of the network only."""
        people = src_partners.ids
        # sudo: entries of companies that the user does not see are sealed too
        seals = self.env["mlm.sealed.move"].sudo()
        sealed = seals.search(
            [
                "|",
                ("move_id.partner_id", "in", people),
                ("move_id.line_ids.partner_id", "in", people),
            ],
            limit=1,
        )
        if sealed:
            if not is_system(self.env) and not self.env.user.has_group("mlm_base.group_manager"):
                raise UserError(
                    self.env._(
                        "%(people)s was paid commissions (%(entry)s). Only people with the role"
                        " “Commission Manager” may merge this contact; ask one of them, or merge"
                        " the other contact into this one.",
                        people=", ".join(src_partners.mapped("display_name")),
                        entry=sealed.name,
                    )
                )
            self.env["mlm.contact.merge"]._open_guard(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
