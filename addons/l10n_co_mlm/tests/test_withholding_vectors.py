# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from odoo.tests import TransactionCase, tagged

from ..tax import NOTHING, Before, LawMissing, Payee, Settings, Withholding
from .law_common import VECTORS

CALI, BOGOTA = "76001", "11001"


def pesos(amount):
    """Whole pesos, a half up, in ten-thousandths (RULES 55)."""
    return int(Decimal(str(amount)).quantize(Decimal(1), ROUND_HALF_UP)) * 10_000


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholdingVectors(TransactionCase):
    """The shipped law and the published examples, through the calculation alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Colombia", "country_id": cls.env.ref("base.co").id}
        )
        cls.agents = cls.env["mlm.co.ica.agent"]
        cls.places = {
            one.code: one.id
            for one in cls.env["mlm.co.municipality"].search([("code", "in", [CALI, BOGOTA])])
        }

    def _withhold(self, payee, gross, before=NOTHING, day=date(2026, 7, 15), **settings):
        law = self.env["mlm.co.law"]._law(self.company, day)
        gross = {concept: amount * 10_000 for concept, amount in gross.items()}
        return Withholding(law, Settings(**settings)).of(payee, gross, before)

    def _amount(self, *args, **kwargs):
        return sum(line.amount_e4 for line in self._withhold(*args, **kwargs))

    def _be_agent_in(self, code):
        self.agents.create(
            {
                "company_id": self.company.id,
                "municipality_id": self.places[code],
                "agent": True,
                "date_from": "2020-01-01",
            }
        )

    # -- published -------------------------------------------------------------

    def test_switch_at_3300_uvt(self):
        for one in VECTORS["switch"]:
            lines = self._withhold(
                Payee(),
                {"commissions": one["paid"]},
                Before(one["before"] * 10_000),
                date.fromisoformat(one["day"]),
            )
            self.assertEqual(
                sum(line.amount_e4 for line in lines), pesos(one["withheld"]), one["day"]
            )
            for line in lines:
                self.assertEqual(line.rate_e6, one["percent"] * 10_000, one["day"])

    def test_examples(self):
        for one in VECTORS["examples"]:
            payee = Payee(person=one["person"], declarant=one.get("declarant", False))
            self.assertEqual(
                self._amount(payee, {one["concept"]: one["base"]}), pesos(one["withheld"]), one
            )

    def test_art_383(self):
        for one in VECTORS["art383"]:
            payee = Payee(art383=True)
            self.assertEqual(
                self._amount(payee, {"commissions": one["paid"]}), pesos(one["withheld"]), one
            )

    def test_art_383_of_four_weeks_is_that_of_the_month(self):
        before, withheld = NOTHING, 0
        for _week in range(4):
            amount = self._amount(Payee(art383=True), {"commissions": 2_500_000}, before)
            before = before.more(2_500_000 * 10_000, amount)
            withheld += amount
        self.assertEqual(withheld, pesos(1_124_032))

    # -- who -------------------------------------------------------------------

    def test_who_bears_none(self):
        gross = {"commissions": 1_000_000}
        self.assertFalse(self._withhold(Payee(simple=True), gross))
        self.assertFalse(self._withhold(Payee(self_withholder=True), gross))
        self.assertFalse(self._withhold(Payee(), gross, withholds=False))

    def test_declarants_have_the_rate_that_the_company_chose(self):
        gross, payee = {"commissions": 1_000_000}, Payee(declarant=True)
        self.assertEqual(self._amount(payee, gross), pesos(100_000))
        self.assertEqual(self._amount(payee, gross, declarants_as_legal=True), pesos(110_000))
        self.assertEqual(self._amount(Payee(), gross, declarants_as_legal=True), pesos(100_000))

    def test_a_contract_above_the_limit_has_the_higher_rate_at_once(self):
        payee = Payee(contract_over_limit=True)
        self.assertEqual(self._amount(payee, {"commissions": 1_000_000}), pesos(110_000))

    def test_the_limit_counts_all_concepts(self):
        before = Before(172_000_000 * 10_000)
        gross = {"commissions": 500_000, "other": 334_201}
        rates = {one.basis["concept"]: one for one in self._withhold(Payee(), gross, before)}
        self.assertEqual(rates["commissions"].rate_e6, 110_000)

    # -- amounts ---------------------------------------------------------------

    def test_minimum_base(self):
        """Services: two UVT since July 2026 (104,748), four in May and June."""
        july, may = date(2026, 7, 1), date(2026, 6, 30)
        for day, least in ((july, 104_748), (may, 209_496)):
            self.assertTrue(self._withhold(Payee(), {"services": least}, day=day))
            self.assertFalse(self._withhold(Payee(), {"services": least - 1}, day=day))

    def test_nothing_of_what_is_taken(self):
        self.assertFalse(self._withhold(Payee(), {"commissions": -1_000_000}))
        self.assertFalse(self._withhold(Payee(), {"commissions": 5, "other": -5}))

    def test_what_is_taken_lowers_the_other_concepts(self):
        lines = self._withhold(Payee(), {"commissions": 1_000_000, "other": -400_000})
        self.assertEqual([(one.base_e4, one.amount_e4) for one in lines], [(6 * 10**9, 6 * 10**8)])

    # -- ICA -------------------------------------------------------------------

    def test_ica_of_bogota(self):
        """1,000,000 to a natural person in Bogotá: 100,000 and 9,660 (facts, worked case)."""
        self._be_agent_in(BOGOTA)
        lines = self._withhold(
            Payee(municipality=BOGOTA, activity="4610"), {"commissions": 1_000_000}
        )
        self.assertEqual(
            [(one.code, one.amount_e4) for one in lines],
            [("renta", pesos(100_000)), ("reteica", pesos(9_660))],
        )

    def test_ica_has_its_own_minimum(self):
        """Four UVT in Bogotá, whatever the decree says of income tax."""
        self._be_agent_in(BOGOTA)
        payee = Payee(municipality=BOGOTA, activity="4610")
        codes = {one.code for one in self._withhold(payee, {"commissions": 209_495})}
        self.assertEqual(codes, {"renta"})
        codes = {one.code for one in self._withhold(payee, {"commissions": 209_496})}
        self.assertEqual(codes, {"renta", "reteica"})

    def test_ica_where_the_company_is_no_agent(self):
        payee = Payee(municipality=CALI, activity="4610")
        lines = self._withhold(payee, {"commissions": 1_000_000})
        self.assertEqual([one.code for one in lines], ["renta"])

    def test_ica_of_a_municipality_without_a_rate_stops(self):
        self._be_agent_in(CALI)
        with self.assertRaises(LawMissing) as caught:
            self._withhold(Payee(municipality=CALI, activity="4610"), {"commissions": 1_000_000})
        self.assertEqual(caught.exception.kind, "ica")
        self.assertEqual(caught.exception.values["municipality"], CALI)

    def test_ica_of_a_municipality_of_which_nothing_is_said_stops(self):
        self.agents.search([("company_id", "=", self.company.id)]).unlink()
        with self.assertRaises(LawMissing) as caught:
            self._withhold(Payee(municipality=CALI), {"commissions": 1_000_000})
        self.assertEqual(caught.exception.kind, "agent")

    def test_ica_of_who_has_said_nothing_is_the_highest_of_bogota(self):
        self._be_agent_in(BOGOTA)
        highest = max(
            self.env["mlm.co.ica.rate"]
            .search([("municipality_id", "=", self.places[BOGOTA])])
            .mapped("rate_e6")
        )
        found = self._withhold(Payee(missing=("profile",)), {"commissions": 1_000_000})
        ica = [one for one in found if one.code == "reteica"]
        self.assertEqual([one.rate_e6 for one in ica], [highest])
        self.assertIn("municipality", ica[0].basis["default"])

    def test_simple_bears_no_ica(self):
        self._be_agent_in(BOGOTA)
        payee = Payee(simple=True, municipality=BOGOTA)
        self.assertFalse(self._withhold(payee, {"commissions": 1_000_000}))

    # -- IVA -------------------------------------------------------------------

    def test_vat(self):
        """15 % of the 190,000 IVA of 1,000,000: 28,500."""
        law = self.env["mlm.co.law"]._law(self.company, date(2026, 7, 15))
        agent, other = (Withholding(law, Settings(vat_agent=one)) for one in (True, False))
        payee = Payee(vat_responsible=True)
        self.assertEqual(agent.of_vat(payee, 1_900_000_000).amount_e4, pesos(28_500))
        self.assertIsNone(other.of_vat(payee, 1_900_000_000))
        self.assertIsNone(agent.of_vat(Payee(), 1_900_000_000))

    # -- law -------------------------------------------------------------------

    def test_a_year_without_uvt_stops(self):
        """The UVT of last year is never taken."""
        self.env["mlm.co.uvt"].search([("year", "=", 2061)]).unlink()
        with self.assertRaises(LawMissing) as caught:
            self._withhold(Payee(), {"commissions": 1_000_000}, day=date(2061, 1, 2))
        self.assertEqual((caught.exception.kind, caught.exception.values["year"]), ("uvt", 2061))
