# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import CommissionCommon


class TestDownlineRank(CommissionCommon):
    """María → Juan → Pedro → Rosa; Yenny beside Juan. Juan alone has a rank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pedro = cls._enrol("PEDRO", "JUAN", "left")
        cls.rosa = cls._enrol("ROSA", "PEDRO", "left")
        cls.luis = cls._enrol("LUIS", "JUAN", "right")
        cls.report = cls.env["mlm.downline.report"]

    def setUp(self):
        super().setUp()
        self._sale(self.juan, product=self.big)
        self._sale(self.pedro, product=self.big, quantity=3)
        self._sale(self.luis, product=self.big, quantity=3)
        self.run_924 = self._posted()
        self.ranks = self.run_924._ranks_of(self.juan | self.pedro)

    def _ask(self, group_by="level", **filters):
        filters["period_id"] = self.cycle[924].id
        chunks = self.report._downline_report(self.maria, None, group_by, filters)
        return {row["code"]: row for rows in chunks for row in rows}

    def _juans_rank(self):
        rank = self._ask()["JUAN"]["rank"]
        self.assertTrue(rank, "the example needs a rank for Juan")
        self.assertFalse(self._ask()["PEDRO"]["rank"])
        return rank

    def test_rank_and_activity_of_the_posted_cycle(self):
        found = self._ask()
        names = self.report._get_ranks(self.report._ask(self.maria, None, "level", None, None))
        self.assertEqual(names[found["JUAN"]["rank"]], self.ranks[self.juan.id])
        self.assertEqual(
            {code: row["active"] for code, row in found.items()},
            {"JUAN": 1, "PEDRO": 1, "LUIS": 1, "ROSA": 0, "YENNY": 0, "CLARA": 0},
        )
        self.assertEqual(set(self._ask(activity="inactive")), {"ROSA", "YENNY", "CLARA"})
        totals = self.report._downline_totals(self.maria)
        self.assertEqual(totals["all"]["active"], 3)

    def test_filter_of_the_rank(self):
        self.assertEqual(set(self._ask(rank_from=self._juans_rank())), {"JUAN"})

    def test_a_generation_ends_with_a_rank(self):
        plain = self._ask("generation")
        self.assertEqual(
            [plain[code]["generation"] for code in ("JUAN", "PEDRO", "ROSA")], [1, 2, 3]
        )
        ranked = self._ask("generation", generation_rank=self._juans_rank())
        self.assertEqual(
            {code: row["generation"] for code, row in ranked.items()},
            {"JUAN": 1, "YENNY": 1, "PEDRO": 2, "LUIS": 2, "ROSA": 2, "CLARA": 2},
        )

    def test_wizard(self):
        wizard = self.env["mlm.downline.wizard"].create(
            {"root_id": self.maria.id, "company_id": self.company.id, "group_by": "generation"}
        )
        self.assertEqual(wizard.mlm_version_id, self.run_924.version_id)
        rank = self._juans_rank()
        wizard.generation_rank_id = wizard.mlm_version_id.rank_ids.filtered(
            lambda one: one.sequence == rank
        )
        wizard.action_show()
        self.assertIn("PEDRO", wizard.preview)
        self.assertIn(wizard.generation_rank_id.name, wizard.preview)
