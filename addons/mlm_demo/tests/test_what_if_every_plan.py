# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.plans import plan_names

from odoo.tests import tagged

from odoo.addons.mlm_portal.tests import test_every_plan


@tagged("post_install", "-at_install")
class TestWhatIfEveryPlan(test_every_plan.TestEveryPlan):
    """Every shipped plan is tried on the cycle that was posted under it: nothing differs, and
    the picture names its bonuses and ranks in both languages."""

    allow_inherited_tests_method = True

    def test_none_is_left_out(self):
        self.assertLessEqual({f"test_{name}" for name in plan_names()}, set(dir(self)))

    def _check(self, plan, document=None, left_out=()):
        self._begin(plan, document)
        what_if = self.env["mlm.what.if"].create({"name": "Same", "version_id": self.version.id})
        what_if.action_compute()
        self.env.invalidate_all()
        self.assertEqual((what_if.state, what_if.error), ("done", False))
        self.assertIn(self.posted, what_if.cycle_ids.run_id)
        for cycle in what_if.cycle_ids:
            self.assertEqual(cycle.digest, cycle.run_id.digest)
        self.assertEqual(what_if.tried_e4, what_if.posted_e4)
        people = self.env["mlm.what.if.person"].search(what_if._id_domain("mlm.what.if.person"))
        self.assertEqual(set(people.mapped("change")), {"same"})
        for lang, short in (("en_US", "en"), ("es_CO", "es")):
            self._check_picture(what_if.with_context(lang=lang).read_figures(), what_if, short)

    def _check_picture(self, found, what_if, short):
        for place, amount in enumerate((what_if.posted, what_if.tried)):
            total = sum(one["amounts"][place] for one in found["bonuses"])
            self.assertAlmostEqual(total, amount, 4)
        plan = self.version._plan()
        named = {one["name"][short] for one in [*plan["bonuses"], *plan["ranks"]]}
        shown = {one["name"] for one in [*found["bonuses"], *found["ranks"]]}
        self.assertTrue(found["bonuses"])
        self.assertLessEqual({one["name"] for one in found["bonuses"]}, named)
        self.assertTrue(all(shown))
