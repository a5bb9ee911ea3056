from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.tests.test_role import ROLES
from odoo.addons.mlm_base.tests.today_common import TodayTests

from .application_common import Applications
from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestToday(TodayTests, Applications, GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"network_today_{role}",
                f"base.group_user,mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=cls.company.ids,
                lang="en_US",
            )
            for role in ROLES
        }
        cls.company.country_id = cls.env.ref("base.co")
        cls.now = fields.Datetime.now()
        cls.ana = cls.enrol("Ana Gil", placement={"parent_id": cls.head.id, "leg": "left"})
        cls.ana.partner_id.write({"vat": "1020304050", "phone": "+57 300 111 2233"})

    def _apply(self, name):
        return self.submit(
            "referral",
            contracts=self.env["mlm.contract"],
            name=name,
            vat=f"9{len(name)}{ord(name[0])}",
            email=f"{name}@example.com",
            phone=f"+57 300 {len(name)}22 1133",
        )

    def _wait(self, name, days):
        self.tree.holding_days = 10
        return self.enrol(name, joined_at=self.now - timedelta(days=days))

    def _plan(self, person, days):
        return person._terminate("Resigns", self.now + timedelta(days=days), cause="resignation")

    def test_nothing_waits(self):
        board = self.board(self.users["support"], "network")
        self.assertEqual([card for card in board["cards"] if card["waits"]], [])
        self.assertTrue(board["finds_people"])
        self.assertEqual([start["label"] for start in board["starts"]], ["Enrol"])
        self.assertEqual(self.board(self.users["auditor"], "network")["starts"], [])

    def test_applications(self):
        self.take_at_once()
        first, _second = self._apply("Beto"), self._apply("Carla")
        card = self.cards(self.users["support"], "network")["applications"]
        self.assertEqual(card["count"], 2)
        self.assertEqual(card["button"]["open"], {"model": "mlm.application", "id": first.id})
        for role in ("support", "auditor", "manager"):
            self.assertIn("applications", self.assert_opens(self.users[role]))
        self.assertIsNone(
            self.cards(self.users["auditor"], "network")["applications"].get("button")
        )
        for role in ("warehouse", "approver", "accountant"):
            self.assertNotIn("applications", self.cards(self.users[role], "network"))

    def test_holding_tank(self):
        self._wait("Beto", 1)
        card = self.cards(self.users["support"], "network")["holding"]
        self.assertEqual((card["count"], card["tone"]), (1, "info"))
        late = self._wait("Carla", 12)
        card = self.cards(self.users["support"], "network")["holding"]
        self.assertEqual((card["count"], card["tone"]), (2, "warning"))
        self.assertIn("near or past: 1.", card["text"])
        self.assertEqual(card["button"]["open"]["id"], late.id)
        self.assertNotIn("holding", self.cards(self.users["auditor"], "network"))

    def test_planned_changes(self):
        near, far = self.enrol("Beto"), self.enrol("Carla")
        self._plan(near, 3)
        self._plan(far, 30)
        card = self.cards(self.users["support"], "network")["planned"]
        self.assertEqual((card["count"], card["waits"]), (1, False))

    def test_changes_that_failed(self):
        operation = self._plan(self.enrol("Beto"), 3)
        as_internal(operation.sudo()).write({"state": "failed", "error": "It could not be"})
        card = self.cards(self.users["support"], "network")["failed_changes"]
        self.assertEqual(card["count"], 1)
        self.assert_opens(self.users["support"])

    def test_last_check(self):
        checks = self.env["mlm.check"].with_user(self.users["auditor"])
        check = as_internal(checks.browse(checks.action_start()["res_id"]).sudo())
        check.write({"state": "done", "verdict": "proved"})
        self.assertNotIn("check", self.cards(self.users["auditor"], "network"))
        check.write({"verdict": "broken", "violation_count": 2})
        card = self.cards(self.users["auditor"], "network")["check"]
        self.assertEqual((card["count"], card["open"]["id"]), (2, check.id))
        self.assertNotIn("check", self.cards(self.users["support"], "network"))

    def test_another_network_is_not_counted(self):
        other = self.env["res.company"].create({"name": "Another Network"})
        stranger = new_test_user(
            self.env,
            "network_today_stranger",
            "base.group_user,mlm_base.group_support",
            company_id=other.id,
            company_ids=other.ids,
        )
        self._wait("Beto", 1)
        self.assertIn("holding", self.cards(self.users["support"], "network"))
        self.env = self.env(context={**self.env.context, "allowed_company_ids": other.ids})
        self.assertNotIn("holding", self.cards(stranger, "network"))
        self.assertEqual(self._find("Ana", stranger), [])

    # -- who calls -------------------------------------------------------------

    def _find(self, text, user=None):
        today = self.env["mlm.today"].with_user(user or self.users["support"]).sudo(False)
        return today.find_people(text)

    def test_person_is_found(self):
        for text in ("Ana", self.ana.code, "1020304050", "300 111 2233"):
            with self.subTest(text):
                [found] = self._find(text)
                self.assertEqual(found["id"], self.ana.id)
                self.assertIn("1020304050", found["details"])
        for text in ("", "  ", "102030", "Nobody of this name"):
            with self.subTest(text):
                self.assertEqual(self._find(text), [])

    def test_open_questions_of_a_person(self):
        self._plan(self._wait("Beto Ruiz", 1), 3)
        [found] = self._find("Beto")
        self.assertEqual([note["tone"] for note in found["notes"]], ["warning", "info"])

    def test_warehouse_finds_no_document(self):
        self.assertEqual(self._find("1020304050", self.users["warehouse"]), [])
        [found] = self._find("Ana", self.users["warehouse"])
        self.assertNotIn("1020304050", found["details"])
        self.assertEqual(found["notes"], [])

    # -- as light as a list ----------------------------------------------------

    def test_queries_do_not_grow_with_what_waits(self):
        for number in range(2):
            self._plan(self._wait(f"Person {number}", number), 3)
        few = self.count_queries(self.users["manager"], "network")
        for number in range(2, 8):
            self._plan(self._wait(f"Person {number}", number), 3)
        self.assertLessEqual(self.count_queries(self.users["manager"], "network"), few)
        self.assertLessEqual(few, 40)
