from freezegun import freeze_time

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.tests.today_common import TodayTests

from .common import ROLES, CommissionCommon

THURSDAY = "2026-08-20 15:00:00"  # of cycle 924


class TestToday(TodayTests, CommissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accounts = cls.env.ref("account.group_account_readonly")
        for role in ("manager", "approver", "accountant", "auditor"):
            cls.users[role].group_ids += accounts

    def _card(self, code, role="manager"):
        return self.cards(self.users[role]).get(code)

    def _submitted(self):
        self._balanced_sales()
        run = self._preview()
        self._as(run, "manager").action_submit()
        return run

    # -- the cost of the cycle -------------------------------------------------

    def test_cost_of_the_cycle(self):
        code = f"cycle-{self.network.id}"
        self._balanced_sales()
        with freeze_time(THURSDAY):
            card = self._card(code)
            self.assertEqual(card["note"], "No preview yet: the cost is not known.")
            self.assertNotIn("meters", card)
            button = card["button"]
            self.assertEqual(
                (button["method"], button["ids"]), ("action_preview", self.cycle[924].ids)
            )
            self.assertNotIn("button", self._card(code, "accountant"))
            run = self._preview(close=False)
            card = self._card(code)
            facts = {one["label"]: one["value"] for one in card["facts"]}
            self.assertIn(f"{run.amount:,.0f}", facts["Projected cost"])
            self.assertEqual(
                [meter["value"] for meter in card["meters"]],
                [round(run.payout_ratio, 2), round(run.sales_ratio, 2)],
            )
            self.assertIsNone(card["trend"])

    def test_trend_of_posted_cycles(self):
        for number, day in ((924, "2026-08-19"), (925, "2026-08-26")):
            self._balanced_sales(day=day)
            self._posted(number)
        with freeze_time("2026-09-02 15:00:00"):
            trend = self._card(f"cycle-{self.network.id}")["trend"]
        runs = self.env["mlm.run"].search([("state", "=", "posted")], order="number")
        self.assertEqual([bar["label"] for bar in trend["bars"]], ["924", "925"])
        self.assertEqual(
            [bar["value"] for bar in trend["bars"]],
            [round(run.payout_ratio, 2) for run in runs],
        )

    # -- from closed to posted -------------------------------------------------

    def test_closed_and_not_computed(self):
        self.assertIsNone(self._card("to_compute"))
        self.cycle[924].action_close()
        card = self._card("to_compute")
        self.assertEqual((card["count"], card["button"]["ids"]), (1, self.cycle[924].ids))
        self.assertIsNone(self._card("to_compute", "accountant"))
        self._submitted()
        self.assertIsNone(self._card("to_compute"))

    def test_to_approve(self):
        run = self._submitted()
        card = self._card("to_approve", "approver")
        self.assertEqual((card["count"], card["waits"]), (1, True))
        self.assertEqual(card["button"]["open"], {"model": "mlm.run", "id": run.id})
        self.assertEqual(card["owners"], [{"label": self.users["manager"].name, "count": 1}])
        for role in ("manager", "accountant", "auditor"):
            self.assertFalse(self._card("to_approve", role)["waits"])
        self._as(run, "approver").action_approve()
        self.assertIsNone(self._card("to_approve", "approver"))

    def test_nobody_is_asked_to_approve_the_own_run(self):
        run = self._preview(role="second manager")
        self._as(run, "second manager").action_submit()
        self.assertIsNone(self._card("to_approve", "second manager"))
        self.assertEqual(self._card("to_approve", "approver")["count"], 1)

    def test_to_post(self):
        run = self._submitted()
        self.assertIsNone(self._card("to_post"))
        self._as(run, "approver").action_approve()
        for role, waits in (("manager", True), ("accountant", True), ("approver", False)):
            card = self._card("to_post", role)
            self.assertEqual((card["count"], card["waits"]), (1, waits))
        run.accounting_date = run.period_id.pay_date
        self._as(run, "manager").action_post()
        self.assertIsNone(self._card("to_post"))

    def test_runs_that_failed(self):
        run = self._preview()
        self.assertIsNone(self._card("failed_runs"))
        as_internal(run).write({"state": "failed"})
        self.assertEqual(self._card("failed_runs")["button"]["open"]["id"], run.id)
        # the same cycle is computed after all, and fails again
        later = self._preview()
        self.assertIsNone(self._card("failed_runs"))
        as_internal(later).write({"state": "failed"})
        self.assertEqual(self._card("failed_runs")["count"], 2)
        as_internal(run).write({"state": "cancelled"})
        # what stopped in the middle of posting
        as_internal(later).write({"state": "posting"})
        self.assertIsNone(self._card("failed_runs"))
        as_internal(later).write({"error": "An account is missing"})
        self.assertEqual(self._card("failed_runs")["button"]["open"]["id"], later.id)
        as_internal(self.cycle[924]).write({"state": "posted"})
        self.assertIsNone(self._card("failed_runs"))

    def test_ranks_to_decide(self):
        rank = self.version.rank_ids[0]
        override = self._as(self.env["mlm.rank.override"], "manager").create(
            {
                "distributor_id": self.juan.id,
                "rank_id": rank.id,
                "period_from_id": self.cycle[924].id,
                "reason": "Promised",
            }
        )
        self.assertEqual((self._card("ranks", "approver")["count"]), 1)
        self.assertFalse(self._card("ranks")["waits"])
        self._as(override, "approver").action_approve()
        self.assertIsNone(self._card("ranks", "approver"))

    # -- the books -------------------------------------------------------------

    def test_commissions_to_pay(self):
        code = f"payable-{self.company.id}"
        self._balanced_sales(left=2, right=2)
        self.assertIsNone(self._card(code, "accountant"))
        self._posted()
        card = self._card(code, "accountant")
        self.assertTrue(card["amount"].startswith("891,000"))
        self.assertIn("are owed: 1.", card["text"])
        self.assertIsNone(self._card(code, "manager"))
        self.assertIn(code, self.assert_opens(self.users["auditor"]))

    def test_entry_in_a_locked_period(self):
        run = self._submitted()
        run.accounting_date = "2026-09-04"
        self.assertIsNone(self._card("locked", "accountant"))
        self.company.fiscalyear_lock_date = "2026-09-30"
        self.assertEqual(self._card("locked", "accountant")["count"], 1)
        self.assertIsNone(self._card("locked", "manager"))

    # -- for all roles ---------------------------------------------------------

    def test_every_card_opens(self):
        self._posted()
        run = self._submitted_of(925)
        self._as(run, "approver").action_approve()
        self.cycle[926].action_close()
        seen = {role: self.assert_opens(self.users[role]) for role in ROLES}
        self.assertLessEqual({"to_post", "to_compute"}, seen["manager"])
        self.assertFalse({"to_post", "to_compute"} & seen["warehouse"])

    def _submitted_of(self, number):
        run = self._preview(number)
        self._as(run, "manager").action_submit()
        return run

    def test_queries_are_few(self):
        """As of a list of the core with its menu: none for each record."""
        self._posted()
        self._submitted_of(925)
        for role in ("manager", "approver", "accountant", "auditor"):
            with self.subTest(role):
                self.assertLessEqual(self.count_queries(self.users[role], "commissions"), 80)

    # -- outside the plan -------------------------------------------------------

    def test_prizes_and_contests_wait(self):
        contest = self.env["mlm.contest"].create(
            {
                "name": "Race",
                "date_start": "2026-08-17",
                "date_end": "2026-08-23",
                "prize_ids": [(0, 0, {"name": "Trip", "amount": 50_000})],
            }
        )
        self._sale(self.juan, day="2026-08-19")
        with freeze_time(THURSDAY):
            contest.action_start()
            self.assertIsNone(self._card("contests"))
        with freeze_time("2026-08-25 15:00:00"):
            contest.invalidate_recordset()
            card = self._card("contests")
            self.assertEqual((card["count"], card["button"]["open"]["id"]), (1, contest.id))
            self.assertNotIn("button", self._card("contests", "auditor"))
            self._as(contest, "manager").action_close()
            self.assertIsNone(self._card("contests"))
            card = self._card("adjustments", "approver")
            self.assertEqual(card["button"]["open"]["id"], contest.adjustment_ids.id)
            self.assertNotIn("button", self._card("adjustments"))
            self._as(contest, "approver").action_approve_prizes()
            self.assertIsNone(self._card("adjustments", "approver"))
