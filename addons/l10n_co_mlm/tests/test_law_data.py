# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from stdnum.co import nit

from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from .law_common import VECTORS


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLawData(TransactionCase):
    """What is shipped says what the sources say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Colombia", "country_id": cls.env.ref("base.co").id}
        )

    def law(self, day):
        return self.env["mlm.co.law"]._law(self.company, day)

    def test_check_digit(self):
        for one in VECTORS["nit"]:
            self.assertEqual(nit.calc_check_digit(one["number"]), one["digit"], one)
        for one in VECTORS["nit_wrong"]:
            self.assertNotEqual(nit.calc_check_digit(one["number"]), one["digit"], one)

    def test_check_digit_of_every_length(self):
        """The weights of the tax office, for numbers of 1 to 15 digits."""
        weights = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
        for length in range(1, 16):
            for number in ("9" * length, "1" * length, "123456789012345"[:length]):
                pairs = zip(weights, reversed(number), strict=False)
                rest = sum(weight * int(digit) for weight, digit in pairs) % 11
                digit = rest if rest < 2 else 11 - rest
                self.assertEqual(nit.calc_check_digit(number), str(digit), number)

    def test_uvt(self):
        for one in VECTORS["uvt"]:
            self.assertEqual(self.law(date(one["year"], 6, 1)).uvt_e4, one["value"] * 10_000, one)
            if one["provenance"] == "memory":
                row = self.env["mlm.co.uvt"].search([("year", "=", one["year"])])
                self.assertTrue(row.to_confirm, one)
        self.assertIsNone(self.law(date(2014, 12, 31)).uvt_e4)

    def test_thresholds(self):
        for one in VECTORS["thresholds"]:
            law = self.law(date(one["year"], 12, 31))
            self.assertEqual(law.in_pesos_e4(one["uvt"] * 10_000), one["cop"] * 10_000, one)

    def test_minimum_bases_at_their_borders(self):
        for one in VECTORS["bases"]:
            first = date.fromisoformat(one["from"])
            last = date.fromisoformat(one["to"]) if one["to"] else first + timedelta(days=900)
            for day in (first, last):
                bases = self.law(day).bases
                for kind in ("services", "purchases"):
                    self.assertEqual(bases[kind], one[kind] * 10_000, (kind, day))
        self.assertEqual(self.law(date(2016, 12, 31)).bases, {})

    def test_article_383(self):
        law = self.law(date(2026, 8, 1))
        self.assertEqual(
            [
                (one.from_uvt_e4, one.to_uvt_e4, one.rate_e6, one.plus_uvt_e4)
                for one in law.brackets
            ],
            [
                (
                    one["from"] * 10_000,
                    (one["to"] or 0) * 10_000,
                    one["percent"] * 10_000,
                    one["plus"] * 10_000,
                )
                for one in VECTORS["article_383"]
            ],
        )

    def test_rates(self):
        law = self.law(date(2026, 8, 1))
        found = {
            (one.concept, one.person, one.declarant): (one.rate_e6, one.switch_rate_e6)
            for one in law.rates
            if one.resident
        }
        self.assertEqual(
            found,
            {
                ("commissions", "legal", "any"): (110_000, 0),
                ("commissions", "natural", "any"): (100_000, 110_000),
                ("fees", "legal", "any"): (110_000, 0),
                ("fees", "natural", "any"): (100_000, 110_000),
                ("services", "legal", "any"): (40_000, 0),
                ("services", "natural", "yes"): (40_000, 0),
                ("services", "natural", "no"): (60_000, 0),
                ("other", "legal", "any"): (25_000, 0),
                ("other", "natural", "yes"): (25_000, 0),
                ("other", "natural", "no"): (35_000, 0),
            },
        )
        switch = {one.switch_uvt_e4 for one in law.rates if one.switch_rate_e6}
        self.assertEqual(switch, {33_000_000})

    def test_taxes_of_rates_withhold_as_much(self):
        """A rate books on core's tax of the same percentage; of payments abroad only the
        account is core's."""
        self.env["account.chart.template"].try_loading("co", self.company, install_demo=False)
        templates = self.env["account.chart.template"].with_company(self.company)
        for rate in self.env["mlm.co.rate"].search([]):
            tax = templates.ref(rate.tax_ref)
            self.assertTrue(tax.invoice_repartition_line_ids.account_id, rate.display_name)
            if rate.resident:
                self.assertEqual(tax.amount, -rate.percent, rate.display_name)
            if rate.switch_tax_ref:
                beyond = templates.ref(rate.switch_tax_ref)
                self.assertEqual(beyond.amount, -rate.switch_percent, rate.display_name)

    def test_what_nobody_read_is_to_be_confirmed(self):
        for model in ("mlm.co.rate", "mlm.co.ica.rate"):
            for one in self.env[model].search([]):
                doubtful = model == "mlm.co.ica.rate" or not one.resident
                self.assertEqual(one.to_confirm, doubtful, one.display_name)
        bases = self.env["mlm.co.base"].search([("date_from", ">", "2026-01-01")])
        self.assertEqual(len(bases), 4)
        self.assertTrue(all(bases.mapped("to_confirm")))

    def test_municipalities(self):
        towns = self.env["mlm.co.municipality"].search([])
        self.assertEqual(len(towns), 1121)
        departments = {self.env.ref(one["state"]): {one["code"]} for one in VECTORS["departments"]}
        found = {
            state: {one.code[:2] for one in mine}
            for state, mine in towns.grouped("state_id").items()
        }
        self.assertEqual(found, departments)
        names = {one.code: one.display_name for one in towns}
        self.assertEqual(names["11001"], "Bogotá, D.C.")
        self.assertEqual(names["05664"], "San Pedro de los Milagros, Antioquia")
        self.assertEqual(names["54001"], "San José de Cúcuta, Norte de Santander")

    def test_activities(self):
        activities = self.env["mlm.co.activity"].search([])
        self.assertEqual(len(activities), 503)
        self.assertLessEqual({"4610", "4690", "4799", "0010"}, set(activities.mapped("code")))

    def test_a_day_is_read_in_few_queries(self):
        self.law(date(2026, 8, 1))
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            self.law(date(2026, 8, 1))

    def test_an_upgrade_keeps_what_was_corrected(self):
        row = self.env.ref("l10n_co_mlm.uvt_2018")
        row.write({"value": 33_000, "to_confirm": False})
        town = self.env.ref("l10n_co_mlm.municipality_05042")
        town.name = "Santa Fe de Antioquia"
        for model in ("uvt", "municipality"):
            path = f"data/law/mlm.co.{model}.csv"
            convert_file(self.env, "l10n_co_mlm", path, {}, mode="update")
        self.env.invalidate_all()
        self.assertEqual((row.value, row.to_confirm), (33_000, False))
        self.assertEqual(town.name, "Santa Fe de Antioquia")
