from datetime import date

from freezegun import freeze_time

from .common import CommissionCommon
from .network_common import NetworkCommon


class TestAccountingDate(CommissionCommon):
    """The run says why its entries carry the day they carry (RULES 30)."""

    def setUp(self):
        super().setUp()
        self._balanced_sales()
        self.run_ = self._preview()
        self._as(self.run_, "manager").action_submit()
        self._as(self.run_, "approver").action_approve()

    def _reason(self, role="accountant"):
        self.env.invalidate_all()
        return self._as(self.run_, role).accounting_reason

    def _post(self):
        self._as(self.run_, "manager").action_post()
        self.env.invalidate_all()
        return self.run_.chunk_ids.move_id.date

    def test_day_of_posting(self):
        """By the calendar of the network: in Bogotá it is still the 3rd."""
        with freeze_time("2026-09-04 04:00:00"):
            self.assertEqual(
                self._reason(),
                "Nothing is chosen: the entries are dated on the day of posting.",
            )
            self.assertEqual(self._post(), date(2026, 9, 3))
        self.assertEqual(self.run_.accounting_date, date(2026, 9, 3))
        self.assertEqual(self._reason(), "3 Sep 2026 was the day of posting.")

    def test_chosen_day(self):
        self.run_.accounting_date = "2026-09-04"
        self.assertEqual(self._reason(), "4 Sep 2026 was chosen for this run.")
        self.assertEqual(self._post(), date(2026, 9, 4))
        self.assertEqual(self._reason(), "4 Sep 2026 was chosen for this run.")

    def test_locked_day_is_told_before_and_after(self):
        text = (
            "4 Sep 2026 was chosen for this run.\n"
            "4 Sep 2026 is locked; the entries are dated 1 Oct 2026, the first open day."
        )
        self.run_.accounting_date = "2026-09-04"
        self.company.fiscalyear_lock_date = "2026-09-30"
        self.assertEqual(self._reason(), text)
        self.assertEqual(self._post(), date(2026, 10, 1))
        # what is unlocked or locked later does not change why it was so
        self.company.fiscalyear_lock_date = "2026-12-31"
        self.assertEqual(self._reason(), text)

    def test_locked_day_of_posting(self):
        self.company.tax_lock_date = "2026-09-30"
        with freeze_time("2026-09-04 15:00:00"):
            self.assertIn("dated 1 Oct 2026, the first open day", self._reason())
            self.assertEqual(self._post(), date(2026, 10, 1))
        self.assertEqual(
            self._reason(),
            "4 Sep 2026 was the day of posting.\n"
            "4 Sep 2026 is locked; the entries are dated 1 Oct 2026, the first open day.",
        )

    def test_deductions_are_of_the_day_of_the_entries(self):
        """Accrual and withholding carry one day."""
        asked = []
        deduct = type(self.env["mlm.deduction"])._get_deduction_lines

        def spy(model, company, payees, day, document):
            asked.append(day)
            return deduct(model, company, payees, day, document)

        self.patch(type(self.env["mlm.deduction"]), "_get_deduction_lines", spy)
        self.run_.accounting_date = "2026-09-04"
        self.company.fiscalyear_lock_date = "2026-09-30"
        self.assertEqual({self._post()}, set(asked))

    def test_a_discarded_run_has_no_date(self):
        self._as(self.run_, "manager").action_withdraw()
        self._as(self.run_, "manager").action_discard()
        self.assertFalse(self._reason())


class TestAccountingDateOfNetwork(NetworkCommon):
    def test_each_company_has_its_own_locked_days(self):
        run = self._approved()
        pay_day = run.period_id.pay_date
        self.second.fiscalyear_lock_date = "2026-09-30"
        run.invalidate_recordset()
        before = self._as(run, "books here").accounting_reason
        self.assertRegex(before, "(?s)was chosen for this run.*Company of Ana: .* dated 1 Oct 2026")
        self._post(run)
        self.assertEqual(
            {chunk.company_id: chunk.date for chunk in run.chunk_ids},
            {self.company: pay_day, self.second: date(2026, 10, 1)},
        )
        self.assertEqual(self._as(run, "books here").accounting_reason, before)
