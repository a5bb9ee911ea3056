from datetime import datetime

from mlm_engine.kernel import codes

from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestCompute(CommissionCommon):
    def test_binary_of_a_week(self):
        """2,000 CV lesser leg → Bronce, 11 % × 2,000 × 4,500 = 990,000."""
        self._balanced_sales(left=2, right=3)
        run = self._preview()
        self.assertEqual(run.state, "preview")
        self.assertEqual(self._amounts(run), {("MARIA", "binary"): 990_000})
        self.assertEqual(run.amount, 990_000)
        self.assertEqual(run.deducted, 99_000)
        self.assertEqual(run.net, 891_000)
        self.assertEqual([(t.rank_id.code, t.payees) for t in run.rank_total_ids], [("bronce", 1)])

    def test_previews_repeat_and_compare(self):
        self._balanced_sales()
        first, second = self._preview(), self._preview()
        self.assertNotEqual(first, second)
        self.assertEqual(first.digest, second.digest)
        self.assertEqual(second.previous_id, first)
        binary = second.bonus_total_ids.filtered(lambda t: t.bonus_id.code == "binary")
        self.assertEqual(binary.previous_e4, binary.amount_e4)
        self.assertEqual(self._amounts(first), self._amounts(second))

    def test_recomputing_a_killed_run_replaces_its_rows(self):
        self._balanced_sales()
        run = self._preview()
        digest, rows = run.digest, run.earning_count
        run._compute_run()
        self.assertEqual((run.digest, run.earning_count), (digest, rows))

    def test_carry_goes_to_the_next_cycle(self):
        self._balanced_sales(left=1, right=3)
        run = self._posted(924)
        self.assertEqual(self._amounts(run), {("MARIA", "binary"): 450_000})
        self._sale(self.juan, product=self.big, quantity=2, day="2026-08-26")
        later = self._preview(925)
        self.assertEqual(self._amounts(later), {("MARIA", "binary"): 990_000})

    def test_missing_number_loses_no_carry(self):
        """Cycle 925 was never made: 926 begins with what 924 left over."""
        self._balanced_sales(left=3, right=1)
        posted = self._posted()
        self.cycle[925].unlink()
        self.assertEqual(self.cycle[926]._previous_run(), posted)

    def test_deleted_preview_leaves_nothing_behind(self):
        run = self._preview()
        inputs = run.snapshot_id
        self._as(run, "manager").unlink()
        self.assertFalse(inputs.exists())

    def test_discarded_run_is_not_computed(self):
        run = self._preview()
        run.action_discard()
        run._compute_waiting()
        self.assertEqual(run.state, "cancelled")

    def test_failure_is_said_once(self):
        run = self._preview()
        as_internal(run).write({"state": "posting"})
        before = len(run.message_ids)
        for _hour in range(3):
            run._keep_failure("No account")
        self.assertEqual(len(run.message_ids), before + 1)
        self.assertEqual((run.state, run.error), ("posting", "No account"))

    def test_cancelled_credit_note_leaves_the_package(self):
        invoice = self._sale(self.juan, product=self.packages["ESP-3"])
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=False)
        refund.action_post()
        self._capture()
        load = self.env["mlm.snapshot"]._load
        self.assertFalse(load(self.cycle[925], self.version).held_member.size)
        refund.button_draft()
        self._capture()
        self.assertEqual(load(self.cycle[925], self.version).held_member.size, 1)

    def test_opening_carry_starts_the_first_cycle(self):
        as_internal(self.env["mlm.opening"]).create(
            [
                {
                    "kind": "carry",
                    "distributor_id": self.maria.id,
                    "position_id": self.maria.position_ids.id,
                    "bonus_code": "binary",
                    "measure": "carry_right",
                    "value_e4": 5_000_0000,
                }
            ]
        )
        self._balanced_sales(left=2, right=0)
        self._sale(self.yenny, product=self.packages["KIT"])
        yenny = self._create_product_with_volume("PV", 500_000, 0)
        self._sale(self.yenny, product=yenny)
        self.assertEqual(self._amounts(self._preview()), {("MARIA", "binary"): 990_000})

    def test_package_bonus_and_breakage(self):
        """GX-GEN5-02: own ESP-1, bought ESP-3: 25 USD paid, 125 not reached."""
        self._sale(self.maria, product=self.big)
        self._sale(self.maria, product=self.packages["ESP-1"], day="2026-08-18")
        self._sale(self.juan, product=self.packages["ESP-3"], day="2026-08-20")
        run = self._preview()
        self.assertEqual(self._amounts(run), {("MARIA", "gen5"): 112_500})
        row = self.env["mlm.earning"].search(
            [
                *run._id_domain("mlm.earning"),
                ("payee_id", "=", self.maria.id),
                ("source_id", "=", self.juan.id),
            ]
        )
        self.assertEqual(row.breakage, 562_500)
        self.assertEqual(row.reason, "smaller_package")
        self.assertEqual(row.entry_id.product_id, self.packages["ESP-3"])

    def test_retail_profit(self):
        """GX-RETAIL-01."""
        self._sale(self.clara, price_unit=140_000)
        self.assertEqual(self._amounts(self._preview()), {("JUAN", "retail"): 29_100})

    def test_cycle_waits_for_the_one_before(self):
        self.cycle[924].action_close()
        with self.assertRaisesRegex(UserError, "Post Cycle 924 first"):
            self._preview(925)

    def test_no_plan_in_force(self):
        as_internal(self.version).write({"state": "retired"})
        with self.assertRaisesRegex(UserError, "no published plan"):
            self._preview()

    def test_no_rate_of_exchange(self):
        self.env["mlm.exchange.rate"].search([]).unlink()
        with self.assertRaisesRegex(UserError, "USD"):
            self._preview()

    def test_stale_preview_says_so(self):
        self._balanced_sales()
        run = self._preview(close=False)
        self.assertFalse(run.is_stale)
        self._sale(self.juan, product=self.big)
        # in one transaction both have the same clock: put the preview before
        as_internal(run).write({"computed_at": "2026-01-01 00:00:00"})
        run.invalidate_recordset()
        self.assertTrue(run.is_stale)

    def test_discarded_preview_leaves_no_rows(self):
        self._balanced_sales()
        run = self._preview()
        run.action_discard()
        self.assertFalse(self.env["mlm.earning"].search(run._id_domain("mlm.earning")))

    def test_codes_are_contiguous(self):
        """The views turn codes into words by position."""
        for enum in (codes.Reason, codes.RateSource):
            self.assertEqual([int(item) for item in enum], list(range(len(enum))))

    def test_report_is_a_workbook(self):
        self._balanced_sales()
        run = self._posted()
        self.assertEqual(run._xlsx_report()[:2], b"PK")

    def test_people_are_as_they_were(self):
        """Suspended after the cycle, or terminated at its close: paid for it all the same."""
        self._balanced_sales(left=2, right=2)
        # whoever heads a tree does not leave: there must be somebody above
        head = {"name": "Head", "is_root": True, "joined_at": self.maria.joined_at}
        self.maria._correct_sponsor(self.maria._enrol([head]), "Test")
        for change, effective, paid in (
            ("_suspend", datetime(2026, 8, 26, 12), True),
            ("_terminate", self.cycle[924]._end_moment(), True),
            ("_suspend", datetime(2026, 8, 20, 12), False),
            ("_terminate", datetime(2026, 8, 10, 12), False),
        ):
            with self.subTest(change=change, effective=effective), self.env.cr.savepoint() as point:
                getattr(self.maria, change)("Test", effective)
                self.env.flush_all()
                self.assertEqual(bool(self._amounts(self._preview())), paid)
                point.rollback()
                self.env.invalidate_all()

    def test_corrections_inside_a_cycle_net_to_nothing(self):
        invoice = self._invoice(self._order(self.juan, product=self.big))
        payment = self._pay(invoice)
        self._capture()
        payment.action_draft()
        self._capture()
        run = self._preview()
        snapshot = self.env["mlm.snapshot"]._load(run.period_id, run.version_id)
        self.assertFalse(len(snapshot.row_id))
