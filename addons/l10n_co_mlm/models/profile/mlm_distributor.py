# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_genealogy.models.distributor.mlm_distributor import PEOPLE


class MlmDistributor(models.Model):
    """The tax profile of the holder, in one sentence."""

    _inherit = "mlm.distributor"

    mlm_co_profile_text = fields.Char(
        string="Tax Profile", compute="_compute_mlm_co_profile_text", groups=PEOPLE
    )
    mlm_co_profile_opens = fields.Boolean(
        compute="_compute_mlm_co_profile_text",
        groups=PEOPLE,
        help="There is a profile to look at, or the reader may enter one.",
    )

    @api.depends("partner_id", "company_id", "kind")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_mlm_co_profile_text(self):
        paid = self.filtered(lambda one: one._is_home() and one._has_co_profile())
        (self - paid).update({"mlm_co_profile_text": False, "mlm_co_profile_opens": False})
        Profile = self.env["mlm.co.profile"]
        enters = Profile.has_access("create")
        for company, members in paid.grouped("company_id").items():
            profiles = Profile._get_current(company, members.partner_id)
            for member in members:
                profile = profiles.get(member.partner_id.id, Profile)
                member.mlm_co_profile_text = profile._get_state_text()
                member.mlm_co_profile_opens = bool(profile) or enters

    def _has_co_profile(self):
        """Whether the person may be paid by a company of Colombia."""
        return self.kind == "distributor" and self.company_id._mlm_is_co()

    def action_mlm_co_profile(self):
        """Open the profile of today, or the one that waits; a new one where there is none."""
        self.ensure_one()
        Profile = self.env["mlm.co.profile"]
        own = [("company_id", "=", self.company_id.id), ("partner_id", "=", self.partner_id.id)]
        profile = Profile._get_current(self.company_id, self.partner_id).get(
            self.partner_id.id, Profile
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Tax profile of %s", self.display_name),
            "res_model": Profile._name,
            "view_mode": "form",
            "res_id": profile.id,
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }
        if Profile.search_count(own, limit=2) > 1:
            action.update(view_mode="list,form", res_id=False, domain=own)
        return action
