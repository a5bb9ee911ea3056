from odoo.addons.mlm_commission.tests.common import CommissionCommon

from . import test_run_outliers as outliers


class TestRunSheet(CommissionCommon):
    """Who is listed before an approval; JUAN earns 29,100 for each box his customer buys."""

    _history = outliers.TestRunOutliers._history
    _run = outliers.TestRunOutliers._run

    def _sheet(self, run):
        return {(line.kind, line.distributor_id.code): line for line in run.sheet_ids}

    def test_first_time_payee_is_among_the_highest(self):
        run = self._run(2)
        sheet = self._sheet(run)
        self.assertEqual(set(sheet), {("top", "JUAN"), ("first", "JUAN")})
        self.assertEqual(sheet["top", "JUAN"].rank, 1)
        self.assertEqual(sheet["first", "JUAN"].amount, 58_200)
        self.assertEqual(run.sheet_count, 1)
        self.assertEqual(run.sheet_ids.currency_id, run.currency_id)
        totals = self.env["mlm.run.sheet"]._read_group([], ["kind"], ["amount:sum"])
        self.assertEqual(dict(totals), {"first": 58_200, "top": 58_200})

    def test_half_the_mean_is_not_far_and_more_is(self):
        """Mean of 29,100 · 29,100 · 0 · 58,200 = 29,100; of four cycles with one unpaid."""
        self._history([29_100, 29_100, 0, 58_200])
        sheet = self._sheet(self._run(1))
        self.assertEqual(set(sheet), {("top", "JUAN")})
        self.cycle[924].action_reopen()
        line = self._sheet(self._run(1))["far", "JUAN"]
        self.assertEqual((line.amount, line.mean, line.before), (58_200, 29_100, 58_200))
        self.assertEqual((line.cycles, line.change), (4, 100))

    def test_only_the_last_four_cycles_count(self):
        self._history([900_000, 29_100, 29_100, 29_100, 29_100])
        self.assertEqual(set(self._sheet(self._run(1))), {("top", "JUAN")})

    def test_paid_last_cycle_and_nothing_now(self):
        self._history([29_100] * 4)
        self.assertEqual(set(self._sheet(self._run(0))), {("gone", "JUAN")})

    def test_not_paid_last_cycle_is_not_gone(self):
        self._history([29_100, 29_100, 29_100, 0])
        self.assertEqual(set(self._sheet(self._run(0))), {("far", "JUAN")})

    def test_path_leads_to_it_and_it_leads_on(self):
        run = self._run(1)
        blockers = (
            run.period_id.with_user(self.users["manager"]).sudo(False)._get_blockers("approve", run)
        )
        blocker = next(one for one in blockers if one["code"] == "sheet")
        self.assertEqual((blocker["count"], blocker["stops"]), (1, False))
        lines = self._as(self.env["mlm.run.sheet"], "approver").search(blocker["action"]["domain"])
        self.assertEqual(lines.distributor_id, self.juan)
        context = lines[0].action_compare()["context"]
        self.assertEqual(context["default_distributor_id"], self.juan.id)
        self.assertTrue(self.env["mlm.earning"].search_count(lines[0].action_earnings()["domain"]))

    def test_goes_with_the_preview(self):
        run = self._run(1)
        lines = run.sheet_ids
        self._as(run, "manager").action_discard()
        self.assertFalse(lines.exists())
