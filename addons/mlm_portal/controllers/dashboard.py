# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import route

from .network import NetworkPortal


class NetworkDashboard(NetworkPortal):
    @route("/my/network", type="http", auth="user", website=True, readonly=True)
    def network_dashboard(self, **kwargs):
        """The present cycle, the way to the next rank, the last statements."""
        # sudo record, but the reader's own enrolment only
        distributor = self._network_distributor()
        values = {}
        if distributor:
            values["board"] = distributor.env["mlm.portal.dashboard"]._get(distributor)
        return self._network_render("mlm_portal.dashboard", distributor, **values)
