# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_plan.tests.lifecycle_common import LifecycleMixin

from .common import CommissionCommon


class TestPlanOfRuns(LifecycleMixin, CommissionCommon):
    """What runs make final in a plan, and what crosses from what they left."""

    def test_a_run_makes_it_active(self):
        self._balanced_sales()
        self._preview()
        self.assertEqual(self.version.state, "active")
        with self.assertRaisesRegex(UserError, "does not apply"):
            self._as(self.version, "approver").action_draft()

    def test_the_active_version_ends_by_two_people_and_with_a_reason(self):
        self._balanced_sales()
        run = self._preview()
        approver, admin = self._as(self.version, "approver"), self._as(self.version, "admin")
        action = approver.action_retire()
        self.assertEqual((action["res_model"], self.version.state), ("mlm.plan.retire", "active"))
        wizard = approver.env["mlm.plan.retire"].with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.create({"reason": " "}).action_ask()
        with self.assertRaisesRegex(UserError, "Nobody has asked"):
            admin.action_confirm_retirement()
        wizard.create({"reason": "The company moves to another plan"}).action_ask()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            approver.action_confirm_retirement()
        with self.assertRaises(AccessError):
            self._as(self.version, "manager").action_confirm_retirement()
        # nobody retires what a run is waiting for
        self._as(run, "manager").action_submit()
        with self.assertRaisesRegex(UserError, "waiting to be posted"):
            admin.action_confirm_retirement()
        with self.assertRaisesRegex(UserError, "waiting to be posted"):
            admin.action_retire()
        self._as(run, "manager").action_withdraw()
        admin.action_keep_in_force()
        self.assertFalse(self.version.retire_reason or self.version.retire_asked_by_id)
        approver._ask_to_retire("The company moves to another plan")
        admin.action_confirm_retirement()
        self.assertEqual(self.version.state, "retired")
        self.assertEqual(self.version.retired_by_id, admin.env.user)
        self.assertEqual(self.version.retire_asked_by_id, approver.env.user)
        self.assertTrue(self.version.retire_reason)

    def test_crossing_is_previewed_and_confirmed(self):
        self._balanced_sales(left=2)
        self._posted()
        draft = self._validated(self._renamed())
        self.assertEqual(draft.previous_id, self.version)
        binary = self._crossing(draft, "bonus", "binary")
        binary.flush_recordset()
        binary.invalidate_recordset()
        self.assertTrue(binary.is_lost)
        self.assertGreater(binary.holder_count, 0)
        self.assertGreater(binary.carried, 0)
        self.assertEqual(self._crossing(draft, "bonus", "gen5").code_to, "gen5")
        self.assertTrue(self._crossing(draft, "rank", "bronce").is_lost)
        with self.assertRaisesRegex(UserError, "First confirm"):
            self._as(draft, "approver").action_publish()
        with self.assertRaisesRegex(UserError, "no bonus “tem”"):
            binary.code_to = "tem"
        binary.code_to = "team"
        draft.action_confirm_crossing()
        self.assertEqual(self._crossing(draft, "bonus", "binary").code_to, "team")
        self._as(draft, "approver").action_publish()
        self.assertEqual(draft._carried_code("bonus", "binary"), "team")
        self.assertIsNone(draft._carried_code("rank", "bronce"))
        self.assertEqual(draft._carried_code("rank", "oro"), "oro")

    def test_carry_crosses_to_the_new_code(self):
        self._balanced_sales(left=2)
        run = self._posted()
        draft = self._validated(self._renamed().replace("2026-08-31", "2026-08-24"))
        self._crossing(draft, "bonus", "binary").code_to = "team"
        draft.action_confirm_crossing()
        self._as(draft, "approver").action_publish()
        version = self.env["mlm.plan"]._version_at(self.network, date(2026, 8, 24))
        self.assertEqual(version, draft)
        version = version.sudo()
        before = self.env["mlm.snapshot"]._load(self.cycle[925], self.version)
        after = self.env["mlm.snapshot"]._load(self.cycle[925], version)
        self.assertTrue(before.carry_value.size)
        self.assertEqual(before.carry_value.tolist(), after.carry_value.tolist())
        codes = [item["code"] for item in version._plan()["bonuses"]]
        self.assertEqual({codes[index] for index in after.carry_bonus}, {"team"})
        # under its own version nothing is renamed once more
        self.assertEqual(version._carried_code("bonus", "team", version), "team")
        self.assertEqual(version._carried_code("bonus", "binary", run.version_id), "team")

    def test_lost_carry_is_left_out(self):
        self._balanced_sales(left=2)
        self._posted()
        draft = self._published(self._renamed().replace("2026-08-31", "2026-08-24"))
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[925], draft.sudo())
        self.assertFalse(snapshot.carry_value.size)
