import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestApproval(CommissionCommon):
    def test_open_cycle_cannot_be_submitted(self):
        self._balanced_sales()
        run = self._preview(close=False)
        with self.assertRaisesRegex(UserError, "still open"):
            self._as(run, "manager").action_submit()

    def test_manager_cannot_approve(self):
        run = self._preview()
        self._as(run, "manager").action_submit()
        with self.assertRaises(AccessError):
            self._as(run, "manager").action_approve()

    def test_nobody_approves_the_own_run(self):
        """Even with both roles: two people, not two hats."""
        run = self._preview(role="second manager")
        self._as(run, "second manager").action_submit()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(run, "second manager").action_approve()

    def test_who_computed_again_does_not_approve(self):
        """The second to press the button computed what is to be approved."""
        run = self._preview()
        as_internal(run).write({"state": "failed"})
        self._as(run, "second manager").action_compute()
        self._as(run, "manager").action_submit()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(run, "second manager").action_approve()

    def test_cycle_opened_behind_the_back_is_not_approved(self):
        run = self._preview()
        self._as(run, "manager").action_submit()
        as_internal(self.cycle[924]).write({"state": "grace"})
        with self.assertRaisesRegex(UserError, "still open"):
            self._as(run, "approver").action_approve()

    def test_changed_inputs_are_refused(self):
        self._balanced_sales()
        run = self._preview()
        self.cycle[924].action_reopen()
        self._sale(self.juan, product=self.big)
        self.cycle[924].action_close()
        with self.assertRaisesRegex(UserError, "Compute a new preview"):
            self._as(run, "manager").action_submit()

    def test_inputs_changed_between_submit_and_approve(self):
        self._balanced_sales()
        run = self._preview()
        self._as(run, "manager").action_submit()
        rank = self.version._plan()["ranks"][2]["code"]
        as_internal(self.env["mlm.opening"]).create(
            {"kind": "title", "distributor_id": self.juan.id, "measure": rank}
        )
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "changed after"):
            self._as(run, "approver").action_approve()

    def test_one_live_run_per_cycle(self):
        first, second = self._preview(), self._preview()
        self._as(first, "manager").action_submit()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.Error),
            self.env.cr.savepoint(),
        ):
            self._as(second, "manager").action_submit()
            self.env.flush_all()

    def test_steps_in_the_wrong_order(self):
        run = self._preview()
        with self.assertRaisesRegex(UserError, "this needs “To approve”"):
            self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "this needs “Approved”"):
            self._as(run, "manager").action_post()

    def test_withdrawn_run_is_a_preview_again(self):
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "manager").action_withdraw()
        self.assertEqual(run.state, "preview")
        self.assertFalse(run.submitted_by_id)

    def test_cycle_with_a_live_run_cannot_be_reopened(self):
        run = self._preview()
        self._as(run, "manager").action_submit()
        with self.assertRaisesRegex(UserError, "Withdraw it before"):
            self.cycle[924].action_reopen()
