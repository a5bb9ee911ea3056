# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.addons.mlm_base.internal import as_internal

from .common import PortalCase


class TestDashboard(PortalCase):
    def _board(self, code="ANA"):
        mine = self._mine(code)
        return mine.env["mlm.portal.dashboard"]._get(mine)

    def test_the_present_cycle(self):
        board = self._board()
        self.assertTrue(board["live"])
        self.assertEqual(board["period"]["number"], self.now)
        self.assertEqual(board["carry_of"], self.now - 1)
        self.assertEqual(board["waiting"], [])
        stands = board["standing"]
        legs = stands["legs"][0]
        self.assertEqual((legs["left"]["in"], legs["left"]["new"]), (50, 0))
        self.assertEqual(float(legs["right"]["new"]), 14.5)
        self.assertEqual(legs["lesser"], "right")
        self.assertEqual(float(legs["missing"]), 85.5)
        self.assertEqual((legs["left"]["active"], legs["right"]["active"]), (1, 1))

    def test_activity_package_and_rank(self):
        stands = self._board()["standing"]
        self.assertTrue(stands["activity"]["active"])
        self.assertEqual(stands["activity"]["own"], 110)
        self.assertEqual([one["pv"] for one in stands["window"]], [0, 110, 0, 0])
        self.assertEqual(stands["package"]["percent"], 15)
        self.assertEqual(stands["package"]["name"], "Package ESP-1")
        self.assertTrue(stands["package"]["until"])
        self.assertEqual(stands["rank"]["next_name"], "Bronze")
        (asked,) = stands["rank"]["conditions"]
        self.assertEqual((asked["missing"], asked["done"]), ("1500", 0))

    def test_projected_amounts(self):
        self._sell(0, "CARO", 10, 1_685.5)
        self._sell(0, "BETO", 10, 1_950)
        stands = self._board()["standing"]
        self.assertEqual(stands["legs"][0]["matched"], 1_700)
        # Bronze gives 11 %, the package 15 %
        self.assertEqual(stands["earned_total"], 1_700 * 675)
        self.assertEqual(stands["rank"]["name"], "Bronze")

    def test_what_is_missing_to_be_active(self):
        board = self._board("OTRO")
        self.assertFalse(board["standing"]["activity"]["active"])
        self.assertIn("missing 20 PV", board["advice"][0]["text"])
        self.assertEqual(board["advice"][0]["level"], "danger")

    def test_a_large_network_shows_the_posted_figures_and_says_so(self):
        self._make_large()
        board = self._board()
        self.assertFalse(board["live"])
        self.assertEqual(board["figures_of"], self.now - 1)
        self.assertEqual(board["standing"]["legs"][0]["left"]["in"], 50)
        (asked,) = board["standing"]["rank"]["conditions"]
        self.assertEqual((asked["reached"], asked["missing"]), ("0", "1500"))

    def test_without_an_open_cycle(self):
        as_internal(self.cycle[0]).write({"state": "closed"})
        board = self._board()
        self.assertFalse(board["period"])
        self.assertFalse(board["live"])
        self.assertEqual(board["figures_of"], self.now - 1)

    def test_without_a_plan_or_a_run_there_is_no_figure(self):
        as_internal(self.env["mlm.plan.version"].search([])).write({"state": "retired"})
        with patch.object(
            type(self.env["mlm.period"]),
            "_last_posted",
            lambda self, company, before=None: self.browse(),
        ):
            board = self._board()
        self.assertIsNone(board["standing"])
        self.assertEqual(board["advice"], [])

    def test_history_and_chart(self):
        board = self._board()
        self.assertEqual(len(board["history"]), 2)
        self.assertEqual(
            [bar["number"] for bar in board["chart"]["bars"]], [self.now - 2, self.now - 1]
        )

    def test_a_new_holder_sees_no_cycle_of_the_old_one(self):
        heir = self.env["res.partner"].create({"name": "Heir"})
        mine = self._mine("ANA")
        dashboard = mine.env["mlm.portal.dashboard"]
        self.assertTrue(dashboard._get(mine)["history"])
        mine.sudo()._transfer(heir, "Sold")
        self.assertEqual(dashboard._get(mine)["history"], [])
