# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from .common import PortalCase, PortalHttpCase


class TestTeam(PortalCase):
    def setUp(self):
        super().setUp()
        self._enrol("GABY", "ANA", None, at=datetime.now())
        self._enrol("HUGO", "ANA", {"parent_code": "EVA", "leg": "right"}, at=self.joined)
        self.mine = self._mine("ANA")
        self.teams = self.mine.env["mlm.portal.team"]

    def _codes(self, **options):
        return [one["code"] for one in self.teams._get(self.mine, **options)["members"]]

    def test_the_frontline_and_nobody_else(self):
        found = self.teams._get(self.mine)
        self.assertEqual(found["total"], 4)
        self.assertEqual(
            {one["code"] for one in found["members"]}, {"BETO", "CARO", "GABY", "HUGO"}
        )
        self.assertEqual((found["active"], found["new"]), (2, 1))
        self.assertEqual(self.teams._get(self._mine("EVA"))["members"], [])

    def test_sides_at_any_depth(self):
        ids = [self.people[code].id for code in ("BETO", "CARO", "GABY", "HUGO")]
        sides = self.teams._sides(self.mine, ids)
        self.assertEqual([sides.get(one) for one in ids], ["left", "right", None, "left"])
        self.assertEqual(self.teams._sides(self._mine("EVA"), []), {})

    def test_search_filter_and_order(self):
        self.assertEqual(self._codes(search="  beto "), ["BETO"])
        self.assertEqual(self._codes(search="nombre", show="new"), ["GABY"])
        self.assertEqual(set(self._codes(show="inactive")), {"GABY", "HUGO"})
        self.assertEqual(self._codes(sort="name"), ["BETO", "CARO", "GABY", "HUGO"])
        self.assertEqual(self._codes(sort="volume")[0], "CARO")
        self.assertEqual(self._codes()[0], "GABY")
        self.assertEqual(len(self._codes(show="nonsense", sort="nonsense")), 4)

    def test_figures_of_the_posted_cycle_in_a_large_network(self):
        live = {one["code"]: one for one in self.teams._get(self.mine)["members"]}
        self._make_large()
        team = self.teams._get(self.mine)
        self.assertFalse(team["live"])
        self.assertEqual(team["cycle"], self.now - 1)
        posted = {one["code"]: one for one in team["members"]}
        self.assertEqual(posted["BETO"]["own_pv"], live["BETO"]["own_pv"])
        self.assertEqual((posted["CARO"]["own_pv"], live["CARO"]["own_pv"]), (60, 75))
        self.assertFalse(team["as_of"])
        self._refresh()
        stored = self.teams._get(self.mine)
        self.assertTrue(stored["live"])
        self.assertRegex(stored["as_of"], r"^As of \d\d:\d\d$")
        self.assertEqual({one["code"]: one for one in stored["members"]}, live)


class TestTeamPages(PortalHttpCase):
    def test_paging_keeps_the_search(self):
        for number in range(25):
            self._enrol(f"P{number:02d}", "ANA", None)
        first = self._open("/my/network/team?search=nombre&sort=name", "ANA")
        self.assertIn("/my/network/team/page/2?search=nombre", first)
        second = self._open("/my/network/team/page/2?search=nombre&sort=name", "ANA")
        self.assertIn("P24", second)
        self.assertNotIn("P00", second)

    def test_empty_team_says_what_to_do(self):
        self.assertIn(
            "Your team starts with the first person", self._open("/my/network/team", "EVA")
        )

    def test_search_is_escaped(self):
        page = self._open("/my/network/team?search=%3Cscript%3Ealert(1)%3C/script%3E", "ANA")
        self.assertNotIn("<script>alert(1)", page)
        self.assertIn("Nobody in your direct team matches", page)
