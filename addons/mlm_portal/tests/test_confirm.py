# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from odoo.addons.mlm_base.internal import as_internal

from .test_join import JoinCase


class ConfirmCase(JoinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mlm_application_confirm = True
        cls.env["ir.mail_server"].create({"name": "Test", "smtp_host": "mail.example.com"})

    def enrol(self, user="ANA", **values):
        login = self.users[user].login
        self.authenticate(login, login)
        return self.url_open("/my/network/enrol", self.form(**values))

    def join(self, code="ANA", **values):
        self.authenticate(None, None)
        self.url_open(f"/red/{code}")
        return self.url_open("/mlm/join", self.form(**values))

    def link(self, email="nora@example.com"):
        """The address in the latest message to somebody, without the host."""
        self.env.invalidate_all()
        mail = self.env["mail.mail"].search(
            [("email_to", "=", email), ("body_html", "like", "/mlm/confirm/")], limit=1
        )
        return re.search(r"/mlm/confirm/[\w-]+", mail.body_html).group() if mail else None

    def press(self, link):
        """Open the link as somebody who is not logged in, and press the button."""
        self.authenticate(None, None)
        return self.url_open(link, {"csrf_token": Request.csrf_token(self)})


@tagged("post_install", "-at_install")
class TestConfirm(ConfirmCase):
    def test_no_code_before_the_person_confirms(self):
        self.assertIn('data-sent="unconfirmed"', self.enrol().text)
        application = self.found()
        self.assertEqual((application.state, len(application.distributor_id)), ("unconfirmed", 0))
        link = self.link()
        self.authenticate(None, None)
        page = self.url_open(link)
        self.assertIn('data-page="confirm"', page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        # programs that look through mail open every link
        self.assertEqual(self.found().state, "unconfirmed")

        page = self.press(link)
        member = self.found().distributor_id
        self.assertEqual((self.found().state, member.sponsor_id), ("accepted", self.people["ANA"]))
        self.assertIn(f"<strong>{member.code}</strong>", page.text)
        self.assertEqual(application.confirmed_by, "person")
        # good once
        for again in (self.press(link), self.url_open(link)):
            self.assertEqual(again.status_code, 404)
            self.assertIn('data-page="confirm_unknown"', again.text)
        self.assertEqual(self.env["mlm.distributor"].search_count([("name", "=", "Nora Nieto")]), 1)

    def test_by_a_link_staff_look_after_the_confirmation(self):
        self.assertIn("and confirm that it is yours", self.join().text)
        self.assertEqual(self.found().state, "unconfirmed")
        page = self.press(self.link())
        self.assertIn('data-page="confirmed"', page.text)
        self.assertNotIn("<strong>", page.text[page.text.index('data-page="confirmed"') :][:600])
        self.assertEqual(self.found().state, "waiting")

    def test_links_that_are_no_good(self):
        self.enrol()
        application = self.found()
        good = self.link().removeprefix("/mlm/confirm/")
        values = {"id": application.id, "nonce": application.sudo().confirm_nonce}
        scope = "mlm_application_confirm"
        bad = {
            "old": hash_sign(self.env, scope, values, expiration=timedelta(hours=-1)),
            "other scope": hash_sign(self.env, "mlm_referral", values, expiration_hours=1),
            "other key": hash_sign(self.env, scope, {**values, "nonce": "x"}, expiration_hours=1),
            "nobody": hash_sign(self.env, scope, {**values, "id": 0}, expiration_hours=1),
            "changed": good[:-4] + "AAAA",
            "nothing": "x",
        }
        for name, token in bad.items():
            self.assertEqual(self.press(f"/mlm/confirm/{token}").status_code, 404, name)
        self.assertEqual(self.found().state, "unconfirmed")
        self.assertEqual(self.press(f"/mlm/confirm/{good}").status_code, 200)

    def test_sent_again_and_to_another_address(self):
        self.enrol()
        first = self.link()
        application = self.found()
        page = self.url_open(
            f"/my/network/enrol/{application.id}",
            {"what": "again", "csrf_token": Request.csrf_token(self)},
        )
        self.assertIn('data-sent="again"', page.text)
        second = self.link()
        self.assertNotEqual(first, second)
        self.assertEqual(self.press(first).status_code, 404)
        application.write({"email": "right@example.com"})
        self.assertEqual(self.press(second).status_code, 404)
        application.action_send_confirmation()
        self.assertEqual(self.press(self.link("right@example.com")).status_code, 200)
        self.assertEqual(self.found().state, "accepted")

    def test_one_address_gets_few_messages(self):
        self.enrol()
        application = self.found()
        self.assertEqual([application._send_confirmation() for __ in range(3)], [1, 1, 0])
        with self.assertRaisesRegex(UserError, "No message was sent"):
            application.action_send_confirmation()

    def test_the_sponsor_confirms_who_came_by_the_link(self):
        self.company.mlm_referral_review = False
        self.join()
        self.enrol(vat="900800701", email="two@example.com", phone="+57 311 222 3355")
        mine, link = self.found().sorted("channel")
        self.assertEqual((mine.channel, link.channel), ("portal", "referral"))

        def confirm(user, application):
            login = self.users[user].login
            self.authenticate(login, login)
            return self.url_open(
                f"/my/network/enrol/{application.id}",
                {"what": "confirm", "csrf_token": Request.csrf_token(self)},
            )

        # neither another sponsor, nor the own sponsor whom nobody else vouches for
        for user, application in (("OTRO", link), ("ANA", mine)):
            self.assertIn('data-sent="refused"', confirm(user, application).text)
        self.assertEqual(set(self.found().mapped("state")), {"unconfirmed"})
        self.assertIn('data-sent="accepted"', confirm("ANA", link).text)
        self.env.invalidate_all()
        self.assertEqual((link.confirmed_by, link.distributor_id.name), ("sponsor", "Nora Nieto"))
        self.assertEqual(mine.state, "unconfirmed")

    def test_without_mail_staff_say_that_the_person_exists(self):
        self.env["ir.mail_server"].search([]).active = False
        self.assertIn('data-sent="waiting"', self.enrol().text)
        self.assertFalse(self.found().distributor_id)
        self.found()._accept()
        self.assertTrue(self.found().distributor_id.code)

    def test_staff_accept_whom_nobody_confirmed(self):
        self.enrol()
        self.found()._accept()
        self.assertEqual((self.found().state, self.found().confirmed_by), ("accepted", "staff"))
        self.assertEqual(self.press(self.link()).status_code, 404)

    def test_message_in_the_language_of_the_form(self):
        self.enrol()
        mail = self.env["mail.mail"].search([("email_to", "=", "nora@example.com")], limit=1)
        self.assertIn("Please confirm your application to Portal Company", mail.subject)
        self.assertIn("72", mail.body_html)

    def test_forgotten_ones_are_turned_down(self):
        self.enrol()
        application = self.found()
        self.env["mlm.application"]._gc_unconfirmed()
        self.assertEqual(application.state, "unconfirmed")
        long_ago = application.submitted_at - timedelta(days=31)
        as_internal(application).write({"submitted_at": long_ago})
        self.env["mlm.application"]._gc_unconfirmed()
        self.assertEqual(application.state, "rejected")


@tagged("post_install", "-at_install")
class TestFormLimit(ConfirmCase):
    def apply(self, door, number, **values):
        return door(
            **{
                "submission": str(number),
                "vat": f"52000{number:03d}",
                "email": f"n{number}@example.com",
                "phone": f"+57 311 222 3{number:03d}",
                **values,
            }
        )

    def counted(self, door, times):
        """Return how many of so many applications were taken."""
        before = len(self.found())
        for number in range(times):
            self.apply(door, before + number)
        return len(self.found()) - before

    def test_an_address_in_an_hour(self):
        self.assertEqual(self.counted(self.join, 7), 5)
        response = self.apply(self.join, 99)
        self.assertEqual(response.status_code, 429)
        self.assertIn('data-page="too_often"', response.text)

    def test_an_address_in_a_day(self):
        self.company.mlm_limit_address_day = 3
        self.assertEqual(self.counted(self.join, 2), 2)
        self.assertEqual(self.counted(self.enrol, 2), 1)

    def test_a_sponsor_in_an_hour(self):
        self.company.mlm_limit_sponsor_hour = 2
        self.assertEqual(self.counted(self.enrol, 4), 2)
        self.assertIn("Too many", self.apply(self.enrol, 99).text)
        # another sponsor has the own
        self.apply(self.enrol, 98, user="OTRO")
        self.assertEqual(len(self.found()), 3)

    def test_a_sponsor_and_the_company_in_a_day(self):
        self.company.mlm_limit_sponsor_day = 2
        self.assertEqual(self.counted(self.join, 3), 2)
        self.company.write({"mlm_limit_sponsor_day": 30, "mlm_limit_company_day": 3})
        self.assertEqual(self.counted(self.join, 3), 1)

    def test_mistakes_and_double_clicks_use_up_nothing(self):
        self.company.mlm_limit_sponsor_hour = 2
        for __ in range(4):
            self.apply(self.enrol, 1, vat="abc")
            self.apply(self.enrol, 2)
        self.assertEqual(len(self.found()), 1)
        self.assertEqual(self.counted(self.enrol, 2), 1)

    def test_codes_cannot_be_tried(self):
        self.company.mlm_limit_code_hour = 4
        self.authenticate(None, None)
        for code in ("NOBODY", "ANA", "X1", "X2"):
            self.assertNotEqual(self.url_open(f"/red/{code}").status_code, 429)
        pages = []
        for code in ("ANA", "NOBODY", ""):
            response = self.url_open(f"/red/{code}")
            self.assertEqual(response.status_code, 429)
            pages.append(re.search(r"<main.*</main>", response.text, re.DOTALL).group())
        self.assertEqual(len(set(pages)), 1)

    def test_what_is_one_address(self):
        address = self.env["mlm.form.limit"]._address
        for ip, shown in (
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            (None, "?"),
            ("x", "?"),
        ):
            self.assertEqual(address(ip), shown)

    def test_all_keys_count_or_none(self):
        limits = self.env["mlm.form.limit"]
        self.assertTrue(limits._count([("a", 3600, 1), ("b", 3600, 5)]))
        self.assertFalse(limits._count([("a", 3600, 1), ("b", 3600, 5)]))
        self.assertFalse(limits._count([("c", 3600, 5), ("a", 3600, 1)]))
        found = {one.key: one.count for one in limits.search([("key", "in", ("a", "b", "c"))])}
        self.assertEqual(found, {"a": 1, "b": 1})
        old = limits.search([("key", "=", "a")])
        as_internal(old).write({"since": old.since - timedelta(days=3)})
        limits.flush_model()
        limits._gc_past()
        self.assertFalse(limits.search([("key", "=", "a")]))
