# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.exceptions import UserError

from odoo.addons.mlm_plan.tests.kinds_common import KINDS, KindsMixin

from .common import CommissionCommon

MATCHING = """\
  - code: match
    rule: matching
    name: {es: Bono de igualación, en: Matching bonus}
    period: four_weeks
    tree: sponsor
    as_of: period_end
    params: {bonuses: [binary], rates: [10]}
"""


class TestRunsOfKinds(KindsMixin, CommissionCommon):
    """Runs of longer periods: on the rows of all their cycles."""

    def test_nothing_is_computed_before_a_cycle_is_posted(self):
        with self.assertRaisesRegex(UserError, "none of its cycles is posted"):
            self.long.action_preview()

    @freeze_time("2026-09-10 12:00:00")
    def test_run_of_four_weeks(self):
        """Its run pays its own bonuses on the rows of all its cycles."""
        self._sale(self.maria, product=self.packages["ESP-3"], day="2026-08-18")
        self._sale(self.maria, product=self.big, day="2026-08-19")
        self._sale(self.juan, product=self.packages["ESP-1"], day="2026-08-27")
        self._sale(self.yenny, product=self.packages["ESP-1"], day="2026-09-02")
        for number in (924, 925):
            run = self._posted(number)
            self.assertNotIn("gen5", run.bonus_total_ids.bonus_id.mapped("code"))
            self.assertNotIn(("MARIA", "gen5"), self._amounts(run))
        self.assertEqual(self.long.state, "open")
        early = self._preview_of(self.long)
        self.assertEqual(self._amounts(early), {("MARIA", "gen5"): 25 * 4500})
        with self.assertRaisesRegex(UserError, "Cycle|open"):
            self._as(early, "manager").action_submit()

        self._posted(926)
        self.assertEqual(self.long.state, "closed", "closes with its last cycle")
        run = self._preview_of(self.long)
        self.assertEqual(self._amounts(run), {("MARIA", "gen5"): 2 * 25 * 4500})
        self.assertEqual(run.bonus_total_ids.bonus_id.mapped("code"), ["gen5"])
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self._as(run, "manager").action_post()
        self.env.invalidate_all()
        self.assertEqual(self.long.state, "posted")
        self.assertEqual(run.chunk_ids.move_id.name, "COM/FOUR_WEEKS-231/0001")
        self.assertFalse(run._verify())
        self.assertFalse(self.env["mlm.law"]._check_all())

    def _preview_of(self, period):
        action = self._as(period, "manager").action_preview()
        return self.env["mlm.run"].browse(action["res_id"])


class TestMatchingByTheMonth(CommissionCommon):
    """A bonus of a longer period on what the cycles inside it paid."""

    @freeze_time("2026-09-10 12:00:00")
    def test_earned_in_the_cycles(self):
        text = self.version.document
        start, end = text.index("periods:"), text.index("activity:")
        text = text[:start] + KINDS + text[end:]
        text = text.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-10")
        text = text.replace("catalog:", MATCHING + "catalog:", 1)
        version = self.env["mlm.plan.version"]._import_document(text)
        version._publish_at_once()
        four_weeks = self.periods.search([("kind", "=", "four_weeks")])
        self._enrol("ANA", "JUAN", "left")
        ana = self.env["mlm.distributor"].search([("code", "=", "ANA")])
        for day in ("2026-08-19", "2026-08-26", "2026-09-02"):
            self._balanced_sales(left=2, right=2, day=day)
        earned = 0
        for number in (924, 925, 926):
            run = self._posted(number)
            earned += self._amounts(run).get(("MARIA", "binary"), 0)
        self.assertTrue(earned)
        snapshot = self.env["mlm.snapshot"]._load(four_weeks, version)
        found = dict(
            zip(
                snapshot.member_id[snapshot.earned_member].tolist(),
                snapshot.earned_amount_e4.tolist(),
                strict=True,
            )
        )
        self.assertEqual(found[self.maria.id], earned * 10_000)
        self.assertNotIn(ana.id, found)
        action = self._as(four_weeks, "manager").action_preview()
        run = self.env["mlm.run"].browse(action["res_id"])
        self.assertFalse(run._verify())
        self.assertEqual(run.bonus_total_ids.bonus_id.mapped("code"), ["match"])


class TestWindow(CommissionCommon):
    def test_window_of_weeks_seen_from_four(self):
        """Own PV of the window is what was before plus the rows read, whatever is longer."""
        for day in ("2026-08-19", "2026-08-26", "2026-09-02"):
            self._sale(self.juan, day=day)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[926], self.version)
        at = list(snapshot.member_id).index(self.juan.id)
        self.assertEqual(snapshot.window_pv_e4[at], 2 * 150_000)
