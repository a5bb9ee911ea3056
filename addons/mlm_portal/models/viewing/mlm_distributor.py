# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.roles import SEES_MONEY

from ... import viewing


class MlmDistributor(models.Model):
    """Whom a member of staff may see the portal as, and who did."""

    _inherit = "mlm.distributor"

    may_be_viewed = fields.Boolean(compute="_compute_may_be_viewed")

    @api.depends("kind", "state", "merged_into_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may_be_viewed(self):
        # the portal shows what somebody is owed: who does not see that here does not there
        sees = any(self.env.user.has_group(group) for group in SEES_MONEY.split(","))
        for record in self:
            record.may_be_viewed = (
                sees
                and record.has_access("read")
                and record._is_home()
                and record.kind != "customer"
                # nobody logs in as them either
                and record.state != "deceased"
                and not record.merged_into_id
            )

    def action_view_portal(self):
        """Open the portal as this person sees it; who did is on record."""
        self.ensure_one()
        if not self.may_be_viewed:
            raise AccessError(self.env._("You cannot see the portal as %s.", self.display_name))
        # sudo: the log is written by the server only; its author stays the user
        as_internal(self.env["mlm.access.log"].sudo()).create(
            {
                "company_id": self.company_id.id,
                "distributor_id": self.id,
                "action": "portal",
                "ip_address": request and request.httprequest.remote_addr,
            }
        )
        if request:
            viewing.begin(self)
        return {"type": "ir.actions.act_url", "url": viewing.START, "target": "new"}

    @api.model
    def _get_viewed(self, kept):
        """Return the person (sudo) as whom the user sees the portal, empty once that is over.

        :param dict kept: what the session keeps, see `viewing.begin`
        """
        if kept["uid"] != self.env.uid or kept["until"] < time.time():
            return self.browse()
        person = self.browse(kept["id"]).exists()
        if not person.may_be_viewed:
            return self.browse()
        # sudo: as for the person itself; the rights of the user were asked above
        return person.with_context(allowed_company_ids=person.company_id.ids).sudo()
