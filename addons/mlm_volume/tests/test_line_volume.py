import doctest
import random
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from .. import credit, volume
from ..credit import GOODS, MEASURES, MONEY, CreditLine, SaleLine, take
from ..volume import line_volume


@tagged("post_install", "-at_install")
class TestLineVolume(BaseCase):
    def test_examples_of_the_docstring(self):
        for module in (volume, credit):
            found = doctest.testmod(module)
            self.assertEqual(found.failed, 0)
            self.assertTrue(found.attempted)

    def test_three_coffees_and_a_soap(self):
        """GX-PV-03: 3 × 15 PV + 10.4 PV = 55.4 PV."""
        coffee = line_volume(150_000, 140_000, 3, 0)
        soap = line_volume(104_000, 89_000, 1, 0)
        self.assertEqual(coffee["pv_e4"] + soap["pv_e4"], 554_000)

    def test_discount_cuts_cv_only_and_is_exact(self):
        found = line_volume(170_000, 156_000, 1, 12.5)
        self.assertEqual(found, {"pv_e4": 170_000, "cv_e4": 136_500})

    def test_full_discount_carries_nothing(self):
        self.assertEqual(line_volume(1, 1, 5, 100), {"pv_e4": 0, "cv_e4": 0})

    def test_fraction_of_a_unit(self):
        self.assertEqual(line_volume(104_000, 89_000, 0.1, 0)["pv_e4"], 10_400)


@tagged("post_install", "-at_install")
class TestCreditParts(BaseCase):
    """Whatever is given back in whatever parts (RULES 43)."""

    def _line(self, chance):
        units = chance.randint(1, 50)
        return SaleLine(
            Fraction(units),
            Fraction(chance.randint(0, 10**7), 100),
            {
                "pv_e4": chance.randint(0, 10**8),
                "cv_e4": chance.randint(0, 10**10),
                "retail_e4": chance.choice([0, chance.randint(0, 10**9)]),
                "package_qty": chance.choice([0, units]),
            },
        )

    def test_never_beyond_and_exact_at_the_end(self):
        chance = random.Random(43)
        for _case in range(500):
            lines = [self._line(chance) for _each in range(chance.randint(1, 3))]
            whole = {name: sum(line.held[name] for line in lines) for name in MEASURES}
            taken = dict.fromkeys(MEASURES, 0)
            for _part in range(chance.randint(0, 6)):
                about = chance.choice([lines, lines[:1], []])
                part = CreditLine(
                    chance.choice([GOODS, MONEY]),
                    Fraction(chance.randint(1, 20), chance.randint(1, 3)),
                    Fraction(chance.randint(1, 10**6), 100),
                    about,
                    lines,
                )
                found = take(part)
                for name in MEASURES:
                    self.assertGreaterEqual(found[name], 0)
                    taken[name] += found[name]
                    self.assertLessEqual(taken[name], whole[name])
                if part.kind == MONEY:
                    self.assertEqual((found["pv_e4"], found["package_qty"]), (0, 0))
            rest = take(CreditLine(GOODS, Fraction(1000), Fraction(0), lines))
            self.assertEqual({name: taken[name] + rest[name] for name in MEASURES}, whole)

    def test_parts_of_equal_units_are_the_whole(self):
        line = SaleLine(Fraction(3), Fraction(100), {"pv_e4": 100, "cv_e4": 100})
        parts = [take(CreditLine(GOODS, Fraction(1), Fraction(33), [line])) for _each in "abc"]
        self.assertEqual([part["cv_e4"] for part in parts], [33, 34, 33])
