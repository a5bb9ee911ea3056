from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class TestRunGuard(CommissionCommon):
    """990,000 are paid on 5,000 CV × 4,500 = 22,500,000: 4.4 %. Net sales: five pieces
    of 110,900 = 554,500."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["third"] = new_test_user(
            cls.env,
            "commission_third",
            groups="base.group_user,mlm_base.group_approver",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _submitted(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self._as(run, "manager").action_submit()
        return run

    def test_below_the_limits(self):
        run = self._submitted()
        self.assertFalse(run.is_over_guard)
        self.assertEqual(run.net_sales, 554_500)
        self.assertAlmostEqual(run.payout_ratio, 4.4)
        self.assertAlmostEqual(run.sales_ratio, 100 * 990_000 / 554_500, places=2)
        self.assertFalse(run.activity_ids)

    def test_exactly_the_limit_is_no_alarm(self):
        self.network.guard_cv = 4.4
        self.assertFalse(self._submitted().is_over_guard)

    def test_prizes_beside_the_plan_count_in_the_share_of_sales(self):
        """RULES 20: 990,000 are 178.5 % of the net sales; with a prize of 100,000, 196.6 %."""
        self.network.guard_sales = 180
        before = self._submitted()
        self.assertFalse(before.is_over_guard)
        prize = self.env["mlm.adjustment"].create(
            {
                "distributor_id": self.juan.id,
                "kind": "prize",
                "amount_input": 100_000,
                "reason": "Race",
                "accounting_date": self.cycle[924].date_end,
            }
        )
        self._as(prize, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "count in its cost"):
            self._as(before, "approver").action_approve()
        run = self._preview(close=False)
        self.assertEqual((run.adjusted, run.amount), (100_000, 990_000))
        self.assertAlmostEqual(run.sales_ratio, 100 * 1_090_000 / 554_500, places=2)
        self.assertIn("196.57 % of net sales", run.with_context(lang="en_US").guard_text)

    def test_third_signature(self):
        self.network.guard_cv = 4.39
        run = self._submitted()
        self.assertTrue(run.is_over_guard)
        self.assertIn("4.40 % of CV", run.with_context(lang="en_US").guard_text)
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "needs the signature of a third person"):
            self._as(run, "manager").action_post()
        with self.assertRaises(AccessError):
            self._as(run, "manager").action_countersign()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(run, "approver").action_countersign()
        self._as(run, "third").action_countersign()
        self.assertEqual(run.countersigned_by_id, self.users["third"])
        run.accounting_date = run.period_id.pay_date
        self._as(run, "manager").action_post()
        self.assertEqual(run.state, "posted")

    def test_who_computed_does_not_sign(self):
        self.network.guard_cv = 1
        self._balanced_sales(left=2, right=2)
        run = self._preview(role="second manager")
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(run, "second manager").action_countersign()

    def test_signature_before_approval_or_without_need(self):
        run = self._submitted()
        with self.assertRaisesRegex(UserError, "this needs “Approved”"):
            self._as(run, "third").action_countersign()
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "needs no further signature"):
            self._as(run, "third").action_countersign()

    def test_withdrawn_run_loses_its_signature(self):
        self.network.guard_cv = 1
        run = self._submitted()
        self._as(run, "approver").action_approve()
        self._as(run, "third").action_countersign()
        self._as(run, "manager").action_withdraw()
        self.assertFalse(run.countersigned_by_id)

    def test_limit_raised_afterwards_does_not_help(self):
        """The limits are those of the preview."""
        self.network.guard_cv = 1
        run = self._submitted()
        self.network.guard_cv = 90
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "third person"):
            self._as(run, "manager").action_post()

    def test_net_sales(self):
        self.network.guard_sales = 50
        run = self._submitted()
        self.assertTrue(run.is_over_guard)
        self.assertIn("178.54 % of net sales", run.with_context(lang="en_US").guard_text)

    def test_signature_is_not_written_by_rpc(self):
        run = self._submitted()
        with self.assertRaises(AccessError):
            self._as(run, "manager").write({"countersigned_by_id": self.users["third"].id})
        with self.assertRaises(AccessError):
            self._as(run, "manager").write({"is_over_guard": False})

    def test_alarm_reaches_managers_and_approvers_once(self):
        self.network.guard_cv = 1
        self._balanced_sales(left=2, right=2)
        run = self._preview(close=False)
        alarmed = run.activity_ids.user_id
        self.assertTrue(self.users["manager"] in alarmed and self.users["third"] in alarmed)
        self.assertNotIn(self.users["support"], alarmed)
        self.assertFalse(self._preview(close=False).activity_ids)

    def test_a_week_of_returns_pays_nothing_and_needs_no_signature(self):
        self.network.guard_cv = self.network.guard_sales = 50
        invoice = self._sale(self.juan, product=self.big, day="2026-08-19")
        self._posted(924)
        refund = invoice._reverse_moves(
            [{"date": "2026-08-26", "invoice_date": "2026-08-26"}], cancel=False
        )
        refund.action_post()
        self._pay(refund, "2026-08-26")
        self._capture()
        run = self._preview(925)
        self.assertLess(run.cv, 0)
        self.assertEqual(run.amount_e4, 0)
        self.assertFalse(run.is_over_guard, run.guard_text)

    def test_by_bonus(self):
        self._sale(self.clara, price_unit=140_000)
        run = self._submitted()
        shares = {
            total.bonus_id.code: (total.cv_ratio, total.sales_ratio)
            for total in run.bonus_total_ids
        }
        cv, sales = 5_014 * 4_500, 554_500 + 140_000
        self.assertAlmostEqual(shares["binary"][0], 100 * 990_000 / cv, places=2)
        self.assertAlmostEqual(shares["retail"][1], 100 * 29_100 / sales, places=2)

    def test_nightly_preview(self):
        self.network.guard_daily = True
        today = self.periods._today(self.network)
        self.network.first_cycle = self.periods._number_on(self.network, today)
        before = self.periods.search([]).filtered(lambda one: one.number)
        as_internal(before).write({"state": "history"})
        self.periods._ensure_until(self.network, today)
        runs = self.env["mlm.run"]
        first = runs._guard_previews(self.network)
        self.assertEqual((first.state, first.is_guard_preview), ("queued", True))
        self.assertTrue(first.period_id.is_current)
        first._compute_run()
        self.assertFalse(runs._guard_previews(self.network), "nothing happened since")
