# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time
from mlm_engine.chain.plan import lacks, under

from odoo.exceptions import UserError

from odoo.addons.mlm_plan.tests.kinds_common import KINDS
from odoo.addons.mlm_plan.tests.lifecycle_common import LifecycleMixin

from .common import CommissionCommon
from .test_period_kinds import MATCHING


class TestChain(LifecycleMixin, CommissionCommon):
    """Posted cycles computed once more: MARÍA's binary and what she carries over."""

    def _cycles(self):
        """Three posted cycles; the first leaves a carry that the second matches."""
        self._balanced_sales(left=3, right=1)
        self._sale(self.yenny, product=self.packages["ESP-2"])
        runs = self._posted(924)
        self._balanced_sales(left=0, right=2, day="2026-08-26")
        runs |= self._posted(925)
        self._balanced_sales(day="2026-09-02")
        return runs | self._posted(926)

    def _chain(self, runs, **options):
        return list(self.env["mlm.chain"]._compute(runs, **options))

    def test_unchanged_runs_give_their_digest(self):
        runs = self._cycles()
        found = self.env["mlm.chain"]._get_runs(self.network, 12)
        self.assertEqual(found, runs.sorted("number"))
        self.assertTrue(self._chain(found)[1][1].carry_value.size)
        for run, _snapshot, result in self._chain(found):
            self.assertEqual(result.digest, run.digest)
        self.assertEqual(
            self.env["mlm.chain"]._get_runs(self.network, 12, self.cycle[925]), found[:2]
        )
        # … wherever it begins
        [*_first, last] = self._chain(self.env["mlm.chain"]._get_runs(self.network, 1))
        self.assertEqual(last[2].digest, runs.sorted("number")[-1].digest)

    def test_a_change_goes_on_into_the_next_cycle(self):
        runs = self._cycles().sorted("number")

        def change(run, snapshot):
            if run == runs[0]:
                snapshot.row_cv_e4 = snapshot.row_cv_e4 * 0
            return snapshot

        first, second, _third = self._chain(runs, change=change)
        self.assertFalse(first[2].carry_value.size)
        self.assertNotEqual(second[2].digest, runs[1].digest)
        self.assertEqual(runs[0]._verify() + runs[1]._verify(), [])

    def test_unreadable_inputs_are_named_with_the_remedy(self):
        runs = self._cycles().sorted("number")
        model = type(runs)
        kept = model._snapshot_data

        def data(run):
            return b"" if run == runs[1] else kept(run)

        with (
            patch.object(model, "_snapshot_data", data),
            self.assertRaisesRegex(UserError, "925.*Restore its file"),
        ):
            self._chain(runs)

    # -- another plan

    def _under(self, text, runs):
        version = self.env["mlm.plan.version"]._import_document(text, self.network)
        return version, list(self.env["mlm.chain"]._compute_under(version, runs))

    def _document(self, **texts):
        found = self.version.document.replace("version: 1", "version: 2", 1)
        for before, after in texts.values():
            self.assertIn(before, found)
            found = found.replace(before, after)
        return found

    def test_the_same_plan_gives_the_same(self):
        runs = self._cycles().sorted("number")
        _version, found = self._under(self._document(), runs)
        for run, _snapshot, result in found:
            self.assertEqual(result.digest, run.digest)

    def test_a_longer_window_is_read_from_the_ledger(self):
        """The frozen inputs have the own volume of four cycles, not of one or six."""
        self._balanced_sales(left=3, right=1)
        runs = self._posted(924)
        self._balanced_sales(left=0, right=2, day="2026-08-26")
        self._sale(self.juan, product=self.big, day="2026-08-26")
        runs |= self._posted(925)
        window = ("window: 4", "window: 1")
        version, found = self._under(self._document(window=window), runs.sorted("number"))
        snapshot = found[1][1]
        self.assertFalse(snapshot.window_pv_e4.any())
        self.assertTrue(runs[1]._read_frozen().window_pv_e4.any())
        # as a run of that plan would have read it
        loaded = self.env["mlm.snapshot"]._load(self.cycle[925], version)
        self.assertEqual(loaded.window_pv_e4.tolist(), snapshot.window_pv_e4.tolist())

    def test_packages_that_were_not_known_are_read_from_the_ledger(self):
        """Inputs of a plan without a package, tried under one that has it."""
        runs = self._cycles().sorted("number")
        text = self._document(package=("ESP-2", "ESP-9"))
        without, found = self._under(text, runs)
        self.assertTrue(self.env["mlm.chain"]._get_notes(without, runs))
        self.assertFalse((found[0][1].row_package >= 0).any())
        chain, plan = self.env["mlm.chain"], self.version._plan()
        for run, narrow, _result in found:
            missing = lacks(narrow, plan)
            self.assertEqual(missing, {"packages"})
            wide, frozen = under(narrow, plan), run._read_frozen()
            chain._read_missing(wide, run, self.version, missing)
            for name in ("row_package", "row_package_qty", "held_package", "held_member"):
                self.assertEqual(getattr(wide, name).tolist(), getattr(frozen, name).tolist())
        self.assertTrue(frozen.held_package.size)

    def test_other_periods_are_refused(self):
        runs = self._cycles()
        shipped = self.env["mlm.plan.version"]._shipped("doterra")
        with self.assertRaisesRegex(UserError, "other periods"):
            self._under(shipped, runs)


class TestChainOfKinds(CommissionCommon):
    """Weeks, and four weeks that pay on what the weeks paid."""

    def _document(self, *texts):
        found = self.version.document
        start, end = found.index("periods:"), found.index("activity:")
        found = found[:start] + KINDS + found[end:]
        found = found.replace("catalog:", MATCHING + "catalog:", 1)
        for before, after in texts:
            self.assertIn(before, found)
            found = found.replace(before, after, 1)
        return found

    @freeze_time("2026-09-10 12:00:00")
    def test_a_longer_period_reads_what_was_computed_again(self):
        versions, chain = self.env["mlm.plan.version"], self.env["mlm.chain"]
        second = ("version: 1", "version: 2")
        starts = ("valid_from: 2026-01-01", "valid_from: 2026-08-10")
        versions._import_document(self._document(second, starts))._publish_at_once()
        self._enrol("ANA", "JUAN", "left")
        for number, day in ((924, "2026-08-19"), (925, "2026-08-26"), (926, "2026-09-02")):
            self._balanced_sales(left=2, right=2, day=day)
            self._sale(self.juan, product=self.big, day=day)
            self._posted(number)
        long = self.periods.search([("kind", "=", "four_weeks")], order="number", limit=1)
        run = self.env["mlm.run"].browse(self._as(long, "manager").action_preview()["res_id"])
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self._as(run, "manager").action_post()
        self.env.invalidate_all()

        runs = chain._get_runs(self.network, 12)
        self.assertEqual(runs.period_id.mapped("number"), [924, 925, 926, long.number])
        found = list(chain._compute(runs))
        self.assertEqual([result.digest for *_input, result in found], runs.mapped("digest"))
        self.assertTrue(found[-1][1].earned_amount_e4.size)
        # what the weeks would have paid is what the four weeks would have read
        more = ("min: 1500, pct: 11", "min: 1500, pct: 22")
        draft = versions._import_document(
            self._document(("version: 1", "version: 3"), starts, more), self.network
        )
        *weeks, (_run, snapshot, _result) = chain._compute_under(draft, runs)
        binary = [item["code"] for item in draft._plan()["bonuses"]].index("binary")
        paid = 0
        for _one, _snapshot, result in weeks:
            paid += int(result.earnings.amount_e4[result.earnings.bonus == binary].sum())
        read = snapshot.earned_amount_e4[snapshot.earned_bonus == binary].sum()
        self.assertEqual(read, paid)
        self.assertGreater(paid, 10_000 * sum(self._binary(one) for one in runs[:3]))

        # a longer period that does not lie whole among the cycles is left out and told
        two = chain._get_runs(self.network, 2)
        self.assertEqual(two.period_id.mapped("number"), [925, 926])
        self.assertFalse(chain._get_notes(draft, runs))
        self.assertIn("Matching bonus", " ".join(chain._get_notes(draft, two)))

    def _binary(self, run):
        return sum(
            amount for (_code, bonus), amount in self._amounts(run).items() if bonus == "binary"
        )
