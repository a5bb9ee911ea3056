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


class TestInvitationOfApplicants(PortalCase, MockEmail):
    """Whoever applies and is accepted is invited, in the language of the application."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.mail_server"].create({"name": "Test", "smtp_host": "mail.example.com"})
        cls.env["res.lang"]._activate_lang("es_CO")
        message = cls.env.ref("auth_signup.portal_set_password_email")
        message.with_context(lang="en_US").subject = "Choose your password"
        message.with_context(lang="es_CO").subject = "Elija su clave"
        cls.contracts = cls.env["mlm.contract"].create(
            [
                {"kind": kind, "number": "7", "name": kind, "body": "<p>Text</p>"}
                for kind in ("distributor", "privacy")
            ]
        )
        for contract in cls.contracts:
            contract.action_publish()
        # confirmation has tests of its own
        cls.company.write({"mlm_application_confirm": False, "mlm_portal_review": True})
        cls.clerk = new_test_user(
            cls.env,
            "clerk",
            groups="mlm_base.group_support",
            lang="en_US",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def submit(self, lang="es_CO", **values):
        person = {
            "name": "Nora Nieto",
            "document_type": "cc",
            "vat": "900800700",
            "email": "Nora@example.com",
            "phone": "+57 311 222 3344",
            "city": "Cali",
            "kind": "distributor",
            **values,
        }
        applications = self.env["mlm.application"].with_context(lang=lang)
        found = applications._submit(self.people["ANA"], person, self.contracts, "portal")
        return found.with_context(lang="en_US")

    def decide(self, application, action="accept", **values):
        """Press a button of the decision as staff; return its form as it was before."""
        wizards = self.env["mlm.application.wizard"].with_user(self.clerk).sudo(False)
        wizards = wizards.with_context(
            default_application_id=application.id, default_action=action, lang="en_US"
        )
        form = Form(wizards)
        for name, value in values.items():
            setattr(form, name, value)
        with self.mock_mail_gateway():
            form.save().action_confirm()
        return form

    def test_accepted_is_invited_in_the_language_of_the_person(self):
        for lang, name, subject in (
            ("es_CO", "nora", "Elija su clave"),
            ("en_US", "vera", "Choose your password"),
        ):
            person = {"vat": f"90080070{len(subject)}", "email": f"{name.title()}@example.com"}
            application = self.submit(lang, **person, phone=f"+57 311 222 33{len(subject)}")
            with self.subTest(lang):
                self.decide(application)
                contact = application.distributor_id.partner_id
                user = contact.user_ids
                self.assertEqual((user.login, user.share), (f"{name}@example.com", True))
                self.assertEqual((user.company_id, contact.lang), (self.company, lang))
                (sent,) = self._mails
                self.assertEqual(sent["subject"], subject)
                self.assertIn(user.login, sent["email_to"][0])

    def test_rejected_is_not(self):
        application = self.submit()
        self.decide(application, "reject", reason="No data")
        self.assertEqual(application.state, "rejected")
        self.assertFalse(self._mails)
        self.assertFalse(self.env["res.users"].search([("login", "=", "nora@example.com")]))

    def test_box_cleared(self):
        application = self.submit()
        self.decide(application, invite=False)
        self.assertFalse(application.distributor_id.partner_id.user_ids)
        self.assertFalse(self._mails)

    def test_a_customer_has_no_box_and_no_invitation(self):
        application = self.submit(kind="customer")
        form = self.decide(application)
        with self.assertRaisesRegex(AssertionError, "invisible"):
            form.invite = True
        self.assertTrue(application.distributor_id)
        self.assertFalse(application.distributor_id.partner_id.user_ids)
        self.assertFalse(self._mails)

    def test_who_has_a_login_already_is_not_invited_twice(self):
        clienta = self.people["CLIENTA"].partner_id
        clienta.email = "nora@example.com"
        user = new_test_user(
            self.env, "nora@example.com", groups="base.group_portal", partner_id=clienta.id
        )
        application = self.submit()
        form = self.decide(application, reason="The same person")
        self.assertIn("another user", form.invite_problem)
        self.assertTrue(application.distributor_id)
        self.assertFalse(self._mails)
        self.assertEqual(self.env["res.users"].search([("login", "=", user.login)]), user)
        self.assertEqual(user.partner_id, clienta)

    def test_who_is_accepted_without_staff_is_invited(self):
        self.company.mlm_portal_review = False
        with self.mock_mail_gateway():
            application = self.submit()
        self.assertEqual(application.state, "accepted")
        self.assertTrue(application.distributor_id.partner_id.user_ids)
        (sent,) = self._mails
        self.assertEqual(sent["subject"], "Elija su clave")

    def test_who_waits_for_staff_is_not_invited_yet(self):
        with self.mock_mail_gateway():
            application = self.submit()
        self.assertEqual(application.state, "waiting")
        self.assertFalse(self._mails)
