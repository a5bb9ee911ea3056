from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.tests.today_common import TodayTests
from odoo.addons.mlm_commission.tests.common import ROLES, CommissionCommon

SATURDAY = "2026-08-22"  # of the last days of cycle 924


class TestToday(TodayTests, CommissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["third"] = new_test_user(
            cls.env,
            "today_third",
            groups="base.group_user,mlm_base.group_approver",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            lang="en_US",
        )

    def _card(self, code, role="manager"):
        return self.cards(self.users[role]).get(code)

    def _costly(self):
        """4.4 % of CV are paid, above a limit of 4.39 %."""
        self.network.guard_cv = 4.39
        self._balanced_sales(left=2, right=2)
        return self._preview()

    def test_alarm(self):
        self.network.guard_cv = 4.4
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self.assertIsNone(self._card("alarm"))
        self._as(run, "manager").action_discard()
        run = self._costly_again()
        card = self._card("alarm")
        self.assertEqual((card["count"], card["tone"]), (1, "danger"))
        self.assertIn("4.40 % of CV", card["text"])
        self.assertEqual(card["button"]["open"]["id"], run.id)
        self.assertIsNone(self._card("alarm", "support"))

    def _costly_again(self):
        self.network.guard_cv = 4.39
        return self._preview(close=False)

    def test_limit_beside_the_cost(self):
        run = self._costly()
        today = self.env["mlm.today"].with_user(self.users["manager"]).sudo(False)
        of_cv, of_sales = today._get_meters(self._as(run, "manager"))
        self.assertEqual((of_cv["value"], of_cv["limit"]), (4.4, 4.39))
        self.assertEqual(of_sales["limit"], 0)

    def test_third_signature(self):
        run = self._costly()
        self._as(run, "manager").action_submit()
        self.assertIsNone(self._card("to_countersign", "third"))
        self._as(run, "approver").action_approve()
        self.assertEqual(self._card("to_countersign", "third")["count"], 1)
        self.assertIsNone(self._card("to_countersign", "approver"))
        self.assertFalse(self._card("to_countersign", "manager")["waits"])
        self.assertIsNone(self._card("to_post"))
        self._as(run, "third").action_countersign()
        self.assertIsNone(self._card("to_countersign", "third"))
        self.assertEqual(self._card("to_post")["count"], 1)

    def test_cases_and_in_whose_hands_they_are(self):
        for member, quantity in ((self.juan, 2), (self.yenny, 2)):
            self._sale(member, quantity, product=self.big)
        self._sale(self.maria, product=self.big, day=SATURDAY)
        run = self._preview()
        card = self._card("cases", "auditor")
        self.assertEqual(card["count"], 1)
        self.assertEqual(card["owners"], [{"label": self.users["manager"].name, "count": 1}])
        for role in ROLES:
            self.assert_opens(self.users[role])
        for role in ("support", "warehouse"):
            self.assertIsNone(self._card("cases", role))
        as_internal(run.check_ids).write({"state": "cleared"})
        self.assertIsNone(self._card("cases", "auditor"))

    def test_unusual_amounts(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self.assertIsNone(self._card("outliers"))
        as_internal(self.env["mlm.run.outlier"]).create(
            {"run_id": run.id, "distributor_id": self.maria.id, "kind": "history"}
        )
        self.assertEqual(self._card("outliers")["count"], 1)
        self.assertIn("outliers", self.assert_opens(self.users["auditor"]))
        self.assertIsNone(self._card("outliers", "support"))

    def test_audits_that_disagree(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self.assertIsNone(self._card("audits"))
        as_internal(run.audit_ids[0]).write({"state": "different"})
        self.assertEqual(self._card("audits")["count"], 1)
        self.assertIn("audits", self.assert_opens(self.users["approver"]))

    def test_every_card_opens(self):
        run = self._costly()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        seen = {role: self.assert_opens(self.users[role]) for role in ROLES}
        self.assertIn("to_countersign", seen["manager"])

    def test_queries_are_few(self):
        self._costly()
        for role in ("manager", "approver", "accountant", "auditor"):
            with self.subTest(role):
                self.assertLessEqual(self.count_queries(self.users[role], "commissions"), 80)
