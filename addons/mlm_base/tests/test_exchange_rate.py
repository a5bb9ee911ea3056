from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestExchangeRate(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Rates"})
        cls.env.user.company_ids |= cls.company
        cls.currency = (
            cls.env["res.currency"]
            .with_context(active_test=False)
            .search([("id", "!=", cls.company.currency_id.id)], limit=1)
        )
        cls.Rate = cls.env["mlm.exchange.rate"].with_company(cls.company)
        cls.rate = cls._create("2026-01-01", 4500)

    @classmethod
    def _create(cls, day, rate):
        return cls.Rate.create(
            {
                "company_id": cls.company.id,
                "currency_id": cls.currency.id,
                "date_from": day,
                "rate": rate,
            }
        )

    def _get(self, day):
        day = fields.Date.to_date(day)
        return self.Rate._get_rate_e6(self.company, self.currency, day)

    def test_stored_as_integer(self):
        self.assertEqual(self.rate.rate_e6, 4_500_000_000)
        self.rate.rate = 4123.456789
        self.assertEqual(self.rate.rate_e6, 4_123_456_789)
        self.assertEqual(self.rate.rate, 4123.456789)

    def test_largest_rate_is_exact(self):
        self.rate.rate = 9999999.999999
        self.assertEqual(self.rate.rate_e6, 9_999_999_999_999)

    def test_valid_on_the_day(self):
        self._create("2026-03-01", 4600)
        self.assertEqual(self._get("2026-01-01"), 4_500_000_000)
        self.assertEqual(self._get("2026-02-28"), 4_500_000_000)
        self.assertEqual(self._get("2026-03-01"), 4_600_000_000)

    def test_own_currency_is_one(self):
        own = self.company.currency_id
        day = fields.Date.to_date("2020-01-01")
        self.assertEqual(self.Rate._get_rate_e6(self.company, own, day), 1_000_000)

    def test_missing_rate_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Exchange Rates"):
            self._get("2025-12-31")

    def test_one_rate_a_day_and_above_zero(self):
        with mute_logger("odoo.sql_db"):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._create("2026-01-01", 1)
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._create("2026-01-02", 0)
