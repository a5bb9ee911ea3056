# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import route

from .network import NetworkPortal


class NetworkContest(NetworkPortal):
    @route("/my/network/contests", type="http", auth="user", website=True, readonly=True)
    def network_contests(self, **kwargs):
        """Contests of the reader's company, and how the reader stands in them."""
        # sudo record, but the reader's own enrolment only; who has left takes no part
        distributor = self._network_member()
        values = {"page_name": "mlm_contests"}
        if distributor:
            values["contests"] = distributor.env["mlm.portal.contest"]._list(distributor)
        return self._network_render("mlm_portal.contests", distributor, **values)
