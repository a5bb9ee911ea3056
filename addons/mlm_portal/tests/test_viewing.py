# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from unittest.mock import patch

from lxml import html

from odoo.exceptions import AccessError
from odoo.http import SAFE_HTTP_METHODS, root
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .. import viewing
from .common import PortalHttpCase
from .test_access import NOT_ENROLLED

PNG = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
REFUSED = 'data-page="viewing_refused"'


class TestViewing(PortalHttpCase):
    """Staff see the portal as a person does, and can change nothing there, whatever they send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.people["ANA"]
        cls.staff = {role: cls._create_staff(role) for role in ("support", "warehouse", "auditor")}

    @classmethod
    def _create_staff(cls, role, company=None):
        company = company or cls.company
        login = f"staff_{role}_{company.id}"
        return new_test_user(
            cls.env,
            login,
            groups=f"mlm_base.group_{role}",
            lang="en_US",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def _begin(self, person=None, user=None):
        """Log in as a member of staff and press the button."""
        user = user or self.staff["support"]
        self.authenticate(user.login, user.login)
        return self._press(person or self.ana)

    def _press(self, person):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/mlm.distributor/action_view_portal",
            {
                "model": "mlm.distributor",
                "method": "action_view_portal",
                "args": [person.ids],
                "kwargs": {"context": {"allowed_company_ids": self.company.ids}},
            },
        )

    def _get(self, path, status=200):
        response = self.url_open(path)
        self.assertEqual(response.status_code, status, path)
        return response.text

    def _send(self, path, **values):
        """POST with a token that is good, so that nothing but the view refuses it."""
        return self.url_open(path, {"csrf_token": self._csrf(), **values})

    def _csrf(self):
        page = html.fromstring(self.url_open("/my/network").text)
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def _logged(self):
        return self.env["mlm.access.log"].search([("action", "=", "portal")])

    def _told(self, path):
        """What a page of the network says, without the banner of the view."""
        page = html.fromstring(self._get(path)).xpath("//div[@id='wrap']")[0]
        for banner in page.xpath("//*[contains(@class, 'o_mlm_viewing')]"):
            banner.drop_tree()
        return " ".join(page.text_content().split())

    # -- what is seen --------------------------------------------------------

    def test_the_same_as_the_person_sees(self):
        earning = self._earning("ANA", "retail").id
        pages = (
            "/my/network",
            "/my/network/earnings",
            f"/my/network/earnings/{self.first_run.id}",
            f"/my/network/earnings/{self.first_run.id}/{earning}",
            "/my/network/team",
            "/my/network/report",
            "/my/network/enrol",
        )
        login = self.users["ANA"].login
        self.authenticate(login, login)
        own = {page: self._told(page) for page in pages}
        trees = self.make_jsonrpc_request("/my/network/tree/trees")
        tree = {"tree_id": self.ana.position_ids.tree_id.id}
        members = self.make_jsonrpc_request("/my/network/tree/page", tree)
        self.assertIn("BETO", json.dumps(members))
        self._begin()
        for page in pages:
            with self.subTest(page=page):
                self.assertEqual(self._told(page), own[page])
                self.assertIn("o_mlm_viewing", self._get(page))
        self.assertEqual(self.make_jsonrpc_request("/my/network/tree/trees"), trees)
        self.assertEqual(self.make_jsonrpc_request("/my/network/tree/page", tree), members)

    def test_of_somebody_without_a_login(self):
        self.assertFalse(self.people["BETO"].partner_id.user_ids)
        self._begin(self.people["BETO"])
        self.assertIn("(BETO)", " ".join(self._get("/my/network").split()))

    @mute_logger("odoo.http")
    def test_what_is_another_persons_is_not_found(self):
        self._begin()
        earning = self._earning("OTRO", "retail")
        self._get(f"/my/network/earnings/{self.first_run.id}/{earning.id}", 404)
        self._get(f"/my/network/tree/photo/{self.people['OTRO'].id}", 404)

    def test_one_person_at_a_time(self):
        self._begin()
        self._press(self.people["OTRO"])
        text = self._get("/my/network")
        self.assertIn("OTRO", text)
        self.assertNotIn("(ANA)", text)

    # -- who -----------------------------------------------------------------

    def test_on_record(self):
        self._begin()
        (log,) = self._logged()
        self.assertEqual((log.distributor_id, log.author_id), (self.ana, self.staff["support"]))
        self.assertTrue(log.ip_address)
        self._press(self.ana)
        self.assertEqual(len(self._logged()), 2)
        auditor = self.ana.with_user(self.staff["auditor"]).sudo(False)
        self.assertEqual(len(auditor.access_log_ids), 2)
        with self.assertRaises(AccessError):
            self.ana.with_user(self.staff["support"]).sudo(False).read(["access_log_ids"])

    @mute_logger("odoo.http")
    def test_only_who_sees_what_somebody_is_owed(self):
        other = self.env["res.company"].create({"name": "Other"})
        strangers = (
            self.staff["warehouse"],
            self.users["OTRO"],
            self._create_staff("manager", other),
        )
        for user in strangers:
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                with self.assertRaises(Exception) as caught:
                    self._press(self.ana)
                self.assertIn("AccessError", str(caught.exception))
                self.assertNotIn("o_mlm_viewing", self._get("/my/network"))
        self.assertFalse(self._logged())

    def test_button_is_shown_as_the_method_answers(self):
        support = self.ana.with_user(self.staff["support"]).sudo(False)
        warehouse = self.ana.with_user(self.staff["warehouse"]).sudo(False)
        self.assertTrue(support.may_be_viewed)
        self.assertFalse(warehouse.may_be_viewed)
        self.assertFalse(self.people["CLIENTA"].with_user(support.env.user).may_be_viewed)
        as_internal(self.ana).write({"state": "deceased"})
        self.assertFalse(support.may_be_viewed)

    def test_rights_are_asked_each_time(self):
        self._begin()
        self.assertIn("o_mlm_viewing", self._get("/my/network"))
        self.staff["support"].group_ids = self.env.ref("mlm_base.group_warehouse")
        self.assertIn("The view has ended", self._get("/my/network", 403))
        self.assertIn(NOT_ENROLLED, self._get("/my/network"))

    # -- read-only -----------------------------------------------------------

    def test_nothing_of_the_network_is_written(self):
        self._begin()
        people = self.env["mlm.distributor"].search_count([])
        applications = self.env["mlm.application"].search_count([])
        for path, values in (
            ("/my/network/report/name", {"shares_name": "1"}),
            ("/my/network/enrol", {"name": "Nora", "email": "nora@example.com"}),
            ("/my/network/enrol/1", {"what": "confirm"}),
            ("/en/my/network/report/name", {"shares_name": "1"}),
            ("/my/network", {}),
        ):
            response = self._send(path, **values)
            self.assertEqual(response.status_code, 403, path)
            self.assertIn(REFUSED, response.text)
        upload = self.url_open(
            "/my/network/enrol",
            {"csrf_token": self._csrf(), "name": "Nora"},
            files={"photo": ("photo.png", b"PNG")},
        )
        self.assertEqual(upload.status_code, 403)
        self.env.invalidate_all()
        self.assertFalse(self.ana.shares_name)
        self.assertEqual(self.env["mlm.distributor"].search_count([]), people)
        self.assertEqual(self.env["mlm.application"].search_count([]), applications)

    def test_nothing_elsewhere_in_the_portal(self):
        """Neither the person's address and password nor the clerk's own, by mistake."""
        self._begin()
        clerk = self.staff["support"]
        before = (clerk.partner_id.name, self.ana.partner_id.name)
        for path, values in (
            ("/my/account", {"name": "Somebody else"}),
            ("/my/address/submit", {"name": "Somebody else"}),
            ("/my/security", {"old": clerk.login, "new1": "other", "new2": "other"}),
            ("/my/deactivate_account", {"validation": clerk.login, "password": clerk.login}),
            ("/mlm/join", {"name": "Nora"}),
        ):
            response = self._send(path, **values)
            self.assertEqual(response.status_code, 403, path)
            self.assertIn(REFUSED, response.text)
        self.env.invalidate_all()
        self.assertEqual((clerk.partner_id.name, self.ana.partner_id.name), before)
        self.assertTrue(clerk.active)
        credential = {"login": clerk.login, "password": clerk.login, "type": "password"}
        self.assertTrue(
            clerk.with_user(clerk)._check_credentials(credential, {"interactive": False})
        )

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_every_route_there_is(self):
        """Whatever is installed: all that the portal, the shop and the website offer is
        refused, save the pages of the network and data that only reads."""
        self._begin()
        token = self._csrf()
        rules = [
            rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.endpoint.routing.get("website") or rule.rule.startswith("/my")
        ]
        self.assertGreater(len(rules), 40)
        asked = 0
        with patch.object(
            type(self.env["ir.http"]), "_dispatch", side_effect=AssertionError("was run")
        ) as ran:
            for rule in rules:
                if rule.rule == viewing.END or rule.endpoint.routing["auth"] == "none":
                    continue
                path = self._url(rule)
                methods = rule.endpoint.routing.get("methods") or ("GET", "POST")
                for method in set(methods) & {"GET", "POST"}:
                    if viewing.is_harmless(rule, method):
                        continue
                    with self.subTest(rule=rule.rule, method=method):
                        asked += 1
                        self._assert_refused(rule, path, method, token)
        self.assertFalse(ran.called)
        self.assertGreater(asked, 40)

    def _url(self, rule):
        values = dict.fromkeys(rule.arguments, 1)
        for name, converter in rule._converters.items():
            if type(converter).__name__ in ("UnicodeConverter", "PathConverter"):
                values[name] = "x"
            elif type(converter).__name__ in ("ModelConverter",):
                values[name] = self.env[converter.model].search([], limit=1) or 1
        return rule.build(values, append_unknown=False)[1]

    def _assert_refused(self, rule, path, method, token):
        if rule.endpoint.routing["type"] == "jsonrpc":
            response = self.url_open(path, json={"jsonrpc": "2.0", "params": {}})
            self.assertIn("error", response.json(), path)
            return
        response = self.url_open(
            path, {"csrf_token": token} if method == "POST" else None, allow_redirects=False
        )
        self.assertNotIn(response.status_code, (200, 500), path)

    def test_what_is_let_through_is_read_only(self):
        """Harmless are pages that are got, and data that the route itself calls readonly."""
        harmless = [
            (rule, method)
            for rule in self.env["ir.http"].routing_map().iter_rules()
            for method in ("GET", "POST")
            if viewing.is_harmless(rule, method)
        ]
        self.assertTrue(harmless)
        for rule, method in harmless:
            self.assertTrue(rule.rule.startswith(("/my/network", "/website/translations")))
            if method not in SAFE_HTTP_METHODS:
                self.assertTrue(rule.endpoint.routing["readonly"], rule.rule)

    def test_the_database_refuses_as_well(self):
        """A page that writes although it is only got changes nothing; the route of this one has
        a cursor that writes."""
        self._begin()
        applications = type(self.env["mlm.application"])

        def write(model, distributor):
            as_internal(distributor).write({"shares_name": True})
            model.env.flush_all()
            return []

        with patch.object(applications, "_list_of", write), mute_logger("odoo.http", "odoo.sql_db"):
            response = self.url_open("/my/network/enrol")
        self.assertEqual(response.status_code, 403)
        self.env.invalidate_all()
        self.assertFalse(self.ana.shares_name)

    def test_own_pages_are_not_shown_as_the_persons(self):
        self._begin()
        for path in ("/my", "/my/home", "/my/account", "/my/security"):
            self.assertIn(REFUSED, self._get(path, 403))

    def test_the_back_office_goes_on(self):
        self._begin()
        found = self.make_jsonrpc_request(
            "/web/dataset/call_kw/mlm.distributor/search_count",
            {
                "model": "mlm.distributor",
                "method": "search_count",
                "args": [[("code", "=", "ANA")]],
                "kwargs": {},
            },
        )
        self.assertEqual(found, 1)

    # -- the end -------------------------------------------------------------

    def test_ended_by_the_button(self):
        self._begin()
        response = self.url_open(viewing.END, {"csrf_token": self._csrf()}, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(f"/mlm.distributor/{self.ana.id}"))
        self.assertIn(NOT_ENROLLED, self._get("/my/network"))

    def test_ends_with_the_session(self):
        self._begin()
        self.assertIn(viewing.KEY, root.session_store.get(self.session.sid))
        self.url_open("/web/session/logout", allow_redirects=False)
        for cookie in self.opener.cookies:
            if cookie.name == "session_id":
                self.assertNotIn(viewing.KEY, root.session_store.get(cookie.value))
        self.assertIn("/web/login", self.url_open("/my/network").url)

    def test_is_nothing_to_the_next_user_of_the_session(self):
        """Whoever logs in on top of it sees nothing of the person."""
        self._begin()
        (log,) = self._logged()
        login = self.users["OTRO"].login
        self.authenticate(login, login, session_extra={viewing.KEY: log.id})
        self.assertIn("The view has ended", self._get("/my/network", 403))
        text = self._get("/my/network")
        self.assertNotIn("o_mlm_viewing", text)
        self.assertIn("OTRO", text)

    def test_no_view_without_its_record(self):
        """Neither a row that is not there, nor one that says something else."""
        document = self.env["mlm.identity.document"].create(
            {"distributor_id": self.ana.id, "upload": PNG}
        )
        user = self.staff["support"]
        (opened,) = document.with_user(user)._log("opened")
        for log in (opened.id, opened.id + 1):
            self.authenticate(user.login, user.login, session_extra={viewing.KEY: log})
            self.assertIn("The view has ended", self._get("/my/network", 403))

    def test_ends_by_itself(self):
        self._begin()
        self.assertIn("o_mlm_viewing", self._get("/my/network"))
        with patch.object(viewing, "HOURS", -1):
            self.assertIn("The view has ended", self._get("/my/network", 403))
        self.assertIn(NOT_ENROLLED, self._get("/my/network"))

    def test_not_begun_by_a_link(self):
        """Nothing but the button begins a view: no address, no form."""
        user = self.staff["support"]
        self.authenticate(user.login, user.login)
        for path in (
            f"/my/network?{viewing.KEY}={self.ana.id}",
            f"/my/network?viewed={self.ana.id}",
        ):
            self.assertNotIn("o_mlm_viewing", self._get(path))
