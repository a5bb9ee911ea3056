# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request, route

from odoo.addons.web.controllers.home import Home


class DemoHome(Home):
    """The login page of the demo company says who there is to log in as."""

    @route()
    def web_login(self, *args, **kwargs):
        response = super().web_login(*args, **kwargs)
        if response.is_qweb:
            # sudo: nobody is logged in; accounts of people who do not exist, and only where
            # the demo company was made
            response.qcontext["demo_logins"] = request.env["mlm.demo"].sudo()._get_open_logins()
        return response
