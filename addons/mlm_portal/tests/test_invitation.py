# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, new_test_user

from odoo.addons.mail.tests.common import MockEmail

from .common import PortalCase


class TestInvitation(PortalCase, MockEmail):
    """Whoever staff enrol is invited to the portal, unless somebody says no."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.mail_server"].create({"name": "Test", "smtp_host": "mail.example.com"})
        cls.clerk = new_test_user(
            cls.env,
            "clerk",
            groups="mlm_base.group_support",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def form(self, **values):
        form = Form(self.env["mlm.enrol.wizard"].with_user(self.clerk).sudo(False))
        values = {"name": "Nora", "sponsor_id": self.people["TOP"], **values}
        for name, value in values.items():
            setattr(form, name, value)
        form.strategy = "holding"
        return form

    def enrol(self, form):
        action = form.save().action_enrol()
        return self.env["mlm.distributor"].browse(action["res_id"])

    def test_invited_by_default(self):
        with self.mock_mail_gateway():
            nora = self.enrol(self.form(email="Nora@example.com"))
        user = nora.partner_id.user_ids
        self.assertEqual((user.login, user.share), ("nora@example.com", True))
        self.assertEqual(user.company_id, self.company)
        (sent,) = self._mails
        self.assertIn("nora@example.com", sent["email_to"][0])

    def test_box_cleared(self):
        nora = self.enrol(self.form(email="nora@example.com", invite=False))
        self.assertFalse(nora.partner_id.user_ids)

    def test_without_address(self):
        form = self.form()
        self.assertIn("No e-mail address", form.invite_problem)
        self.assertFalse(self.enrol(form).partner_id.user_ids)

    def test_address_of_another_user(self):
        new_test_user(self.env, "taken@example.com", groups="base.group_portal")
        form = self.form(email="taken@example.com", accept_duplicate=True, duplicate_reason="Son")
        self.assertIn("another user", form.invite_problem)
        self.assertFalse(self.enrol(form).partner_id.user_ids)

    def test_without_mail_server(self):
        self.env["ir.mail_server"].search([]).active = False
        form = self.form(email="nora@example.com")
        self.assertIn("outgoing mail server", form.invite_problem)
        self.assertFalse(self.enrol(form).partner_id.user_ids)
