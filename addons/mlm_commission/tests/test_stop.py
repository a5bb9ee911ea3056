from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestStop(CommissionCommon):
    """Work on a run is stopped by a person, wherever it is."""

    def setUp(self):
        super().setUp()
        self.company.mlm_chunk_size = 1
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        self.run_924 = self._preview()

    def _approved(self):
        run = self.run_924
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        return run

    def _post_in_background(self):
        with self.enter_registry_test_mode():
            self.env.ref("mlm_commission.cron_work").method_direct_trigger()
        self.env.invalidate_all()

    def _post_and_stop(self, run):
        """Have the manager press the button while the first entry is written."""
        post, pressed = type(run)._post_chunk, []

        def post_and_stop(run, chunk):
            post(run, chunk)
            if not pressed:
                pressed.append(self._as(run, "manager").action_stop())

        with patch.object(type(run), "_post_chunk", post_and_stop):
            self._post_in_background()

    def test_computing(self):
        for state in ("queued", "computing"):
            as_internal(self.run_924).write({"state": state, "error": False})
            with self.assertRaises(AccessError):
                self._as(self.run_924, "approver").action_stop()
            self._as(self.run_924, "manager").action_stop()
            self.assertEqual(self.run_924.state, "failed")
            self.assertEqual(self.run_924.error, f"{self.users['manager'].name} stopped this work.")

    def test_nothing_to_stop(self):
        for state in ("preview", "failed", "cancelled"):
            as_internal(self.run_924).write({"state": state})
            with self.assertRaises(UserError):
                self._as(self.run_924, "manager").action_stop()
            with self.assertRaises(UserError):
                self._as(self.run_924, "manager").action_go_on()

    def test_posting(self):
        """The entry at work is finished; the rest waits until somebody goes on."""
        run = self._approved()
        self._as(run, "manager").action_post()
        self._post_and_stop(run)
        self.assertEqual((run.state, run.move_count, len(run.statement_ids)), ("posting", 1, 1))
        self.assertEqual(
            self._as(run, "auditor").stop_note,
            f"{self.users['manager'].name} stopped the posting: 1 of 2 entries are posted and "
            "stay. “Go on posting” posts the rest.",
        )
        self._post_in_background()
        self.assertEqual(run.move_count, 1, "it went on by itself")
        with self.assertRaises(AccessError):
            self._as(run, "approver").action_go_on()
        self._as(run, "manager").action_go_on()
        self._post_in_background()
        self.assertEqual((run.state, run.move_count, run.stop_note), ("posted", 2, False))
        self.assertEqual(sum(run.statement_ids.mapped("gross_e4")), run.amount_e4)

    def test_stopped_posting_is_seen(self):
        """In the steps of the cycle, with the button to go on, and on the page of the day."""
        run = self._approved()
        self._as(run, "manager").action_post()
        self._post_and_stop(run)
        steps = self._as(self.cycle[924], "manager")._get_path()
        step = next(one for one in steps if one["code"] == "post")
        self.assertEqual(step["note"], run.stop_note)
        self.assertEqual(step["action"]["name"], "action_go_on")
        domain = self._as(self.env["mlm.today"], "manager")._get_to_post_domain()
        self.assertIn(run, self.env["mlm.run"].search(domain))

    def test_going_on_after_a_failure(self):
        """The hour is not waited for, and the message goes."""
        run = self._approved()
        self._as(run, "manager").action_post()
        run._keep_failure("No account")
        self.assertEqual(run.state, "posting")
        self._as(run, "manager").action_go_on()
        self.assertFalse(run.error)
        self._post_in_background()
        self.assertEqual(run.state, "posted")
