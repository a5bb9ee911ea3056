# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import PortalCase


class TestAdvice(PortalCase):
    def _texts(self, code):
        mine = self._mine(code)
        board = mine.env["mlm.portal.dashboard"]._get(mine)
        return " ".join(one["text"] for one in board["advice"])

    def test_who_qualifies_is_told_so(self):
        self._sell(0, "BETO", 10, 500)
        self._sell(0, "CARO", 10, 500)
        self.assertIn("You qualify: so far, 500 CV", self._texts("ANA"))

    def test_each_side_without_an_active_person_is_named(self):
        text = self._texts("EVA")
        self.assertIn("Your left leg needs", text)
        self.assertIn("Your right leg needs", text)

    def test_points_that_would_expire_are_mentioned(self):
        self._enrol("BAJO", "OTRO", {"parent_code": "OTRO", "leg": "left"}, at=self.joined)
        self._enrol("BAJA", "OTRO", {"parent_code": "OTRO", "leg": "right"}, at=self.joined)
        self._sell(0, "BAJO", 60, 300)
        self._sell(0, "BAJA", 60, 300)
        self.assertIn("Otherwise the points in your legs expire", self._texts("OTRO"))

    def test_who_is_not_placed_is_told_so(self):
        person = self._enrol("SUELTO", "ANA", None)
        self.users["EVA"].partner_id = person.partner_id
        self.assertIn("no place in the tree yet", self._texts("EVA"))

    def test_suspended_and_customers(self):
        self.people["EVA"]._suspend("documents")
        self.assertIn("suspended", self._texts("EVA"))
        self.users["OTRO"].partner_id = self.people["CLIENTA"].partner_id
        text = self._texts("OTRO")
        self.assertIn("enrolled as a customer", text)
        self.assertNotIn("place in the tree", text)

    def test_a_package_that_ends_soon(self):
        board = self._mine("ANA").env["mlm.portal.dashboard"]._get(self._mine("ANA"))
        soon = board["standing"]["package"]["ends_soon"]
        self.assertEqual("percentage of your package" in self._texts("ANA"), soon)

    def test_a_plan_without_legs_advises_by_activity_and_rank(self):
        ana = self._mine("ANA")
        advice = ana.env["mlm.portal.advice"]
        words = ana.env["mlm.portal.statement"]._words(ana)
        missing = {"holds": False, "text": "Group PV: 5 of 10 (5 missing)"}
        met = {"holds": True, "text": "Own PV: 9 of 9"}
        stands = {
            "activity": {"active": False, "own": 9, "needed": 50, "missing": 41, "window": 1},
            "on_positions": False,
            "legs": [],
            "rank": {"next_name": "Silver", "conditions": [missing, met]},
            "period": None,
            "package": None,
        }
        texts = [one["text"] for one in advice._now(ana, stands, words)]
        self.assertEqual(len(texts), 2)
        self.assertIn("You are missing 41 PV", texts[0])
        self.assertEqual(texts[1], "To reach Silver: Group PV: 5 of 10 (5 missing).")
        (told,) = advice._then(stands, words)
        self.assertIn("You had 9 of 50 PV", told["text"])
        self.assertNotIn("leg", " ".join([*texts, told["text"]]))
        stands["activity"].update(needed=None, missing=0)
        (told,) = advice._then(stands, words)
        self.assertEqual(told["text"], "You were inactive in this cycle.")
        stands["activity"]["active"] = True
        self.assertEqual(advice._then(stands, words), [])
