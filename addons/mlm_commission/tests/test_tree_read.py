from .common import CommissionCommon


class TestTreeRead(CommissionCommon):
    """Rank, activity and profit of the last posted cycle on the cards of the trees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env["mlm.tree.read"]

    def _cards(self, role=None, **options):
        reader = self._as(self.reader, role) if role else self.reader
        found = reader.get_page(**options)
        self.legend = found["legend"]
        return {card["code"]: card for card in found["cards"].values()}

    def test_without_a_posted_cycle_there_is_nothing_to_show(self):
        self.assertNotIn("rank", self._cards()["MARIA"])
        self.assertNotIn("rank", self.legend["colours"])

    def test_figures_of_the_posted_cycle(self):
        self._balanced_sales(left=2, right=2)
        run = self._posted()
        cards = self._cards("support")
        maria, juan = cards["MARIA"], cards["JUAN"]
        self.assertEqual(
            (maria["rank"], maria["active"], maria["earned"]), ("Bronze", True, 990_000)
        )
        self.assertEqual((juan["rank"], juan["earned"]), ("", 0))
        self.assertTrue(0 < maria["rank_level"] < len(self.legend["ranks"]))
        self.assertEqual(self.legend["run_cycle"], 924)
        self.assertEqual(self.legend["currency"], run.currency_id.name)
        self.assertEqual(self.legend["colours"], ["state", "volume", "activity", "rank", "profit"])
        # as of a day before the end of the cycle nothing was posted yet
        self.assertNotIn("rank", self._cards("support", at="2026-08-19")["MARIA"])
        self.assertEqual(self._cards("support", at="2026-08-26")["MARIA"]["rank"], "Bronze")

    def test_the_warehouse_sees_no_profit(self):
        self._balanced_sales(left=2, right=2)
        self._posted()
        maria = self._cards("warehouse")["MARIA"]
        self.assertEqual(maria["rank"], "Bronze")
        self.assertNotIn("earned", maria)
        self.assertNotIn("profit", self.legend["colours"])
