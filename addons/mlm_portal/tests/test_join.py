# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalHttpCase


class JoinCase(PortalHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.env["mlm.contract"].create(
            [
                {"kind": kind, "number": "7", "name": kind.title(), "body": "<p>Whole text</p>"}
                for kind in ("distributor", "privacy")
            ]
        )
        for contract in cls.contracts:
            contract.action_publish()
        # visitors meet the company of the public user
        public = cls.env.ref("base.public_user")
        public.company_ids += cls.company
        public.company_id = cls.company
        # confirmation has tests of its own, in `test_confirm.py`
        cls.company.mlm_application_confirm = False

    def form(self, **values):
        return {
            "name": "Nora Nieto",
            "document_type": "cc",
            "vat": "900800700",
            "email": "nora@example.com",
            "phone": "+57 311 222 3344",
            "city": "Cali",
            "kind": "distributor",
            "leg": "auto",
            "submission": "one",
            "csrf_token": Request.csrf_token(self),
            **{f"contract_{one.id}": "on" for one in self.contracts},
            **values,
        }

    def found(self):
        self.env.invalidate_all()
        return self.env["mlm.application"].search([("company_id", "=", self.company.id)])


@tagged("post_install", "-at_install")
class TestEnrolPage(JoinCase):
    def send(self, user="ANA", **values):
        login = self.users[user].login
        self.authenticate(login, login)
        return self.url_open("/my/network/enrol", self.form(**values))

    def test_enrolled_under_the_reader(self):
        response = self.send(leg="right", sponsor_id=self.people["OTRO"].id)
        self.assertIn('data-sent="accepted"', response.text)
        application = self.found()
        member = application.distributor_id
        self.assertEqual(member.sponsor_id, self.people["ANA"])
        self.assertEqual(member.position_ids.parent_id, self.people["CARO"].position_ids)
        self.assertEqual(member.acceptance_ids.mapped("channel"), ["portal", "portal"])
        self.assertEqual(set(member.acceptance_ids.mapped("ip_address")), {"127.0.0.1"})
        self.assertIn(member.code, self._open("/my/network/enrol", "ANA"))
        self.assertNotIn("Nora Nieto", self._open("/my/network/enrol", "OTRO"))

    def test_sent_twice_counts_once(self):
        for __ in range(2):
            self.assertIn('data-sent="accepted"', self.send().text)
        self.assertEqual(len(self.found()), 1)

    def test_somebody_known_waits_and_nothing_is_given_away(self):
        self.people["OTRO"].partner_id.email = "nora@example.com"
        response = self.send()
        self.assertIn('data-sent="waiting"', response.text)
        self.assertNotIn("Otro", response.text)
        self.assertEqual(self.found().state, "waiting")
        self.assertFalse(self.found().distributor_id)

    def test_what_was_entered_stays_after_a_mistake(self):
        response = self.send(**{"city": "", f"contract_{self.contracts[1].id}": ""})
        self.assertIn("Fill in: City", response.text)
        self.assertIn('value="Nora Nieto"', response.text)
        self.assertFalse(self.found())

    def test_who_may_not_enrol(self):
        for values in ({"state": "suspended"}, {"state": "terminated"}, {"kind": "customer"}):
            with self.subTest(values=values):
                self.env.cr.execute(
                    "UPDATE mlm_distributor SET kind = %s, state = %s WHERE id = %s",
                    [
                        values.get("kind", "distributor"),
                        values.get("state", "active"),
                        self.people["EVA"].id,
                    ],
                )
                self.env.invalidate_all()
                page = self.send("EVA", submission=str(values)).text
                self.assertNotIn('name="vat"', page)
                self.assertFalse(self.found())

    @mute_logger("odoo.http")
    def test_needs_token_login_and_enrolment(self):
        self.assertEqual(self.send(csrf_token="x").status_code, 400)
        self.assertIn("not part of the network", self.send("nobody").text)
        self._open("/my/network/enrol", status=303)
        self.assertFalse(self.found())

    def test_closed_without_a_data_protection_policy(self):
        self.contracts[1].action_retire()
        self.assertIn("is not open yet", self._open("/my/network/enrol", "ANA"))

    def test_own_link_with_its_code(self):
        page = self._open("/my/network/enrol", "ANA")
        self.assertIn("/red/ANA", page)
        code = page[page.index("o_mlm_qr") :]
        self.assertGreater(code[: code.index("</svg>")].count("h1v1"), 100)


@tagged("post_install", "-at_install")
class TestReferral(JoinCase):
    def visit(self, code="ANA"):
        self.authenticate(None, None)
        return self.url_open(f"/red/{code}")

    def send(self, **values):
        return self.url_open("/mlm/join", self.form(**values))

    def test_from_the_link_to_staff(self):
        page = self.visit().text
        self.assertIn(">Ana<", page)
        for secret in ("Ana N", "ANA", str(self.people["ANA"].email)):
            self.assertNotIn(secret, page)
        self.assertIn("Whole text", page)
        self.assertIn('data-page="thanks"', self.send().text)
        application = self.found()
        self.assertEqual(
            (application.state, application.channel, application.sponsor_id),
            ("waiting", "referral", self.people["ANA"]),
        )
        self.assertEqual(application.contract_ids, self.contracts)
        self.assertIn("Nora Nieto", self._open("/my/network/enrol", "ANA"))

    def test_enrolled_at_once_where_the_company_wants_it(self):
        self.company.mlm_referral_review = False
        self.visit()
        self.assertIn('data-page="thanks"', self.send().text)
        self.assertEqual(self.found().distributor_id.sponsor_id, self.people["ANA"])

    def test_codes_that_lead_nowhere_look_alike(self):
        self.env.cr.execute(
            "UPDATE mlm_distributor SET state = 'terminated' WHERE id = %s",
            [self.people["OTRO"].id],
        )
        self.env.invalidate_all()
        pages = []
        for code in ("OTRO", "NOBODY", "FAN", "%25", "x" * 300):
            response = self.visit(code)
            self.assertEqual(response.status_code, 404)
            # the choice of a language repeats the address, which the visitor knows
            pages.append(re.search(r"<main.*</main>", response.text, re.DOTALL).group())
            self.assertIn('data-page="unknown"', response.text)
        self.assertEqual(len(set(pages)), 1)

    def test_without_a_link(self):
        self.authenticate(None, None)
        self.assertIn('data-page="missing"', self.url_open("/mlm/join").text)
        self.assertIn(">Ana<", self.url_open("/red?code=ANA").text)

    def test_forged_cookie(self):
        self.authenticate(None, None)
        for value in ("", "x", self.people["ANA"]._get_referral_token()[:-3] + "abc"):
            self.opener.cookies.set("mlm_referral", value)
            self.assertIn('data-page="missing"', self.url_open("/mlm/join").text)
            self.send()
        self.assertFalse(self.found())

    def test_sponsor_who_left_meanwhile(self):
        self.visit()
        self.people["ANA"]._suspend("A complaint")
        self.assertIn('data-page="missing"', self.send().text)
        self.assertFalse(self.found())

    def test_programs_that_fill_every_field(self):
        self.visit()
        self.assertIn('data-page="thanks"', self.send(website="http://spam.example").text)
        self.assertFalse(self.found())

    def test_too_many_from_one_address(self):
        self.visit()
        self.company.mlm_limit_address_hour = 2
        for number in range(3):
            response = self.send(
                submission=str(number), vat=f"70{number}", email=f"n{number}@example.com"
            )
        self.assertEqual(response.status_code, 429)
        self.assertEqual(len(self.found()), 2)

    @mute_logger("odoo.http")
    def test_needs_the_token(self):
        self.visit()
        self.assertEqual(self.send(csrf_token="x").status_code, 400)
        self.assertFalse(self.found())

    def test_sent_twice_counts_once(self):
        self.visit()
        self.send()
        self.assertIn('data-page="thanks"', self.send().text)
        self.assertEqual(len(self.found()), 1)

    def test_scripts_are_shown_as_text(self):
        self.visit()
        page = self.send(name="<script>alert(1)</script>", city="").text
        self.assertNotIn("<script>alert(1)", page)

    def test_public_names(self):
        partner = self.people["ANA"].partner_id
        for name, shown in (
            ("Ana", "Ana"),
            ("Ana Rojas", "Ana"),
            (" María Fernanda Rojas Gil", "María"),
        ):
            partner.name = name
            self.assertEqual(self.people["ANA"]._get_public_name(), shown)
