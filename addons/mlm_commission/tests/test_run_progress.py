from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestRunProgress(CommissionCommon):
    """What people see of work in the background, by a clock that the test moves."""

    def setUp(self):
        super().setUp()
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        self.run_924 = self._preview()

    def _work(self, work, points, size=10, run=None):
        """Report ``(seconds, stage, fraction)`` and return what is shown at each."""
        run, shown = (run or self.run_924), []
        with (
            self.enter_registry_test_mode(),
            freeze_time("2026-08-24 15:00:00") as clock,
        ):
            report = self.env["mlm.run.progress"]._watch(run, work, size)
            before = 0
            for moment, stage, fraction in points:
                clock.tick(moment - before)
                report(stage, fraction)
                before = moment
                run.invalidate_recordset()
                shown.append((run.progress_stage, run.progress_done, run.progress_left))
        return shown

    def test_computing(self):
        self.assertFalse(self.run_924.progress_left)
        as_internal(self.run_924).write({"state": "computing"})
        shown = self._work("compute", [(0, "capture", 0), (30, "ranks", 0.2), (60, "rows", 0.4)])
        self.assertEqual(
            shown,
            [
                ("Capturing sales", 0, ""),
                ("Calculating", 20, "about 2 min left"),
                ("Storing the results", 40, "about 2 min left"),
            ],
        )

    def test_what_an_earlier_one_took_is_known_at_once(self):
        """Twice the people; not of what did not come to its end, nor of another kind."""
        as_internal(self.run_924).write({"state": "computing"})
        self._work("compute", [(0, "inputs", 0), (300, "rows", 0.5), (600, "done", 1)])
        shown = self._work("compute", [(0, "inputs", 0)], size=20)
        self.assertEqual(shown, [("Reading the inputs", 0, "about 20 min left")])
        # that one was left at its beginning, so nothing is known of a whole one
        self.assertEqual(
            self.env["mlm.run.progress"]._get_past(self.run_924, "compute", 1), ((), 1)
        )
        self.assertEqual(self.env["mlm.run.progress"]._get_past(self.run_924, "post", 1), ((), 1))

    def test_time_goes_on_between_two_reports(self):
        as_internal(self.run_924).write({"state": "computing"})
        self._work("compute", [(0, "inputs", 0), (100, "ranks", 0.2)])
        self.run_924.invalidate_recordset()
        for moment, text in (
            ("15:01:40", "about 7 min left"),
            ("15:05:40", "about 3 min left"),
            ("15:08:30", "less than a minute left"),
            ("15:11:00", ""),
        ):
            with self.subTest(moment=moment), freeze_time(f"2026-08-24 {moment}"):
                self.run_924.invalidate_recordset()
                self.assertEqual(self.run_924.progress_left, text)

    def test_posting_counts_parts(self):
        self.company.mlm_chunk_size = 1
        run = self.run_924
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run._start_posting()
        with self.enter_registry_test_mode():
            report = run._watch_posting()
            run.invalidate_recordset()
            self.assertEqual((run.progress_stage, run.progress_done), ("0 of 2 entries", 0))
            run._post_chunk(run.chunk_ids[0])
            self.env.flush_all()
            report()
        run.invalidate_recordset()
        self.assertEqual((run.progress_stage, run.progress_done), ("1 of 2 entries", 50))

    def test_the_path_of_the_cycle_says_how_long(self):
        as_internal(self.run_924).write({"state": "computing"})
        self._work("compute", [(0, "inputs", 0), (100, "ranks", 0.2)])
        with freeze_time("2026-08-24 15:01:40"):
            self.env.invalidate_all()
            path = self._as(self.cycle[924], "manager")._get_path(self.run_924)
        note = next(one["note"] for one in path if one["code"] == "preview")
        self.assertRegex(note, r"being computed\. 20\s% · about 7 min left$")

    def test_who_sees_the_time_left(self):
        """The row is the system's; the run says it to whoever reads the run."""
        self._work("compute", [(0, "inputs", 0), (100, "ranks", 0.2)])
        with freeze_time("2026-08-24 15:01:40"):
            for role in ("manager", "approver", "accountant", "auditor"):
                self.env.invalidate_all()
                run = self._as(self.run_924, role)
                self.assertEqual(run.progress_left, "about 7 min left", role)
