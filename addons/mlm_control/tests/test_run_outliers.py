from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class TestRunOutliers(CommissionCommon):
    """Four posted cycles in which JUAN's retail profit is 29,100, 29,100, 58,200 and
    58,200: the median is 29,100, the deviation 0, so far is 14,550 away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.days = {924: "2026-08-19", 925: "2026-08-26", 926: "2026-09-02"}

    def _history(self, amounts):
        """Posted runs before cycle 924 with statements of JUAN, in pesos."""
        versions = self.version
        for number, amount in enumerate(amounts, start=924 - len(amounts)):
            period = as_internal(self.periods).create(
                {"network_id": self.network.id, "number": number, "state": "history"}
            )
            run = as_internal(self.env["mlm.run"]).create(
                {
                    "network_id": self.network.id,
                    "period_id": period.id,
                    "version_id": versions.id,
                    "state": "posted",
                }
            )
            as_internal(self.env["mlm.statement"]).create(
                {
                    "company_id": self.company.id,
                    "run_id": run.id,
                    "period_id": period.id,
                    "distributor_id": self.juan.id,
                    "gross_e4": amount * 10_000,
                    "deducted_e4": 0,
                    "net_e4": amount * 10_000,
                }
            )

    def _run(self, boxes):
        """Preview in which JUAN earns 29,100 for each box."""
        if boxes:
            self._sale(self.clara, boxes, price_unit=140_000)
        return self._preview()

    def test_far_above_the_own_history(self):
        self._history([29_100, 29_100, 58_200, 58_200])
        outlier = self._run(2).outlier_ids
        self.assertEqual((outlier.kind, outlier.distributor_id), ("history", self.juan))
        self.assertEqual(
            (outlier.amount, outlier.usual, outlier.limit, outlier.seen),
            (58_200, 29_100, 43_650, 4),
        )
        self.assertIn("last 4 paid cycles", outlier.text)

    def test_near_the_own_history(self):
        self._history([29_100, 29_100, 29_100, 40_000])
        self.assertFalse(self._run(1).outlier_ids)

    def test_wide_history_allows_more(self):
        """Median 30,000, deviations 0, 20,000, 20,000, 40,000, 60,000: 20,000 × 1.4826 × 6
        = 177,912 above the median."""
        self._history([10_000, 30_000, 50_000, 70_000, 90_000])
        self.assertFalse(self._run(7).outlier_ids)

    def test_paid_no_more(self):
        self._history([29_100] * 4)
        outlier = self._run(0).outlier_ids
        self.assertEqual((outlier.amount, outlier.usual), (0, 29_100))
        self.assertIn("is unusual", outlier.text)

    def test_short_history_says_nothing(self):
        self._history([29_100] * 3)
        self.assertFalse(self._run(9).outlier_ids)

    def test_least_difference(self):
        self.network.outlier_least = 30_000
        self._history([29_100] * 4)
        self.assertFalse(self._run(2).outlier_ids)
        self.cycle[924].action_reopen()
        self.assertTrue(self._run(3).outlier_ids)

    def _sellers(self, count):
        """So many sellers with a customer each."""
        people = self.env["mlm.distributor"]
        for number in range(count):
            self._enrol(f"S{number}", "MARIA")
            people |= self._enrol(f"K{number}", f"S{number}", kind="customer")
        return people

    def test_far_above_the_rank(self):
        """Ten sellers: nine with one box, one with two. The largest but one is 29,100."""
        for customer in self._sellers(9):
            self._sale(customer, price_unit=140_000)
        outlier = self._run(2).outlier_ids
        self.assertEqual((outlier.kind, outlier.distributor_id), ("peers", self.juan))
        self.assertEqual((outlier.usual, outlier.limit, outlier.seen), (29_100, 43_650, 10))
        self.assertIn("No rank", outlier.text)

    def test_too_few_of_a_rank(self):
        for customer in self._sellers(8):
            self._sale(customer, price_unit=140_000)
        self.assertFalse(self._run(2).outlier_ids)

    def test_switched_off(self):
        self.network.write({"outlier_runs": 0, "outlier_times": 0})
        self._history([29_100] * 4)
        self.assertFalse(self._run(9).outlier_ids)
