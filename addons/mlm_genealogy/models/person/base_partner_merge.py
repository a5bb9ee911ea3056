from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import is_system


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        # core would answer the unique person per network by deleting a distributor;
        # sudo: memberships in companies that the user may not see count too
        Distributor = self.env["mlm.distributor"].sudo()
        members = Distributor.search([("partner_id", "in", list(partner_ids))])
        network, count = next(
            iter(Counter(member.network_id for member in members).most_common(1)),
            (None, 0),
        )
        if count > 1:
            twice = members.filtered(lambda member: member.network_id == network)
            raise UserError(
                self.env._(
                    "These contacts are different distributors of one network:"
                    " %(names)s. Contacts can be merged as long as at most one of"
                    " them is enrolled.",
                    names=", ".join(twice.partner_id.mapped("display_name")),
                )
            )
        # sudo: so do holders; only who may merge contacts opens this wizard
        Holder = self.env["mlm.holder"].sudo()
        Holder._follow_merge(partner_ids)
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        Holder._end_merge()
        Distributor.invalidate_model(["partner_id"])
        return result

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """A membership passes to another contact: by whoever may transfer it, and nobody else."""
        if not is_system(self.env) and not self.env.user.has_group("mlm_base.group_manager"):
            # sudo: memberships in companies that the user may not see count too
            holders = self.env["mlm.holder"].sudo()
            held = holders.search([("partner_id", "in", src_partners.ids)], limit=1)
            if held:
                raise UserError(
                    self.env._(
                        "%(people)s belongs to the network. Only people with the role “Commission"
                        " Manager” may merge this contact into another one; ask one of them, or"
                        " merge the other contact into this one.",
                        people=held.partner_id.display_name,
                    )
                )
        return super()._update_foreign_keys(src_partners, dst_partner)
