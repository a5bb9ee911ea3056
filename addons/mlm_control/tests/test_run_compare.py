from odoo.addons.mlm_commission.tests.common import CommissionCommon


class TestRunCompare(CommissionCommon):
    """MARÍA's binary pays 495 pesos per point matched: 11 % × 4,500."""

    def _changes(self, run):
        """``{(against, payee, bonus): (old, new, change)}``."""
        found = self.env["mlm.run.change"].search(run._id_domain("mlm.run.change"))
        return {
            (one.against, one.payee_id.code, one.bonus_id.code): (one.old, one.new, one.change)
            for one in found
        }

    def test_first_preview_has_nothing_to_compare(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self.assertFalse(run.has_changes)
        self.assertEqual(self._changes(run), {})

    def test_against_the_preview_before(self):
        self._balanced_sales(left=2, right=2)
        first = self._preview()
        self.assertEqual(first.amount, 990_000)
        self.cycle[924].action_reopen()
        self._sale(self.clara, price_unit=140_000)
        second = self._preview()
        self.assertEqual(
            self._changes(second),
            {("preview", "JUAN", "retail"): (0, 29_100, "new")},
        )
        self.assertTrue(second.has_changes)

    def test_same_preview_twice_differs_in_nothing(self):
        self._balanced_sales(left=2, right=2)
        self._preview()
        self.assertEqual(self._changes(self._preview()), {})

    def test_against_the_cycle_before(self):
        """924: MARÍA 990,000 and JUAN's retail 29,100. 925: MARÍA less, JUAN nothing."""
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        self._posted()
        self._balanced_sales(day="2026-08-26")
        run = self._preview(925)
        found = self._changes(run)
        self.assertEqual(found["posted", "JUAN", "retail"], (29_100, 0, "vanished"))
        self.assertEqual(found["posted", "MARIA", "binary"][2], "down")
        self.assertEqual(found["posted", "MARIA", "binary"][0], 990_000)
        self.assertEqual(found["posted", "MARIA", "binary"][1], run.amount)
        self.assertEqual(run.posted_before_id.period_id.number, 924)

    def test_largest_difference_comes_first(self):
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        self._posted()
        rows = self.env["mlm.run.change"].search(self._preview(925)._id_domain("mlm.run.change"))
        self.assertEqual(rows.mapped("difference"), [-990_000, -29_100])

    def test_rows_go_with_the_preview(self):
        self._balanced_sales(left=2, right=2)
        first = self._preview()
        self.cycle[924].action_reopen()
        self._sale(self.clara, price_unit=140_000)
        second = self._preview()
        self.assertTrue(self._changes(second))
        self._as(second, "manager").action_discard()
        self.env.cr.execute("SELECT to_regclass(%s)", [f"mlm_run_change_store_{second.number}"])
        self.assertFalse(self.env.cr.fetchone()[0])
        self.assertTrue(first.exists())
