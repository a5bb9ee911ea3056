from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestDateAllowed(CommissionCommon):
    """A date in another fiscal year than what is posted needs a second person (RULES 64)."""

    def _approved(self, manager="manager"):
        self._balanced_sales()
        run = self._preview(role=manager)
        self._as(run, manager).action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = "2027-01-04"
        return run

    def _allow(self, record, role, reason="The cycle was closed late"):
        wizard = self._as(self.env["mlm.date.allow"], role).create(
            {"res_model": record._name, "res_ids": record.ids, "reason": reason}
        )
        wizard.action_allow()
        self.env.invalidate_all()

    def test_run_is_refused_until_somebody_else_allows_it(self):
        run = self._approved()
        with self.assertRaisesRegex(UserError, "23 Aug 2026.*4 Jan 2027.*(\n.*)*Allow this date"):
            self._as(run, "manager").action_post()
        path = self._as(run, "manager").path
        (post,) = [step for step in path if step["code"] == "post"]
        self.assertIn("date", [one["code"] for one in post["blockers"] if one["stops"]])
        for role in ("manager", "auditor", "support"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(run, role)._allow_date("Late")
        self._allow(run, "accountant")
        self.assertFalse(run.date_problem)
        self.assertEqual(run.date_allowed_by_id, self.users["accountant"])
        self.assertEqual(run.date_allowed_reason, "The cycle was closed late")
        self.assertIn("The cycle was closed late", run.message_ids[0].body)
        self._as(run, "manager").action_post()
        self.assertEqual(run.chunk_ids.move_id.date, date(2027, 1, 4))

    def test_whoever_has_a_hand_in_it_is_no_second_person(self):
        run = self._approved("second manager")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._allow(run, "second manager")
        self._allow(run, "approver")
        self._as(run, "second manager").action_post()
        self.assertEqual(run.state, "posted")

    def test_whoever_allowed_it_does_not_post_it(self):
        run = self._approved()
        self._allow(run, "second manager")
        with self.assertRaisesRegex(UserError, "Somebody else has to post"):
            self._as(run, "second manager").action_post()
        self._as(run, "manager").action_post()
        self.assertEqual(run.state, "posted")

    def test_consent_is_for_one_month(self):
        run = self._approved()
        self._allow(run, "accountant")
        run.accounting_date = "2027-01-29"
        self.assertFalse(run.date_problem)
        run.accounting_date = "2027-02-01"
        with self.assertRaisesRegex(UserError, "1 Feb 2027"):
            self._as(run, "manager").action_post()

    def test_a_date_in_the_same_year_needs_nobody(self):
        run = self._approved()
        run.accounting_date = "2026-12-31"
        self.assertFalse(run.date_problem)
        with self.assertRaisesRegex(UserError, "needs nobody's consent"):
            self._allow(run, "accountant")
        self._as(run, "manager").action_post()
        self.assertEqual(run.state, "posted")

    def test_a_locked_day_may_lead_into_another_year(self):
        run = self._approved()
        run.accounting_date = "2026-12-31"
        self.company.fiscalyear_lock_date = "2026-12-31"
        with self.assertRaisesRegex(UserError, "1 Jan 2027"):
            self._as(run, "manager").action_post()

    def test_adjustment(self):
        asked = self._as(self.env["mlm.adjustment"], "second manager").create(
            {
                "distributor_id": self.juan.id,
                "amount_input": 100_000,
                "reason": "Forgotten",
                "accounting_date": "2027-01-04",
            }
        )
        # 11 p. m. of the last day of the year where the network keeps time
        as_internal(asked).write({"requested_at": "2027-01-01 04:00:00"})
        asked = asked.with_env(self.env)
        self.assertIn("31 Dec 2026", asked.date_problem)
        with self.assertRaisesRegex(UserError, "Allow this date"):
            self._as(asked, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._allow(asked, "second manager")
        self._allow(asked, "accountant")
        self._as(asked, "approver").action_approve()
        self.assertEqual((asked.state, asked.move_id.date), ("posted", date(2027, 1, 4)))
        self.assertFalse(asked.date_problem)
