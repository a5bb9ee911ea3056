# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestUsedRate(CommissionCommon):
    """A rate that people were paid with stays; a new one is valid from a later day."""

    def setUp(self):
        super().setUp()
        self.rates = self.env["mlm.exchange.rate"]
        self.rate = self.rates.search([("company_id", "=", self.company.id)])

    def _add(self, day, rate_e6):
        return self.rates.create(
            {
                "company_id": self.company.id,
                "currency_id": self.rate.currency_id.id,
                "date_from": day,
                "rate_e6": rate_e6,
            }
        )

    def test_used_from_submission_on(self):
        self._balanced_sales()
        run = self._preview()
        self.rate.rate = 4_400  # a preview is made again
        self.rate.rate = 4_500
        self._as(run, "manager").action_submit()
        for vals in (
            {"rate": 1},
            {"rate_e6": 1},
            {"date_from": date(2026, 1, 2)},
            {"currency_id": self.env.ref("base.GBP").id},
        ):
            for rate in (self.rate, self._as(self.rate, "manager")):
                with self.subTest(vals), self.assertRaisesRegex(UserError, "924.*later day"):
                    rate.write(vals)
        with self.assertRaisesRegex(UserError, "924.*later day"):
            self.rate.unlink()

    def test_no_new_rate_takes_the_days_of_a_used_one(self):
        """Else the used one would be free again, and the cycle would look paid by the other."""
        self._balanced_sales()
        self._posted()
        rates = self._as(self.rates, "manager")
        later = rates.browse(self._add(date(2026, 12, 1), 4_600_000_000).id)
        new = {"company_id": self.company.id, "currency_id": later.currency_id.id, "rate": 9_999}
        for day in (date(2026, 1, 2), self.cycle[924].date_end):
            for change in (
                lambda day=day: rates.create({**new, "date_from": day}),
                lambda day=day: later.write({"date_from": day}),
            ):
                with (
                    self.subTest(day=day),
                    self.assertRaisesRegex(UserError, "924.*later day"),
                    self.env.cr.savepoint(),
                ):
                    change()
        self.assertEqual(later.date_from, date(2026, 12, 1))

    def test_a_currency_with_rates_keeps_its_code(self):
        """Plans and runs would find it no more."""
        for currency in (self.rate.currency_id, self._as(self.rate.currency_id, "admin").sudo()):
            with self.assertRaisesRegex(UserError, "use the code"):
                currency.name = "XYZ"
        self.rate.currency_id.symbol = "$US"
        self.env.ref("base.GBP").name = "XYZ"

    def test_another_rate_is_free(self):
        self._balanced_sales()
        later = self._add(date(2026, 12, 1), 4_600_000_000)
        before = self._add(date(2025, 1, 1), 4_000_000_000)
        other = self.rates.create(
            {
                "company_id": self.company.id,
                "currency_id": self.env.ref("base.GBP").id,
                "date_from": date(2026, 1, 1),
                "rate_e6": 5_000_000_000,
            }
        )
        self._posted()
        for rate in (later, before, other):
            rate.rate = 4_700
            rate.unlink()
