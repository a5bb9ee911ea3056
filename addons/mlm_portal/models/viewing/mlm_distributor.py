# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

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
        self.check_access("read")  # the refusal below names the person
        if not self.may_be_viewed:
            raise AccessError(self.env._("You cannot view the portal as %s.", self.display_name))
        # sudo: the log is written by the server only; its author stays the user
        log = as_internal(self.env["mlm.access.log"].sudo()).create(
            {
                "company_id": self.company_id.id,
                "distributor_id": self.id,
                "action": "portal",
                "ip_address": request.httprequest.remote_addr if request else False,
            }
        )
        if request:
            viewing.begin(log)
        return {"type": "ir.actions.act_url", "url": viewing.START, "target": "new"}

    @api.model
    def _get_viewed(self, log_id):
        """Return the person (sudo) as whom the user sees the portal, empty once that is over.

        :param int log_id: row of `mlm.access.log` with which the view began
        """
        # sudo: whether it was this user who was let in, to whom, and when
        log = self.env["mlm.access.log"].sudo().browse(log_id).exists()
        if log.action != "portal" or log.author_id != self.env.user:
            return self.browse()
        if log.recorded_at + timedelta(hours=viewing.HOURS) < fields.Datetime.now():
            return self.browse()
        person = self.browse(log.distributor_id.id)
        if not person.may_be_viewed:
            return self.browse()
        # sudo: as for the person itself; the rights of the user were asked above
        return person.with_context(allowed_company_ids=person.company_id.ids).sudo()
