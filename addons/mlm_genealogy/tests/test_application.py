from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.mlm_base.internal import as_internal

from .application_common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestApplication(ApplicationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.applications = cls.env["mlm.application"]

    def test_from_the_portal_at_once(self):
        application = self.submit(leg="right")
        member = application.distributor_id
        self.assertEqual((application.state, member.sponsor_id), ("accepted", self.ana))
        self.assertEqual(
            (member.name, member.vat, member.city), ("Beto Ruiz", "1020304050", "Cali")
        )
        self.assertEqual(
            (member.position_ids.parent_id, member.position_ids.leg),
            (self.ana.position_ids, "right"),
        )
        self.assertEqual(member.acceptance_ids.contract_id, self.contracts)
        acceptance = member.acceptance_ids[:1]
        self.assertEqual((acceptance.ip_address, acceptance.channel), ("192.0.2.7", "portal"))
        self.assertEqual(acceptance.accepted_at, application.submitted_at)
        self.assert_laws()

    def test_by_a_link_it_waits_for_staff(self):
        application = self.submit("referral")
        self.assertEqual((application.state, len(application.distributor_id)), ("waiting", 0))
        member = self.decide(application)
        self.assertEqual(member.sponsor_id, self.ana)
        self.assertEqual(application.decided_by_id, self.support)
        self.assertEqual(member.acceptance_ids.mapped("channel"), ["referral", "referral"])

    def test_settings_of_the_company(self):
        self.company.mlm_portal_review = True
        self.company.mlm_referral_review = False
        self.assertEqual(self.submit().state, "waiting")
        other = {"vat": "55555", "email": "other@example.com", "phone": "+57 300 999 8877"}
        self.assertEqual(self.submit("referral", **other).state, "accepted")

    def test_somebody_known_always_waits(self):
        self.ana.partner_id.vat = "1020304050"
        application = self.submit()
        self.assertEqual(application.state, "waiting")
        self.assertIn("Ana", application.with_user(self.support).sudo(False).duplicate_warning)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.decide(application)
        member = self.decide(application, reason="A typing error of the registry")
        event = member.event_ids.filtered(lambda one: one.kind == "duplicate_accepted")
        self.assertEqual(len(event), 1)

    def test_two_that_wait_for_the_same_document(self):
        self.submit("referral")
        second = self.submit(email="second@example.com", phone="+57 310 444 5566")
        self.assertEqual(second.state, "waiting")

    def test_one_form_of_a_number_whatever_was_typed(self):
        first = self.submit("referral", vat="1.020.304.050")
        self.assertEqual(first.vat, "1020304050")
        first.write({"document_type": "nit", "vat": "1.020.304.050-8"})
        self.assertEqual(first.vat, "1020304050-8")
        with self.assertRaisesRegex(UserError, "check digit"):
            first.write({"vat": "1.020.304.050-5"})
        # the tax number of the same identity card waits already
        second = self.submit(email="two@example.com", phone="+57 310 444 5566")
        self.assertEqual(second.state, "waiting")

    def test_the_same_form_counts_once(self):
        first = self.submit(submission="abc")
        self.assertEqual(self.submit(submission="abc"), first)
        self.assertEqual(self.Distributor.search_count([("name", "=", "Beto Ruiz")]), 1)

    def test_rejected_with_a_reason(self):
        application = self.submit("referral")
        with self.assertRaises(UserError):
            self.decide(application, "reject", " ")
        self.decide(application, "reject", "Under age")
        self.assertEqual(
            (application.state, application.decision_reason), ("rejected", "Under age")
        )
        with self.assertRaisesRegex(UserError, "decided already"):
            self.decide(application)

    def test_who_cannot_sponsor(self):
        customer = self.enrol("Carla", self.ana, kind="customer", acceptance="later")
        with self.assertRaises(UserError):
            self.submit(sponsor=customer)
        application = self.submit("referral")
        self.ana._suspend("A complaint")
        with self.assertRaises(UserError):
            self.submit()
        with self.assertRaises(UserError):
            self.decide(application)
        self.assertEqual(application.state, "waiting")

    def test_what_is_missing_is_named(self):
        for values, message in (
            ({"name": "  "}, "Name"),
            ({"vat": ""}, "Document Number"),
            ({"email": "no address"}, "not an e-mail address"),
            ({"kind": "boss"}, "takes part"),
            ({"document_type": "x"}, "type of the document"),
            ({"vat": "abc"}, r"Citizenship Card .CC.: “abc” is not valid. Expected: 3 to 10"),
            ({"document_type": "nit", "vat": "800197268-5"}, "check digit"),
            ({"name": "x" * 121}, "too long"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, message):
                self.submit(**values)
        with self.assertRaisesRegex(UserError, "Please accept"):
            self.submit(contracts=self.contracts[:1])
        # a customer signs no distributor contract
        privacy = self.contracts.filtered(lambda one: one.kind == "privacy")
        self.assertEqual(self.submit(contracts=privacy, kind="customer").state, "accepted")

    def test_text_that_was_replaced_meanwhile(self):
        application = self.submit("referral")
        self.contracts[0].copy({"number": "2"}).action_publish()
        member = self.decide(application)
        self.assertEqual(member.acceptance_ids.contract_id, self.contracts[1])
        self.assertEqual(member.waiting_contract_ids.number, "2")

    def test_sponsor_without_position(self):
        lone = self.enrol("Lone", acceptance="later")
        self.assertFalse(self.submit(sponsor=lone, leg="left").distributor_id.position_ids)

    def test_the_person_is_told(self):
        def subjects():
            mails = self.env["mail.mail"].sudo().search([("email_to", "ilike", "beto@")])
            return mails.sorted("id").mapped("subject")

        self.env["ir.mail_server"].search([]).active = False
        application = self.submit("referral")
        self.assertEqual(subjects(), [])
        self.env["ir.mail_server"].create({"name": "Test", "smtp_host": "mail.example.com"})
        self.decide(application)
        second = self.submit("referral", vat="88888", phone="+57 3101112223", name="Beto Two")
        self.assertEqual(second.state, "waiting")
        self.decide(second, "reject", "The same person")
        name = self.company.name
        self.assertEqual(
            subjects(),
            [
                f"Welcome to {name}",
                f"We have received your application to {name}",
                f"Your application to {name}",
            ],
        )
        mail = self.env["mail.mail"].sudo().search([("subject", "=", f"Welcome to {name}")])
        self.assertIn(application.distributor_id.code, mail.body_html)
        self.assertNotIn("The same person", second.message_ids.mapped("body"))

    def test_rights(self):
        application = self.submit("referral")
        mine = application.with_user(self.support).sudo(False)
        mine.name = "Alberto Ruiz"
        for values in ({"state": "accepted"}, {"sponsor_id": self.root.id}, {"ip_address": "x"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                mine.write(values)
        with self.assertRaises(UserError):
            mine.create({"name": "x"})
        self.decide(application)
        with self.assertRaises(UserError):
            mine.name = "Other"
        auditor = new_test_user(
            self.env,
            "application_auditor",
            "base.group_user,mlm_base.group_auditor",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        second = self.submit(
            "referral", vat="77777", email="seven@example.com", phone="+57 3207654321"
        )
        with self.assertRaises(AccessError):
            self.decide(second, user=auditor)
        with self.assertRaises(UserError):
            second.unlink()

    def test_moment_and_language_are_those_of_the_form(self):
        self.env["res.lang"]._activate_lang("es_CO")
        spanish = self.applications.with_context(lang="es_CO")
        self.applications = spanish
        application = self.submit("referral")
        moment = fields.Datetime.to_datetime("2026-05-01 10:00:00")
        as_internal(application).write({"submitted_at": moment})
        member = self.decide(application)
        self.assertEqual(set(member.acceptance_ids.mapped("lang")), {"es_CO"})
        self.assertEqual(member.partner_id.lang, "es_CO")
