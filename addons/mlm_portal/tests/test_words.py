# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import TransactionCase, tagged

from ..words import NBSP, Words


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("es_CO")
        pesos = self.env.ref("base.COP")
        self.es = Words(self.env(context={"lang": "es_CO"}), pesos)
        self.en = Words(self.env(context={"lang": "en_US"}), pesos)

    def test_numbers(self):
        self.assertEqual(self.es.number("1356.5"), "1.356,5")
        self.assertEqual(self.en.number("1356.5"), "1,356.5")
        self.assertEqual(self.es.number("100"), "100")
        self.assertEqual(self.es.number(0), "0")
        self.assertEqual(self.es.number("-12.25"), "-12,25")

    def test_money(self):
        self.assertEqual(self.es.money("1125000"), f"1.125.000{NBSP}COP")
        self.assertEqual(self.es.money("10.5"), f"10,50{NBSP}COP")
        self.assertEqual(self.en.money("1125000"), f"1,125,000{NBSP}COP")
        self.assertEqual(self.es.percent("17"), f"17{NBSP}%")

    def test_days(self):
        self.assertEqual(self.es.day(date(2026, 8, 17)), "17 ago 2026")
        self.assertEqual(self.es.day("2026-08-17 12:00:00"), "17 ago 2026")
        self.assertEqual(self.en.span(date(2026, 8, 17), date(2026, 8, 23)), "17 Aug – 23 Aug 2026")
