# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.http import Request
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import PortalHttpCase

#: below Ana, but sponsored by others, and her customer
HIDDEN = ("Dora", "DORA", "Eva Nombre", "EVA", "Clienta", "CLIENTA", "Otro", "OTRO", "Fan")


@tagged("post_install", "-at_install")
class TestReport(PortalHttpCase):
    def _book(self, query="", user="ANA"):
        login = self.users[user].login
        self.authenticate(login, login)
        response = self.url_open(f"/my/network/report.xlsx{query}")
        self.assertEqual(response.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        return list(book.worksheets[1].iter_rows(values_only=True))

    def test_own_downline_with_the_names_that_may_be_known(self):
        for query in ("", "?group=leg", "?activity=inactive", "?level_from=2", "?on=2026-01-01"):
            with self.subTest(query=query):
                page = self._open(f"/my/network/report{query}", "ANA")
                for name in HIDDEN:
                    self.assertNotIn(name, page)
        page = self._open("/my/network/report", "ANA")
        for name in ("Beto Nombre", "Caro Nombre", "somebody else", "a customer"):
            self.assertIn(name, page)

    def test_files_hide_the_same_names(self):
        rows = self._book()
        self.assertEqual(len(rows), 6)
        text = str(rows)
        for name in HIDDEN:
            self.assertNotIn(name, text)
        self.assertIn("Beto Nombre", text)
        self.assertEqual(len(self._book("?level_from=3")), 2)
        response = self.url_open("/my/network/report.pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))

    def test_whoever_agreed_is_named(self):
        self.people["EVA"].partner_id.city = "Pasto"
        self.assertNotIn("Pasto", self._open("/my/network/report", "ANA"))
        login = self.users["EVA"].login
        self.authenticate(login, login)
        for value, named in (("1", True), ("", False)):
            self.url_open(
                "/my/network/report/name",
                {"shares_name": value, "csrf_token": Request.csrf_token(self)},
            )
            self.env.invalidate_all()
            self.assertEqual(self.people["EVA"].shares_name, named)
            page = self._open("/my/network/report", "ANA")
            self.assertEqual("Eva Nombre" in page, named)
            self.assertEqual("Pasto" in page, named)
            self.assertNotIn("DORA", page)
            self.authenticate(login, login)

    def test_who_has_left_the_downline_is_not_named_in_its_past(self):
        """The report of a day before the change names nobody who is below others today."""
        as_internal(self.people["EVA"]).write({"shares_name": True})
        # not the first day of the open cycle: on some day of the week that is today
        before = self.cycle[-1].date_end
        queries = [f"?on={before}", f"?on={before}&group=leg"]
        for query in queries:
            self.assertIn("Eva Nombre", self._open(f"/my/network/report{query}", "ANA"))
        people = self._people_of(queries[0])
        self.people["EVA"]._change_sponsor(self.people["OTRO"], "Asked for it")
        position = self.people["EVA"].position_ids
        position._move(self.people["OTRO"].position_ids, 1, "Asked for it", Datetime.now())
        self.env.invalidate_all()
        for query in queries:
            with self.subTest(query):
                page = self._open(f"/my/network/report{query}", "ANA")
                self.assertNotIn("Eva Nombre", page)
                self.assertNotIn("Eva Nombre", str(self._book(query)))
        # counted as then, all the same
        self.assertEqual(self._people_of(queries[0]), people)

    def _people_of(self, query):
        return len(self._book(query))

    def test_the_whole_downline_is_named_where_the_members_agreed(self):
        self.company.mlm_portal_names = "downline"
        page = self._open("/my/network/report", "ANA")
        for name in ("Dora Nombre", "Eva Nombre", "a customer"):
            self.assertIn(name, page)
        for name in ("Clienta", "CLIENTA", "Otro Nombre", "Fan Nombre", 'name="shares_name"'):
            self.assertNotIn(name, page)
        self.assertIn("Eva Nombre", str(self._book()))

    def test_staff_take_consent_back_and_do_not_give_it(self):
        support = new_test_user(
            self.env,
            "portal_support",
            groups="base.group_user,mlm_base.group_support",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        eva = self.people["EVA"].with_user(support).sudo(False)
        for vals in ({"shares_name": True}, {"shares_name": False}):
            with self.assertRaises(AccessError):
                eva.write(vals)
        as_internal(self.people["EVA"]).write({"shares_name": True})
        eva.action_withdraw_name()
        self.assertFalse(self.people["EVA"].shares_name)

    @mute_logger("odoo.http")
    def test_consent_needs_the_token(self):
        login = self.users["EVA"].login
        self.authenticate(login, login)
        response = self.url_open("/my/network/report/name", {"shares_name": "1"})
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.people["EVA"].shares_name)

    def test_nobody_asks_for_the_downline_of_another(self):
        otro = self.people["OTRO"].id
        query = f"?root={otro}&root_id={otro}&distributor={otro}&tree_id=1&tree=1"
        page = self._open(f"/my/network/report{query}", "ANA")
        self.assertIn("Beto Nombre", page)
        self.assertNotIn("Fan Nombre", page)

    def test_nonsense_in_the_address(self):
        for query in (
            "?group=password&kind=x&activity=y&level_from=-1&level_to=zz&on=32",
            "?level_from=99999999999999999999&on=0001-01-01",
            "?level_from=²",
        ):
            self._open(f"/my/network/report{query}", "ANA")
        self._open("/my/network/report/page/99999", "ANA")
        self._open("/my/network/report.exe", "ANA", status=404)

    def test_without_enrolment_and_without_login(self):
        self.assertIn("not part of the network", self._open("/my/network/report", "nobody"))
        self._open("/my/network/report.xlsx", "nobody", status=404)
        self._open("/my/network/report", status=303)
        self._open("/my/network/report.xlsx", status=303)

    def test_somebody_alone(self):
        self.assertIn("Nobody below you", self._open("/my/network/report", "EVA"))
