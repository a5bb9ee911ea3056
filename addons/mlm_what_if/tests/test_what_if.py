# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError

from .common import WhatIfCommon

INLINE = "odoo.addons.mlm_what_if.models.mlm_what_if.INLINE_MEMBERS"
BRONZE = ("min: 1500, pct: 11", "min: 1500, pct: 12")


class TestWhatIf(WhatIfCommon):
    """What a plan would have paid for cycles that are posted."""

    def test_another_percentage(self):
        runs = self._two_cycles().sorted("number")
        before = [(run.digest, run.amount_e4) for run in runs]
        what_if = self._tried(self._changed(BRONZE))
        self.assertEqual(what_if.cycle_ids.run_id, runs)
        self.assertEqual(
            [(one.posted, one.tried) for one in what_if.cycle_ids],
            [(479_100, 479_100), (990_000, 1_080_000)],
        )
        self.assertEqual(
            (what_if.posted, what_if.tried, what_if.difference), (1_469_100, 1_559_100, 90_000)
        )
        self.assertEqual(
            self._people(what_if),
            {"MARIA": (1_440_000, 1_530_000, "up"), "JUAN": (29_100, 29_100, "same")},
        )
        # CV of both cycles in money
        cv = sum(run.cv for run in runs) * 4_500
        self.assertAlmostEqual(what_if.cv_ratio, 100 * 1_559_100 / cv, 2)
        # what was posted stays as it was
        self.assertEqual([(run.digest, run.amount_e4) for run in runs], before)
        self.assertEqual([run._verify() for run in runs], [[], []])

    def test_points_go_on_from_one_cycle_to_the_next(self):
        """Nothing is paid below 1,500: the points stay, and pay at a higher rank in 925."""
        self._two_cycles()
        what_if = self._tried(self._changed(("min_cv: 100 ", "min_cv: 1500 ")))
        self.assertEqual([one.tried for one in what_if.cycle_ids], [29_100, 1_620_000])
        figures = what_if.read_figures()
        ranks = {one["name"]: one for one in figures["ranks"]}
        self.assertEqual(ranks["Bronze"]["people"], [1, 0])
        self.assertEqual(ranks["Silver"]["people"], [0, 1])
        self.assertEqual(ranks["Silver"]["amounts"], [0, 1_620_000])
        person = self.env["mlm.what.if.person"].search(
            [*what_if._id_domain("mlm.what.if.person"), ("payee_id", "=", self.maria.id)]
        )
        self.assertEqual((person.rank_change, person.ranks), ("higher", "Bronze → Silver"))

    def test_the_same_plan_differs_in_nothing(self):
        runs = self._two_cycles().sorted("number")
        what_if = self._tried(self._changed())
        self.assertEqual(what_if.cycle_ids.mapped("digest"), runs.mapped("digest"))
        self.assertEqual({change for *_amounts, change in self._people(what_if).values()}, {"same"})

    def test_a_bonus_that_is_new_or_gone(self):
        self._two_cycles()
        what_if = self._tried(self._changed(("code: retail\n", "code: detail\n")))
        bonuses = {one["code"]: one for one in what_if.figures["bonuses"]}
        self.assertEqual((bonuses["retail"]["old"], bonuses["retail"]["new"]), (291_000_000, 0))
        self.assertEqual((bonuses["detail"]["old"], bonuses["detail"]["new"]), (0, 291_000_000))
        self.assertIn("Retail profit", what_if.notes)

    def test_two_beside_each_other(self):
        self._two_cycles()
        first = self._tried(self._changed(BRONZE), name="Bronze 12")
        second = self._tried(self._changed(("pct: 10}", "pct: 9}")), name="Nine")
        other = self._tried(self._changed(BRONZE), name="One cycle", cycles=1)
        figures = first.read_figures(second.id)
        self.assertEqual([one["name"] for one in figures["peers"]], ["Nine"])
        self.assertEqual(
            [one["name"] for one in figures["sides"]], ["As posted", "Bronze 12", "Nine"]
        )
        self.assertEqual(
            [one["total"] for one in figures["sides"]], [1_469_100, 1_559_100, 1_424_100]
        )
        [binary] = [one for one in figures["bonuses"] if one["name"] == "Team binary"]
        self.assertEqual(binary["amounts"], [1_440_000, 1_530_000, 1_395_000])
        self.assertEqual(figures["cycles"][1]["amounts"], [990_000, 1_080_000, 990_000])
        # one of other cycles is not shown beside it
        self.assertEqual(len(first.read_figures(other.id)["sides"]), 2)
        [winner] = figures["winners"]
        self.assertEqual((winner["id"], winner["difference"]), (self.maria.id, 90_000))
        self.assertFalse(figures["losers"])

    def test_both_sides_are_explained(self):
        self._two_cycles()
        what_if = self._tried(self._changed(BRONZE), name="Bronze 12")
        person = self._as(self.env["mlm.what.if.person"], "auditor").search(
            what_if._id_domain("mlm.what.if.person"), limit=1
        )
        action = person.action_explain()
        wizard = self._as(self.env["mlm.what.if.explanation"], "auditor").browse(action["res_id"])
        # it opens at the cycle that differs
        self.assertEqual(wizard.run_id.period_id.number, 925)
        self.assertIn("90,000", wizard.html)
        self.assertIn("Bronze 12", wizard.html)
        self.assertIn("11 %", wizard.old_html)
        self.assertIn("12 %", wizard.new_html)
        self.assertNotIn("12 %", wizard.old_html)
        wizard.run_id = what_if.cycle_ids[0].run_id
        self.assertIn("the same in both", wizard.html)

    def test_it_keeps_the_plan_of_then(self):
        """A draft goes on; what was computed is explained as it was."""
        self._two_cycles()
        draft = self._changed(BRONZE)
        what_if = self._tried(draft)
        self.assertFalse(what_if.is_outdated)
        draft.document = draft.document.replace("pct: 12}", "pct: 20}")
        self.assertTrue(what_if.is_outdated)
        view = what_if.cycle_ids[1]._view()
        self.assertEqual(view.plan["ranks"][1]["rate_e6"], 120_000)
        self._as(what_if, "manager").action_compute()
        self.assertEqual((what_if.tried, what_if.is_outdated), (479_100 + 1_800_000, False))

    def test_large_networks_wait_for_the_background(self):
        self._two_cycles()
        draft = self._changed(BRONZE)
        records = self._as(self.env["mlm.what.if"], "manager")
        what_if = records.create({"name": "Large", "version_id": draft.id})
        with patch(INLINE, 0):
            what_if.action_compute()
        self.assertEqual(what_if.state, "queued")
        with self.assertRaisesRegex(UserError, "being computed"):
            what_if.action_compute()
        what_if.action_stop()
        self.assertEqual(what_if.state, "failed")
        self.assertIn("stopped", what_if.error)
        with patch(INLINE, 0):
            what_if.action_compute()
        with self.enter_registry_test_mode():
            self.env.ref("mlm_what_if.cron_work").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((what_if.state, what_if.tried), ("done", 1_559_100))
        self.assertEqual(what_if.progress_done, 100)
        with self.enter_registry_test_mode(), freeze_time("2026-11-30 15:00:00"):
            self.env["mlm.what.if.progress"]._set(what_if, "Cycle 924", 0.5, 90)
            what_if.invalidate_recordset()
            self.assertEqual(what_if.progress_left, "about 2 min left")

    def test_a_failure_in_the_background_is_kept(self):
        self._two_cycles()
        what_if = self._as(self.env["mlm.what.if"], "manager").create(
            {"name": "Fails", "version_id": self._changed(BRONZE).id}
        )
        with patch(INLINE, 0):
            what_if.action_compute()
        model = type(self.env["mlm.run"])
        with (
            patch.object(model, "_snapshot_data", lambda run: b""),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("mlm_what_if.cron_work").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(what_if.state, "failed")
        self.assertIn("Restore its file", what_if.error)

    def test_what_cannot_be_tried(self):
        with self.assertRaisesRegex(UserError, "No cycle"):
            self._tried(self._changed(BRONZE))
        with self.assertRaisesRegex(ValidationError, "between 1 and"):
            self._tried(self._changed(BRONZE), cycles=0)
        self._two_cycles()
        with self.assertRaisesRegex(UserError, "other periods"):
            shipped = self.env["mlm.plan.version"]._shipped("doterra")
            self._tried(self.env["mlm.plan.version"]._import_document(shipped, self.network))

    def test_it_goes_with_its_rows_and_files(self):
        self._two_cycles()
        what_if = self._tried(self._changed(BRONZE))
        number, files = what_if.number, what_if.sudo().cycle_ids.inputs_id
        self.assertEqual(len(files), 2)
        what_if.unlink()
        self.assertFalse(files.exists())
        self.env.cr.execute("SELECT to_regclass(%s)", [f"mlm_what_if_person_store_{number}"])
        self.assertFalse(self.env.cr.fetchone()[0])
