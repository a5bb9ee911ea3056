import doctest

from odoo.tests import BaseCase, tagged

from .. import volume
from ..volume import line_volume


@tagged("post_install", "-at_install")
class TestLineVolume(BaseCase):
    def test_examples_of_the_docstring(self):
        self.assertEqual(doctest.testmod(volume).failed, 0)

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
