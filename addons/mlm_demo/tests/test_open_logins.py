# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.mlm_demo import PARAMETER
from ..play import logins

SHOWN = "data-demo-logins"


@tagged("post_install", "-at_install")
class TestOpenLogins(HttpCase):
    """The login page names accounts with their password: of invented people, where the demo
    company was made, and nowhere else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.env["mlm.demo"]
        cls.parameters = cls.env["ir.config_parameter"]
        cls.parameters.set_param(PARAMETER, False)
        cls.login = f"gerente@{logins.DOMAIN}"
        # somebody real has the login of one of the cast
        new_test_user(cls.env, cls.login, groups="base.group_user", name="Paola")

    def page(self):
        self.authenticate(None, None)
        return self.url_open("/web/login").text

    def test_nothing_before_the_demo_was_made(self):
        self.assertEqual(self.demo._get_open_logins(), [])
        page = self.page()
        self.assertNotIn(SHOWN, page)
        self.assertNotIn(self.login, page)

    def test_only_the_invented_once_it_was_made(self):
        self.parameters.set_param(PARAMETER, "2026-08-20 10:00:00")
        admin = self.env.ref("base.user_admin")
        admin.lang = "en_US"
        found = self.demo._get_open_logins()
        self.assertEqual(
            [(one["login"], one["name"], one["password"]) for one in found],
            [(self.login, "Paola", logins.PASSWORD)],
        )
        page = self.page()
        self.assertIn(SHOWN, page)
        self.assertIn(f'value="{self.login}"', page)
        # the summary, which the console prints, names the administrator; the page does not
        self.assertIn(admin.login, [one["login"] for one in logins.listed(self.env)])
        self.assertNotIn(f'value="{admin.login}"', page)

    def test_the_administrator_is_never_shown(self):
        """Neither under the own login nor while the first password is still that of the demo."""
        self.parameters.set_param(PARAMETER, "2026-08-20 10:00:00")
        admin = self.env.ref("base.user_admin")
        admin.password = logins.PASSWORD
        shown = {one["login"] for one in self.demo._get_open_logins()}
        self.assertNotIn(admin.login, shown)
        self.assertLessEqual(shown, {self.login})
