# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, request, route

from .. import viewing


class Viewing(Controller):
    # as `viewing.END`; written out for those who compare the routes of all add-ons
    @route("/my/network/view/end", type="http", auth="user", website=True, methods=["POST"])
    def view_end(self, **kwargs):
        """End the view of the portal as somebody else, and go back to that person."""
        # sudo: an id, of whom the user just looked at
        log = request.env["mlm.access.log"].sudo().browse(viewing.end() or []).exists()
        person = log.distributor_id.id
        return request.redirect(f"/odoo/mlm.distributor/{person}" if person else "/odoo")
