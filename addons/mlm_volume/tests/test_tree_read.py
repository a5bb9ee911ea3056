from unittest.mock import patch

from odoo.addons.mlm_genealogy.models.tree_read import mlm_tree_total
from odoo.addons.mlm_genealogy.scope import Scope

from .common import VolumeCommon


class TestTreeRead(VolumeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env["mlm.tree.read"]

    def setUp(self):
        super().setUp()
        self._sale(self.juan, quantity=2)
        self._sale(self.maria)
        self._sale(self.juan, day="2026-08-26")

    def _card(self, person, tree=False, **options):
        found = self.reader.get_page(tree_id=tree and tree.id, options={"levels": 2}, **options)
        node = person.position_ids.id if tree else person.id
        return found["cards"][node]

    def test_own_volume_and_that_of_the_branch(self):
        for tree in (False, self.tree):
            maria, juan = self._card(self.maria, tree), self._card(self.juan, tree)
            self.assertEqual((juan["pv"], juan["cv"]), (30, 28))
            self.assertEqual((maria["pv"], maria["cv"]), (15, 14))
            self.assertEqual((maria["branch"]["pv"], maria["branch"]["cv"]), (45, 42))
        legend = self.reader.get_page()["legend"]
        self.assertEqual(legend["volume_cycle"], 924)
        self.assertIn("volume", legend["colours"])

    def test_volume_of_the_cycle_of_the_day(self):
        self.assertEqual(self._card(self.maria, at="2026-08-27")["branch"]["cv"], 14)
        self.assertEqual(self._card(self.maria, at="2026-08-20")["branch"]["cv"], 42)

    def test_kept_totals(self):
        live = {tree: self._card(self.maria, tree)["branch"] for tree in (False, self.tree)}
        with patch.object(mlm_tree_total, "KEPT_FROM", 0):
            for tree in (self.env["mlm.tree"], self.tree):
                self.env["mlm.tree.total"]._refresh(self.network, tree)
        for tree, branch in live.items():
            kept = self._card(self.maria, tree)["branch"]
            self.assertTrue(kept.pop("as_of"))
            branch.pop("as_of")
            self.assertEqual(kept, branch)
        # a count of the last cycle says nothing about this one
        self.cycle[924].action_close()
        kept = self._card(self.maria)["branch"]
        self.assertEqual((kept["count"], kept["cv"]), (2, None))

    def test_who_may_not_see_the_ledger_sees_no_volume(self):
        reader = self.env["res.users"].create(
            {
                "name": "Reader",
                "login": "tree volume reader",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [
                    (4, self.env.ref("base.group_user").id),
                    (4, self.env.ref("mlm_base.group_reader").id),
                ],
            }
        )
        found = self.reader.with_user(reader).sudo(False).get_page()
        self.assertNotIn("cv", found["cards"][self.maria.id])
        self.assertNotIn("volume", found["legend"]["colours"])

    def test_one_query_for_all_cards(self):
        scope = Scope(self.network, self.env["mlm.tree"])
        counts = []
        for nodes in (self.juan.ids, (self.maria + self.juan + self.clara).ids):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.reader._get_cards(scope, nodes)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
