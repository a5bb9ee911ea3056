from decimal import Decimal

from odoo.tests import TransactionCase, tagged

from ..exact import SCALE, BigInteger, from_e4, from_e6, text_e4, to_e4, to_e6


@tagged("post_install", "-at_install")
class TestExact(TransactionCase):
    def test_to_and_from(self):
        self.assertEqual(SCALE, 10_000)
        for text, scaled in (
            ("0", 0),
            ("12.5", 125_000),
            ("-0.0001", -1),
            ("1e3", 10_000_000),
            ("922337203685477.5807", 2**63 - 1),
        ):
            self.assertEqual(to_e4(text), scaled)
            self.assertEqual(from_e4(scaled), Decimal(text))
        self.assertEqual(to_e4(7), 70_000)
        self.assertEqual(to_e4(Decimal("0.25")), 2_500)
        self.assertEqual(to_e6("4500.000001"), 4_500_000_001)
        self.assertEqual(from_e6(4_500_000_001), Decimal("4500.000001"))

    def test_more_digits_than_a_decimal_context_holds(self):
        self.assertEqual(to_e4("123456789012345.6789"), 1_234_567_890_123_456_789)
        with self.assertRaises(ValueError):
            to_e4("1.00000000000000000000000000000000000001")

    def test_refuses_what_is_not_exact(self):
        for value in ("0.00001", "", "abc", "NaN", "Infinity", "922337203685477.5808"):
            with self.assertRaises(ValueError, msg=value):
                to_e4(value)
        for value in (0.1, 1.0, True):
            with self.assertRaises(TypeError, msg=value):
                to_e4(value)

    def test_text(self):
        for value, text in (
            (123_450_000, "12345"),
            (-1, "-0.0001"),
            (-15_000, "-1.5"),
            (0, "0"),
            (2**63 - 1, "922337203685477.5807"),
        ):
            self.assertEqual(text_e4(value), text)

    def test_big_integer_field(self):
        field = self.env["mlm.exchange.rate"]._fields["rate_e6"]
        self.assertIsInstance(field, BigInteger)
        self.assertEqual(field.convert_to_column(2**53 + 1, None), 2**53 + 1)
        self.assertEqual(field.convert_to_column("12", None), 12)
        self.assertEqual(field.convert_to_column(None, None), 0)
        self.assertEqual(field.convert_to_read(2**53 + 1, None), 2**53 + 1)
        with self.assertRaises(ValueError):
            field.convert_to_column(1.5, None)

    def test_sum_stays_exact(self):
        # 2**53 + 1 is the first integer that a float cannot hold
        large = 2**52
        self.env.cr.execute(
            "ALTER TABLE mlm_exchange_rate DROP CONSTRAINT mlm_exchange_rate_rate_range"
        )
        currency = self.env["res.currency"].search([], limit=1)
        rates = self.env["mlm.exchange.rate"].create(
            [
                {"currency_id": currency.id, "date_from": day, "rate_e6": value}
                for day, value in (("1999-01-01", large), ("1999-01-02", large + 1))
            ]
        )
        [(total,)] = rates._read_group([("id", "in", rates.ids)], [], ["rate_e6:sum"])
        self.assertIsInstance(total, int)
        self.assertEqual(total, 2**53 + 1)
        self.assertEqual(rates[1].read(["rate_e6"])[0]["rate_e6"], large + 1)
