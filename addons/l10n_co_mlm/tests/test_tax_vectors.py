# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from fractions import Fraction

from odoo.tests import BaseCase, TransactionCase, tagged

from ..tax import NOTHING, Before, Payee, Settings, Withholding
from ..tax.rounding import share
from .tax_common import BOGOTA, PESO, make_law

#: day, pesos, percent, as published: the fourth one is exactly at the limit of the year
YEAR = (
    (date(2026, 1, 31), 40_000_000, 10, 4_000_000),
    (date(2026, 2, 28), 60_000_000, 10, 6_000_000),
    (date(2026, 3, 31), 60_000_000, 10, 6_000_000),
    (date(2026, 4, 30), 12_834_200, 10, 1_283_420),
    (date(2026, 5, 31), 1, 11, 0),
    (date(2026, 6, 30), 20_000_000, 11, 2_200_000),
)
#: percent of a base: unrounded, in the books
EXAMPLES = (
    (2_000_000, "11", "220000", 220_000),
    (1_000_000, "4", "40000", 40_000),
    (333_333, "11", "36666.63", 36_667),
    (1_000_000, "11", "110000", 110_000),
    (190_000, "15", "28500", 28_500),
    (10_000_000, "1.104", "110400", 110_400),
)
NATURAL = Payee(municipality=BOGOTA, activity="4610")
LEGAL = Payee(person="legal", municipality=BOGOTA, activity="4799", vat_responsible=True)
DAY = date(2026, 11, 30)


class Vectors:
    """Published and recomputed figures (facts of Colombia, §2), by the law of `_law`."""

    allow_inherited_tests_method = True

    def _law(self, day):
        raise NotImplementedError

    def _lines(self, payee, gross, before=NOTHING, day=DAY):
        gross = {concept: pesos * PESO for concept, pesos in gross.items()}
        lines = Withholding(self._law(day), Settings()).of(payee, gross, before)
        return {line.code: line for line in lines}

    def _income(self, payee, concept, pesos, day=DAY):
        line = self._lines(payee, {concept: pesos}, day=day).get("renta")
        return line and (line.rate_e6, line.amount_e4 // PESO, line.tax_ref)

    def test_year_that_crosses_the_limit(self):
        paid = 0
        for day, pesos, percent, withheld in YEAR:
            before = Before(year_e4=paid * PESO)
            line = self._lines(NATURAL, {"commissions": pesos}, before, day).get("renta")
            self.assertEqual(line.amount_e4 if line else 0, withheld * PESO, day)
            if line:
                self.assertEqual(line.rate_e6, percent * 10_000, day)
                self.assertEqual(line.basis["limit_e4"], 172_834_200 * PESO)
            paid += pesos
        # the peso that crosses has the higher rate, though it rounds to nothing
        whole = self._lines(NATURAL, {"commissions": 100}, Before(year_e4=172_834_101 * PESO))
        self.assertEqual(whole["renta"].rate_e6, 110_000)

    def test_concepts(self):
        files = Payee(declarant=True)
        for payee, concept, expected in (
            (NATURAL, "commissions", (100_000, 1_000_000, "l10n_co_tax_18")),
            (files, "commissions", (100_000, 1_000_000, "l10n_co_tax_18")),
            (LEGAL, "commissions", (110_000, 1_100_000, "l10n_co_tax_36")),
            (NATURAL, "fees", (100_000, 1_000_000, "l10n_co_tax_32")),
            (LEGAL, "fees", (110_000, 1_100_000, "l10n_co_tax_40")),
            (NATURAL, "services", (60_000, 600_000, "l10n_co_tax_25")),
            (files, "services", (40_000, 400_000, "l10n_co_tax_23")),
            (LEGAL, "services", (40_000, 400_000, "l10n_co_tax_23")),
            (NATURAL, "other", (35_000, 350_000, "l10n_co_tax_35")),
            (files, "other", (25_000, 250_000, "l10n_co_tax_19")),
            (LEGAL, "other", (25_000, 250_000, "l10n_co_tax_19")),
        ):
            self.assertEqual(self._income(payee, concept, 10_000_000), expected, concept)

    def test_minimum_bases(self):
        """UVT of the day's year, by the four ranges; a base is subject from the minimum on."""
        for day, concept, pesos in (
            (date(2025, 5, 31), "services", 199_196),
            (date(2025, 6, 1), "services", 99_598),
            (date(2026, 5, 7), "services", 104_748),
            (date(2026, 5, 8), "services", 209_496),
            (date(2026, 6, 30), "other", 1_414_098),
            (date(2026, 7, 1), "other", 523_740),
        ):
            self.assertTrue(self._income(NATURAL, concept, pesos, day), (day, concept))
            self.assertFalse(self._income(NATURAL, concept, pesos - 1, day), (day, concept))
        self.assertTrue(self._income(NATURAL, "commissions", 100))

    def test_table_of_article_383(self):
        worker = Payee(art383=True)
        for pesos, withheld in ((4_975_530, 0), (7_856_100, 547_308), (10_000_000, 1_124_032)):
            line = self._lines(worker, {"commissions": pesos}).get("renta")
            self.assertEqual(line.amount_e4 if line else 0, withheld * PESO, pesos)

    def test_bogota(self):
        """1,000,000 to a natural person who is not responsible for IVA leaves 890,340."""
        lines = self._lines(NATURAL, {"commissions": 1_000_000})
        self.assertEqual(lines["renta"].amount_e4, 100_000 * PESO)
        self.assertEqual(lines["reteica"].amount_e4, 9_660 * PESO)
        lines = self._lines(LEGAL, {"commissions": 10_000_000})
        self.assertEqual(lines["reteica"].amount_e4, 110_400 * PESO)
        # its own minimum stays at 4 UVT of services, 27 of purchases
        for concept, pesos in (("commissions", 209_496), ("other", 1_414_098)):
            self.assertIn("reteica", self._lines(NATURAL, {concept: pesos}))
            self.assertNotIn("reteica", self._lines(NATURAL, {concept: pesos - 1}))

    def test_vat(self):
        withholding = Withholding(self._law(DAY), Settings(vat_agent=True))
        line = withholding.of_vat(LEGAL, 190_000 * PESO)
        self.assertEqual((line.code, line.amount_e4), ("reteiva", 28_500 * PESO))
        self.assertEqual(line.base_e4, 190_000 * PESO)
        self.assertIsNone(withholding.of_vat(NATURAL, 190_000 * PESO))
        self.assertIsNone(Withholding(self._law(DAY), Settings()).of_vat(LEGAL, 190_000 * PESO))


@tagged("post_install", "-at_install")
class TestTaxVectors(Vectors, BaseCase):
    def _law(self, day):
        return make_law(day)

    def test_examples(self):
        for base, percent, unrounded, booked in EXAMPLES:
            exact = Fraction(base) * Fraction(percent) / 100
            self.assertEqual(exact, Fraction(unrounded))
            rate_e6 = int(Fraction(percent) * PESO)
            self.assertEqual(share(base * PESO, rate_e6, PESO), booked * PESO)
            # in hundredths of a peso nothing of these is lost
            self.assertEqual(share(base * PESO, rate_e6, 100), exact * PESO)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTaxShipped(Vectors, TransactionCase):
    """The same figures by the rows of the law that the add-on ships."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Of the vectors", "country_id": cls.env.ref("base.co").id}
        )
        town = cls.env["mlm.co.municipality"].search([("code", "=", BOGOTA)])
        cls.env["mlm.co.ica.agent"].create(
            {
                "company_id": cls.company.id,
                "municipality_id": town.id,
                "agent": True,
                "date_from": "2015-01-01",
            }
        )

    def _law(self, day):
        return self.env["mlm.co.law"]._law(self.company, day)
