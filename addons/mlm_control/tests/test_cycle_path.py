from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class TestControlPath(CommissionCommon):
    """Audit, cases and the third signature on the way of cycle 924."""

    def setUp(self):
        super().setUp()
        self._balanced_sales()
        self.run = self._preview()

    def _present(self, role="manager"):
        self.env.invalidate_all()
        path = self._as(self.cycle[924], role)._get_path()
        return next(one for one in path if one["state"] == "present")

    def _press(self, role="manager"):
        action = self._present(role)["action"]
        record = self._as(self.env[action["model"]].browse(action["id"]), role)
        return getattr(record, action["name"])()

    def test_audit_stands_before_the_approval(self):
        self.assertEqual(self._present()["code"], "audit")
        self._press()
        self.assertEqual(self.run.audit_state, "clean")
        self.assertEqual(self._present()["code"], "approve")

    def test_differences_block(self):
        self._press()
        as_internal(self.run.audit_id).write({"state": "different", "difference_count": 2})
        step = self._present()
        self.assertEqual((step["code"], step["action"]["name"]), ("audit", "action_preview"))
        blocker = next(one for one in step["blockers"] if one["code"] == "audit")
        self.assertEqual(blocker["action"]["res_id"], self.run.audit_id.id)

    def test_differences_go_on_with_a_reason_where_the_settings_allow(self):
        self.network.audit_policy = "reason"
        self._press()
        as_internal(self.run.audit_id).write({"state": "different", "difference_count": 2})
        step = self._present()
        self.assertEqual((step["code"], step["action"]["name"]), ("approve", "action_submit"))

    def test_open_case_blocks_the_approval_only(self):
        as_internal(self.env["mlm.run.check"]).create(
            {"run_id": self.run.id, "kind": "stack", "key": "k", "distributor_id": self.juan.id}
        )
        self._press()
        step = self._present()
        self.assertTrue(step["action"])
        self.assertEqual(next(o for o in step["blockers"] if o["code"] == "cases")["count"], 1)
        self._press()
        self.assertFalse(self._present("approver")["action"])

    def test_third_signature_is_a_step(self):
        as_internal(self.run).write({"is_over_guard": True, "guard_cv": 1})
        self._press()
        self._press()
        self._press("approver")
        step = self._present("approver")
        self.assertEqual(step["code"], "sign")
        self.assertFalse(step["action"])
        self.users["third"] = new_test_user(
            self.env,
            "path_third",
            groups="base.group_user,mlm_base.group_approver",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self._press("third")
        self.assertEqual(self.run.countersigned_by_id, self.users["third"])
        self.assertEqual(self._present()["code"], "post")
