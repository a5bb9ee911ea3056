# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.common import CommissionCommon

from ..models.audit import mlm_run_audit_work

MOMENT = "2026-08-20 10:00:00"
IN_BACKGROUND = patch.object(mlm_run_audit_work, "INLINE_MEMBERS", -1)


@tagged("post_install", "-at_install")
class TestForgedControl(CommissionCommon):
    """Signatures and verdicts that arrive as defaults of the context or the user."""

    def _poison(self, role, model, **values):
        """``model`` as ``role`` calls it who set defaults and put them into the call."""
        for name, value in values.items():
            self.env["ir.default"].with_user(self.users[role]).sudo(False).set(
                model, name, value, user_id=True
            )
        context = {f"default_{name}": value for name, value in values.items()}
        return self._as(self.env[model], role).with_context(**context)

    def test_third_signature_is_not_forged(self):
        self.network.guard_cv = 1
        self._balanced_sales(1, 1)
        self.cycle[924].action_close()
        forged = {
            "countersigned_by_id": self.users["approver"].id,
            "countersigned_at": MOMENT,
            "approved_by_id": self.users["approver"].id,
            "submitted_by_id": self.users["support"].id,
            "is_over_guard": False,
        }
        context = self._poison("manager", "mlm.run", **forged).env.context
        period = self._as(self.cycle[924], "manager").with_context(**context)
        run = self.env["mlm.run"].browse(period.action_preview()["res_id"])
        self.assertFalse(run.countersigned_by_id or run.approved_by_id or run.submitted_by_id)
        self.assertTrue(run.is_over_guard)
        self._as(run, "manager").with_context(**context).action_submit()
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "needs the signature of a third person"):
            self._as(run, "manager").with_context(**context).action_post()
        self.assertEqual(run.submitted_by_id, self.users["manager"])
        for records in (run, run.sudo(), self._as(run, "manager")):
            with self.assertRaises(AccessError):
                records.write({"countersigned_by_id": self.users["approver"].id})

    def test_audit_is_not_born_clean(self):
        """Under the policy *required* nobody has recomputed: nobody approves."""
        self._balanced_sales(1, 1)
        run = self._preview()
        context = self._poison(
            "manager",
            "mlm.run.audit",
            state="clean",
            finished_at=MOMENT,
            people=99,
            requested_by_id=self.users["auditor"].id,
        ).env.context
        with IN_BACKGROUND:
            self._as(run, "manager").with_context(**context).action_submit()
        audit = run.audit_id
        self.assertEqual((audit.state, audit.people), ("queued", 0))
        self.assertEqual(audit.requested_by_id, self.users["manager"])
        self.assertFalse(audit.finished_at)
        with self.assertRaises(UserError):
            self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "submitted")
        for records in (audit, audit.sudo()):
            with self.assertRaises(AccessError):
                records.write({"state": "clean"})
            with self.assertRaises(AccessError):
                records.create({"run_id": run.id, "state": "clean"})
