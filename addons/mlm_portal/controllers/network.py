# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.portal.controllers.portal import CustomerPortal

from .. import viewing


class NetworkPortal(CustomerPortal):
    """What all pages under ``/my/network`` share.

    Portal users read no model of the network. Every page asks for the reader's own
    enrolment first and works on nothing but that record, which comes with sudo.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "mlm_network_count" in counters:
            values["mlm_network_count"] = len(self._network_distributor())
        return values

    def _network_distributor(self):
        """The reader's own enrolment (sudo), or empty; for staff in a view that of the person."""
        if viewing.KEY in request.session:
            # set by the guard of the routes, and by nothing else
            return request.mlm_viewed
        return request.env["mlm.distributor"]._current_for_user(request.env.user)

    def _network_member(self):
        """The reader's own enrolment (sudo), or empty: of somebody who has left, too,
        who keeps the own statements and sees no team any more."""
        return self._network_distributor().filtered(lambda one: one.state != "terminated")

    def _network_render(self, template, distributor, **values):
        """Render a page; without enrolment the one that says what to do instead."""
        me = self._network_person(distributor)
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "mlm_network",
            "me": me,
            "viewed": me if viewing.KEY in request.session else None,
            "has_contests": self._has_contests(distributor),
            # sudo: only how the currency of the home company is written
            "words": Formats(
                request.env, (distributor.company_id or request.env.company).sudo().currency_id
            ),
            **values,
        }
        if not distributor:
            template = "mlm_portal.not_enrolled"
        return request.render(template, values)

    def _has_contests(self, distributor):
        """Tell whether the page of contests has something to show to somebody who is there."""
        if not distributor or distributor.state == "terminated":
            return False
        return distributor.env["mlm.portal.contest"]._has_any(distributor)

    def _network_person(self, distributor):
        """Plain values of the reader, so that templates hold no sudo record."""
        if not distributor:
            return None
        return {
            "name": distributor.partner_id.name,
            "code": distributor.code,
            "kind": distributor.kind,
            "state": distributor.state,
            "joined": distributor.join_date,
            "sponsor": distributor.sponsor_id.partner_id.name or "",
        }
