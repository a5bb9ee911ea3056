# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .month_common import MonthCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestFiling(MonthCommon):
    """Nothing is dated into a month that was filed, without a second person (RULES 64)."""

    def _file(self, role="accountant", **values):
        return self._as(self.env["mlm.co.filing"], role).create(
            {
                "form": "350",
                "date_from": "2026-09-10",
                "date_to": "2026-09-10",
                "number": "3501",
                **values,
            }
        )

    def _approved(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = "2026-09-04"
        return run

    def test_a_run_is_refused_until_somebody_allows_it(self):
        run = self._approved()
        filing = self._file()
        self.assertEqual((str(filing.date_from), str(filing.date_to)), ("2026-09-01", "2026-09-30"))
        with self.assertRaisesRegex(UserError, "4 Sep 2026, which is filed: Form 350 2026-09"):
            self._as(run, "manager").action_post()
        self._as(run, "accountant")._allow_date("The bank was late")
        self._as(run, "manager").action_post()
        self.assertEqual(run.state, "posted")
        self.assertEqual(run.date_allowed_by_id, self.users["accountant"])
        # what the ledger says since then shows
        for role in ("accountant", "approver", "manager"):
            seen = self._as(filing, role)
            self.assertEqual((seen.withheld, seen.changed), (0, 99_000), role)

    def test_another_day_or_a_withdrawn_filing_needs_nobody(self):
        run = self._approved()
        filing = self._file()
        run.accounting_date = "2026-10-01"
        self.assertFalse(run.date_problem)
        run.accounting_date = "2026-09-04"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            filing.action_withdraw()
        with self.assertRaises(AccessError):
            self._as(filing, "auditor").action_withdraw()
        self._as(filing, "second accountant").action_withdraw()
        self.assertEqual(filing.withdrawn_by_id, self.users["second accountant"])
        self._as(run, "manager").action_post()
        self.assertEqual(run.state, "posted")
        with self.assertRaisesRegex(UserError, "already"):
            self._as(filing, "second accountant").action_withdraw()

    def test_consent_is_for_one_filing(self):
        run = self._approved()
        first = self._file()
        self._as(run, "accountant")._allow_date("The bank was late")
        self._as(first, "second accountant").action_withdraw()
        self.env.flush_all()
        self._file(number="3502")
        with self.assertRaisesRegex(UserError, "3502"):
            self._as(run, "manager").action_post()

    def test_adjustment(self):
        asked = self._as(self.env["mlm.adjustment"], "manager").create(
            {
                "distributor_id": self.juan.id,
                "amount_input": 100_000,
                "reason": "Forgotten",
                "accounting_date": "2026-09-04",
            }
        )
        self._file(form="ica", municipality_id=self.bogota.id)
        with self.assertRaisesRegex(UserError, "ReteICA return"):
            self._as(asked, "approver").action_approve()
        self._as(asked, "accountant")._allow_date("Agreed")
        self._as(asked, "approver").action_approve()
        self.assertEqual(asked.state, "posted")

    def test_filed_once_and_in_whole_months_that_ended(self):
        filing = self._file()
        with (
            self.assertRaises(psycopg2.errors.ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._file(date_from="2026-08-01")
        self._file(form="ica", municipality_id=self.bogota.id, date_from="2026-08-01")
        with self.assertRaisesRegex(ValidationError, "not ended"):
            self._file(date_from="2026-10-01", date_to="2099-01-01")
        for values in ({"number": "9"}, {"date_to": "2026-10-31"}, {"state": "withdrawn"}):
            with self.subTest(values), self.assertRaises(AccessError):
                filing.write(values)
        with self.assertRaises(AccessError):
            filing.unlink()
        for role in ("manager", "auditor", "approver", "admin"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._file(role, date_from="2026-07-01", date_to="2026-07-01")

    def test_the_draft_tells_what_is_filed(self):
        self.assertFalse(self._draft().filing_note)
        values = self._draft().action_file()["context"]
        self._file(**{name.removeprefix("default_"): value for name, value in values.items()})
        self.assertIn("number 3501", self._draft().filing_note)
        self.assertFalse(self._draft("ica").filing_note)
