import datetime

from odoo.tests import TransactionCase, tagged

from ..importing import reader
from ..importing.headings import Headings
from ..importing.values import Ambiguous, parse_day, parse_e4

TABLE = Headings({"code": ("código", "code"), "amount": ("valor", "amount")}, ("code",))


@tagged("post_install", "-at_install")
class TestImporting(TransactionCase):
    def test_numbers(self):
        for text, sign, wanted in (
            ("12", "", 120000),
            ("1.234.567,89", "", 12345678900),
            ("1,234,567.89", "", 12345678900),
            ("1.234.567", "", 12345670000),
            ("$ 990.000,5", "", 9900005000),
            ("0.125", "", 1250),
            ("-3,5", "", -35000),
            ("1.234", ",", 12340000),
            ("1.234", ".", 12340),
            ("1234,5678", "", 12345678),
            (0.1 + 0.2, "", 3000),
            (55240, "", 552400000),
        ):
            with self.subTest(text=text, sign=sign):
                self.assertEqual(parse_e4(text, sign), wanted)

    def test_no_numbers(self):
        with self.assertRaises(Ambiguous):
            parse_e4("1.234")
        for text in ("", "twelve", "1.23,45.6", "12.34.5", "1.00001", "1,2,3", "1e5", True):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_e4(text)

    def test_days(self):
        day = datetime.date(2026, 8, 31)
        for value in ("2026-08-31", "31/08/2026", day, datetime.datetime(2026, 8, 31, 5)):
            self.assertEqual(parse_day(value), day)
        self.assertIsNone(parse_day("31 of August"))

    def test_file(self):
        rows = list(reader.read("Código;Otro;VALOR\nA1;x;5\n\nA2;;".encode("cp1252"), TABLE))
        self.assertEqual(
            rows, [(2, {"code": "A1", "amount": "5"}), (4, {"code": "A2", "amount": ""})]
        )
        with self.assertRaises(reader.FileProblem) as caught:
            list(reader.read(b"Amount\n5", TABLE))
        self.assertEqual(caught.exception.detail, ["code"])
