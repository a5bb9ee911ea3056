# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase, tagged

from ..chart import columns


@tagged("post_install", "-at_install")
class TestChart(BaseCase):
    def test_the_highest_is_full_and_net_lies_inside(self):
        found = columns(
            [{"number": 2, "gross": 200, "net": 180}, {"number": 1, "gross": 100, "net": 90}]
        )
        self.assertEqual([bar["number"] for bar in found["bars"]], [1, 2])
        self.assertEqual(found["bars"][1]["gross"], (0, 100))
        self.assertEqual(found["bars"][1]["net"], (10, 90))
        self.assertEqual(found["width"], 20)

    def test_nothing_at_all(self):
        self.assertEqual(columns([])["bars"], [])
        bar = columns([{"number": 1, "gross": 0, "net": 0}])["bars"][0]
        self.assertEqual(bar["gross"], (99, 1))
