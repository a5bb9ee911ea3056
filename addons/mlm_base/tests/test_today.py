import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..internal import as_internal
from .test_role import ROLES
from .today_common import TodayTests

#: what a role begins the day with
OF_COMMISSIONS = {"manager", "network_manager", "admin", "approver", "accountant", "auditor"}
APPS = ("mlm_base.menu_mlm_root", "mlm_base.menu_commissions_root")


@tagged("post_install", "-at_install")
class TestToday(TodayTests, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"today_{role}",
                f"base.group_user,mlm_base.group_{role}",
                lang="en_US",
            )
            for role in ROLES
        }
        cls.employee = new_test_user(cls.env, "today_employee", "base.group_user", lang="en_US")
        cls.actions = {
            room: cls.env.ref(f"mlm_base.mlm_today_action_{room}").id
            for room in ("network", "commissions")
        }

    def _landing(self, user):
        """Return the id of the action that the web client opens after the login."""
        self.authenticate(user.login, user.login)
        info = self.url_open(
            "/web/session/get_session_info",
            data=json.dumps({"params": {}}),
            headers={"Content-Type": "application/json"},
        ).json()["result"]
        if info["home_action_id"]:
            return info["home_action_id"]
        menus = self._menus(user)
        return menus[menus["root"]["children"][0]]["actionID"]

    def _menus(self, user):
        return self.env["ir.ui.menu"].with_user(user).sudo(False).load_web_menus(False)

    def _rooms(self, user, app):
        """Names of the first entries of an app, as the user sees them."""
        menus = self._menus(user)
        entry = menus.get(self.env.ref(app).id, {"children": []})
        return [menus[one]["name"] for one in entry["children"]]

    def test_each_role_lands_on_its_board(self):
        for role, user in self.users.items():
            with self.subTest(role):
                room = "commissions" if role in OF_COMMISSIONS else "network"
                self.assertEqual(self._landing(user), self.actions[room])

    def test_who_chose_a_home_lands_there(self):
        chosen = self.env.ref("base.action_partner_form")
        self.users["manager"].action_id = chosen.id
        self.assertEqual(self._landing(self.users["manager"]), chosen.id)

    def test_others_land_elsewhere_and_see_nothing(self):
        self.assertNotIn(self._landing(self.employee), self.actions.values())
        for app in APPS:
            self.assertEqual(self._rooms(self.employee, app), [])
        with self.assertRaises(AccessError):
            self.env["mlm.today"].with_user(self.employee).get_board("network")

    def test_every_role_has_a_board(self):
        for role, user in self.users.items():
            for room in self.actions:
                with self.subTest(role=role, room=room):
                    board = self.env["mlm.today"].with_user(user).get_board(room)
                    order = [card["sequence"] for card in board["cards"]]
                    self.assertEqual(order, sorted(order))
        with self.assertRaises(ValueError):
            self.env["mlm.today"].with_user(self.users["manager"]).get_board("kitchen")

    def test_two_apps(self):
        rooms = [self._rooms(self.users["manager"], app) for app in APPS]
        for shown in rooms:
            self.assertEqual((shown[0], shown[-1]), ("Today", "Configuration"))
        self.assertEqual(self._rooms(self.users["warehouse"], APPS[1]), [])

    def test_no_entry_starts_work(self):
        """A menu opens a screen; work begins with a button that says so."""
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", [self.env.ref(one).id for one in APPS])]
        )
        kinds = {menu.action._name for menu in menus if menu.action}
        self.assertIn("ir.actions.act_window", kinds)
        for menu in menus.filtered(
            lambda one: one.action and one.action._name == "ir.actions.server"
        ):
            # code that only says which screen it is
            self.assertRegex(menu.action.code, r"^action = model\._action_open\([^()]*\)$")

    def test_messages_name_a_menu_by_its_path(self):
        path = self.env["ir.ui.menu"].with_context(lang="en_US")._get_mlm_path
        self.assertEqual(
            path("mlm_base.menu_mlm_exchange_rate"), "Commissions › Configuration › Exchange Rates"
        )
        self.assertEqual(path("mlm_base.menu_mlm_root"), "Network")

    def test_work_that_broke_off(self):
        cron = self.env.ref("mlm_base.cron_watch").copy({"mlm_own_process": True})
        job = as_internal(self.env["mlm.job"]).create({"cron_id": cron.id, "state": "running"})
        before = self.cards(self.users["manager"], "network").get("jobs", {"count": 0})["count"]
        for values, more in (
            ({"deaths": 1}, 1),
            ({"deaths": 0, "status": 1}, 1),
            ({"status": 0}, 0),
        ):
            job._set(**values)
            self.env.flush_all()
            self.env.invalidate_all()  # who opens it has read no scheduled action before
            self.assert_opens(self.users["manager"])
            count = self.cards(self.users["manager"], "network").get("jobs", {"count": 0})["count"]
            self.assertEqual(count, before + more, values)
        job._set(deaths=2, status=1)
        job = job.with_env(self.env)
        self.assertTrue(job.failed)
        with self.assertRaises(AccessError):
            job.with_user(self.users["auditor"]).sudo(False).action_dismiss()
        job.with_user(self.users["manager"]).sudo(False).action_dismiss()
        self.assertFalse(job.failed)
        self.assertEqual(
            self.cards(self.users["manager"], "network").get("jobs", {"count": 0})["count"], before
        )
        self.assertIn(job, job.search([("failed", "=", False)]))
        self.assertNotIn("jobs", self.cards(self.users["support"], "network"))
