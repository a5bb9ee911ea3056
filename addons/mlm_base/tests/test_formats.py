# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from decimal import Decimal

from odoo.tests import TransactionCase, tagged

from ..documents import column
from ..exact import from_e4
from ..formats import NBSP, Formats


@tagged("post_install", "-at_install")
class TestFormats(TransactionCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("es_CO")
        pesos = self.env.ref("base.COP")
        self.es = Formats(self.env(context={"lang": "es_CO"}), pesos)
        self.en = Formats(self.env(context={"lang": "en_US"}), pesos)

    def test_numbers(self):
        self.assertEqual(self.es.number("1356.5"), "1.356,5")
        self.assertEqual(self.en.number("1356.5"), "1,356.5")
        self.assertEqual(self.es.number("100"), "100")
        self.assertEqual(self.es.number(0), "0")
        self.assertEqual(self.es.number("-12.25"), "-12,25")
        self.assertEqual(self.es.number("-0.2", 0), "0")
        self.assertEqual(self.en.number(None), "0")

    def test_floats_are_rounded(self):
        self.assertEqual(self.en.number(0.1 + 0.2), "0.3")
        self.assertEqual(self.en.number(12.345, 2), "12.35")
        self.assertEqual(self.en.ratio(200 / 3), f"66.67{NBSP}%")

    def test_numbers_that_no_float_holds(self):
        most = 2**63 - 1
        self.assertEqual(self.es.number(from_e4(most)), "922.337.203.685.477,5807")
        self.assertEqual(self.en.money(from_e4(-most)), f"-922,337,203,685,477.58{NBSP}COP")
        self.assertEqual(self.en.number(10**30 + 1), "1" + ",000" * 9 + ",001")
        self.assertEqual(
            self.en.number(Decimal("12345678901234567890123456789.125"), 2),
            "12,345,678,901,234,567,890,123,456,789.13",
        )

    def test_money(self):
        self.assertEqual(self.es.money("1125000"), f"1.125.000{NBSP}COP")
        self.assertEqual(self.es.money("10.5"), f"10,50{NBSP}COP")
        self.assertEqual(self.es.money("10.001"), f"10{NBSP}COP")
        self.assertEqual(self.en.money("1125000"), f"1,125,000{NBSP}COP")
        self.assertEqual(self.en.money(5, self.env.ref("base.USD")), f"5{NBSP}USD")
        self.assertEqual(self.es.percent("17"), f"17{NBSP}%")
        self.assertEqual(self.es.money_off("4500"), f"−{NBSP}4.500{NBSP}COP")
        self.assertEqual(self.es.money_off("-4500"), f"+{NBSP}4.500{NBSP}COP")

    def test_days(self):
        self.assertEqual(self.es.day(date(2026, 8, 17)), "17 ago 2026")
        self.assertEqual(self.es.day("2026-08-17 12:00:00"), "17 ago 2026")
        self.assertEqual(self.en.span(date(2026, 8, 17), date(2026, 8, 23)), "17 Aug – 23 Aug 2026")
        self.assertEqual((self.en.day(False), self.en.day("")), ("", ""))

    def test_without_a_language(self):
        self.env.company.partner_id.lang = "es_CO"
        nobody = Formats(self.env(context={}))
        self.assertEqual(nobody.day(date(2026, 8, 17)), "17 Aug 2026")
        self.assertEqual(nobody.moment(datetime(2026, 8, 17), "UTC"), "17 Aug 2026 00:00")
        self.assertEqual(nobody.number("1356.5"), "1,356.5")

    def test_moments(self):
        moment = datetime(2026, 8, 18, 1, 5)
        self.assertEqual(self.es.moment(moment, "America/Bogota"), "17 ago 2026 20:05")
        self.assertEqual(self.en.moment(moment, "UTC"), "18 Aug 2026 01:05")

    def test_columns(self):
        for kind, value, shown in (
            ("text", "=1+1", "=1+1"),
            ("text", None, ""),
            ("number", 0, "0"),
            ("points", Decimal("1.50"), "1,5"),
            ("money", Decimal("1000.0000"), "1.000"),
            ("percent", 12, f"12{NBSP}%"),
            ("date", date(2026, 1, 2), "2 ene 2026"),
            ("choice", 1, "One"),
            ("choice", 2, ""),
        ):
            one = column("x", "X", kind, 5, {1: "One"})
            self.assertEqual(self.es.shown(value, one), shown)
