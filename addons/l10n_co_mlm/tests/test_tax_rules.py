# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tax import NOTHING, Before, LawMissing, Payee, Settings, Withholding
from .tax_common import BOGOTA, MEDELLIN, PESO, make_law, withhold

DAY = date(2026, 11, 30)
KNOWN = Payee(municipality=BOGOTA, activity="4610")
LIMIT = 172_834_200


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTaxRules(BaseCase):
    """RULES 37 and 53-56: what is withheld from whom, and what stops for lack of law."""

    def _withheld(self, payee, pesos=1_000_000, before=NOTHING, law=None, **settings):
        return withhold(law or make_law(DAY), payee, pesos, before, **settings)

    def _missing(self, law, payee, pesos=1_000_000, **settings):
        with self.assertRaises(LawMissing) as caught:
            self._withheld(payee, pesos, law=law, **settings)
        return caught.exception.kind, caught.exception.values

    # -- documents -----------------------------------------------------------

    def test_nothing_above_zero(self):
        """A document that takes more than it gives has no withholding (RULES 53)."""
        for gross in (
            {"commissions": -5},
            {},
            {"commissions": 0},
            {"commissions": 900, "fees": -900},
        ):
            self.assertEqual(self._withheld(KNOWN, gross), {}, gross)
        # nor does it ask for law
        law = make_law(date(2027, 1, 31), rates=(), agents={})
        self.assertEqual(self._withheld(KNOWN, -5, law=law), {})

    def test_negative_bonus(self):
        """The base is what the document comes to, never more."""
        found = Withholding(make_law(DAY), Settings()).of(
            KNOWN, {"commissions": 1_000_000 * PESO, "fees": -400_000 * PESO}
        )
        self.assertEqual({line.base_e4 for line in found}, {600_000 * PESO})

    def test_rounded_once_by_concept(self):
        found = Withholding(make_law(DAY), Settings()).of(
            KNOWN, {"commissions": 1_005 * PESO, "fees": 1_005 * PESO}
        )
        # 100.5 twice is 101 twice: each concept has a line of its own
        self.assertEqual([line.amount_e4 for line in found], [101 * PESO, 101 * PESO])
        self.assertEqual(self._withheld(KNOWN, 1_005, unit_e4=100 * PESO), {"renta": 100})
        self.assertEqual(self._withheld(KNOWN, 4), {})

    # -- the limit of the year -------------------------------------------------

    def test_limit(self):
        """Exactly at the limit stays; beyond, the whole document has the rate (RULES 56)."""
        for before, pesos, withheld in (
            (0, LIMIT, 17_283_420),
            (0, LIMIT + 10, 19_011_763),
            (LIMIT - 1_000, 1_000, 100),
            (LIMIT - 999, 1_000, 110),
            (LIMIT, 1_000, 110),
        ):
            found = self._withheld(KNOWN, pesos, Before(year_e4=before * PESO))
            self.assertEqual(found["renta"], withheld, (before, pesos))

    def test_clawback_lowers_the_year(self):
        """What came back is not in the year any more, from then on."""
        paid = Before(year_e4=(LIMIT + 1_000_000) * PESO)
        self.assertEqual(self._withheld(KNOWN, 1_000, paid)["renta"], 110)
        lowered = replace(paid, year_e4=(LIMIT - 1_000_000) * PESO)
        self.assertEqual(self._withheld(KNOWN, 1_000, lowered)["renta"], 100)

    def test_limit_counts_all_concepts(self):
        before = Before(year_e4=(LIMIT - 1_500) * PESO)
        found = Withholding(make_law(DAY), Settings()).of(
            Payee(simple=False), {"commissions": 1_000 * PESO, "fees": 1_000 * PESO}, before
        )
        self.assertEqual([line.rate_e6 for line in found], [110_000, 110_000])
        self.assertEqual(found[0].basis["switched"], "year")

    def test_limit_is_for_natural_persons(self):
        far = Before(year_e4=10 * LIMIT * PESO)
        legal = replace(KNOWN, person="legal")
        self.assertEqual(self._withheld(legal, before=far)["renta"], 110_000)
        self.assertEqual(self._withheld(KNOWN, {"services": 1_000_000}, far)["renta"], 60_000)

    def test_contract_above_the_limit(self):
        found = self._withheld(replace(KNOWN, contract_over_limit=True))
        self.assertEqual(found["renta"], 110_000)

    def test_company_gives_declarants_the_rate_of_companies(self):
        files = replace(KNOWN, declarant=True)
        self.assertEqual(self._withheld(files)["renta"], 100_000)
        self.assertEqual(self._withheld(files, declarants_as_legal=True)["renta"], 110_000)
        self.assertEqual(self._withheld(KNOWN, declarants_as_legal=True)["renta"], 100_000)

    # -- who is exempt ---------------------------------------------------------

    def test_exempt(self):
        for change, codes in (
            ({}, {"renta", "reteica"}),
            ({"simple": True}, set()),
            ({"self_withholder": True}, {"reteica"}),
            ({"person": "legal", "self_withholder": True}, {"reteica"}),
        ):
            self.assertEqual(set(self._withheld(replace(KNOWN, **change))), codes, change)
        self.assertEqual(set(self._withheld(KNOWN, withholds=False)), {"reteica"})

    def test_not_resident(self):
        law = make_law(DAY)
        abroad = replace(
            law.rates[0], resident=False, rate_e6=200_000, switch_uvt_e4=0, switch_rate_e6=0
        )
        law = replace(law, rates=(*law.rates, abroad))
        payee = replace(KNOWN, resident=False)
        self.assertEqual(self._withheld(payee, law=law), {"renta": 200_000})

    # -- article 383 -------------------------------------------------------------

    def test_month(self):
        """The table is for the month: two halves bear what one whole bears."""
        worker = Payee(art383=True)
        law = make_law(DAY, agents={"": False})
        whole = self._withheld(worker, 10_000_000)["renta"]
        first = self._withheld(worker, 6_000_000)["renta"]
        before = Before(0, 6_000_000 * PESO, int(first) * PESO)
        self.assertEqual(first + self._withheld(worker, 4_000_000, before)["renta"], whole)
        # more was withheld in the month than it bears: nothing, and nothing is given back
        much = Before(0, 6_000_000 * PESO, 2_000_000 * PESO)
        self.assertEqual(self._withheld(worker, 4_000_000, much, law), {})

    def test_relief(self):
        """25 % of what deductions leave, all within 40 % of the month and the yearly limit."""
        worker = Payee(art383=True, art383_exempt=True)
        # 7,500,000 of 10,000,000 are taxed: (143.2008 - 95) x 19 %
        self.assertEqual(self._withheld(worker, 10_000_000)["renta"], 479_649)
        # 2,000,000 and a quarter of 8,000,000 are exactly 40 %: 6,000,000 are taxed
        deducts = replace(worker, art383_deductions_e4=2_000_000 * PESO)
        self.assertEqual(self._withheld(deducts, 10_000_000)["renta"], 194_649)
        more = replace(worker, art383_deductions_e4=5_000_000 * PESO)
        self.assertEqual(self._withheld(more, 10_000_000)["renta"], 194_649)
        # a twelfth of 1,340 UVT is 5,848,430: 24,151,570 of 30,000,000 are taxed
        self.assertEqual(self._withheld(worker, 30_000_000)["renta"], 5_361_793)

    def test_table_is_for_work(self):
        worker = Payee(art383=True)
        law = make_law(DAY, agents={"": False})
        found = self._withheld(worker, {"commissions": 1_000_000, "other": 1_000_000}, law=law)
        self.assertEqual(found, {"renta": 35_000})

    # -- what is missing -----------------------------------------------------------

    def test_default_profile(self):
        """Of whom nothing is known: a natural person, in Bogotá, with the highest rate."""
        unknown = Payee(missing=("profile",))
        law = make_law(DAY)
        self.assertEqual(self._withheld(unknown), {"renta": 100_000, "reteica": 13_800})
        self.assertEqual(
            self._withheld(unknown, law=replace(law, agents={"": False})), {"renta": 100_000}
        )
        # a row for other activities is not the highest one
        other = {**law.ica, (BOGOTA, ""): replace(law.ica[BOGOTA, "4610"], activity="")}
        law = replace(law, ica=other)
        self.assertEqual(self._withheld(unknown, law=law)["reteica"], 13_800)
        lines = Withholding(law, Settings()).of(unknown, {"commissions": 1_000_000 * PESO})
        self.assertEqual(lines[0].basis["default"], ["profile"])
        self.assertEqual(lines[1].basis["default"], ["municipality", "activity"])

    def test_person_never_stops(self):
        """What is missing of a person is no reason to stop (RULES 54)."""
        here = replace(KNOWN, activity="")
        self.assertEqual(self._withheld(here)["reteica"], 13_800)
        elsewhere = replace(KNOWN, municipality="")
        self.assertEqual(self._withheld(elsewhere)["reteica"], 9_660)
        # an activity that Bogotá has no row for, of somebody who may not work there
        rare = replace(KNOWN, municipality="", activity="0111")
        self.assertEqual(self._withheld(rare)["reteica"], 13_800)

    def test_ica_by_place(self):
        law = make_law(DAY, agents={"": False, BOGOTA: True, MEDELLIN: False})
        self.assertEqual(
            set(self._withheld(replace(KNOWN, municipality=MEDELLIN), law=law)), {"renta"}
        )
        self.assertEqual(
            set(self._withheld(replace(KNOWN, municipality="76001"), law=law)), {"renta"}
        )
        everywhere = replace(law, agents={"": True, BOGOTA: False})
        self.assertEqual(set(self._withheld(KNOWN, law=everywhere)), {"renta"})
        self.assertEqual(self._missing(everywhere, replace(KNOWN, municipality="76001"))[0], "ica")

    def test_law_stops(self):
        law = make_law(DAY)
        self.assertEqual(self._missing(replace(law, uvt_e4=None), KNOWN), ("uvt", {"year": 2026}))
        kind, values = self._missing(replace(law, rates=()), KNOWN)
        self.assertEqual((kind, values["concept"], values["day"]), ("rate", "commissions", DAY))
        kind, values = self._missing(replace(law, bases={}), KNOWN, {"services": 1_000_000})
        self.assertEqual((kind, values), ("base", {"base": "services", "day": DAY}))
        self.assertEqual(
            self._missing(replace(law, brackets=()), Payee(art383=True)), ("bracket", {"day": DAY})
        )
        self.assertEqual(
            self._missing(replace(law, relief=None), Payee(art383=True, art383_exempt=True)),
            ("relief", {"day": DAY}),
        )
        self.assertEqual(
            self._missing(
                replace(law, agents={BOGOTA: True}), replace(KNOWN, municipality=MEDELLIN)
            ),
            ("agent", {"municipality": MEDELLIN, "day": DAY}),
        )
        self.assertEqual(
            self._missing(law, replace(KNOWN, activity="0111")),
            ("ica", {"municipality": BOGOTA, "activity": "0111", "day": DAY}),
        )

    def test_law_that_nobody_needs(self):
        """A company without natural payees needs no UVT, and a self-withholder no rate."""
        law = make_law(DAY, uvt_e4=None, agents={"": False})
        self.assertEqual(
            self._withheld(replace(KNOWN, person="legal"), law=law), {"renta": 110_000}
        )
        exempt = replace(KNOWN, self_withholder=True)
        self.assertEqual(self._withheld(exempt, law=replace(law, rates=())), {})
