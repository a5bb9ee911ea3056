from unittest.mock import patch

from odoo.tests import tagged

from .common import GenealogyCommon

SPECIFICATION = {
    "code": {},
    "name": {},
    "child_ids": {},
    "sponsor_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install")
class TestHierarchy(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", placement={"strategy": "left"})
        cls.eva = cls.enrol("Eva", sponsor=cls.ana, placement={"strategy": "right"})

    def _read(self, domain):
        rows = self.Distributor.hierarchy_read(
            [*domain, ("company_id", "=", self.company.id)],
            dict(SPECIFICATION),
            "sponsor_id",
            "child_ids",
        )
        return {row["id"]: row for row in rows}

    def test_root_first(self):
        rows = self._read([("sponsor_id", "=", False)])
        self.assertEqual(set(rows), {self.root.id, self.ana.id})
        self.assertEqual(rows[self.root.id]["child_ids"], [self.ana.id])

    def test_around_one(self):
        rows = self._read([("id", "=", self.ana.id)])
        self.assertEqual(set(rows), set((self.root | self.ana | self.eva).ids))

    def test_reads_are_capped(self):
        module = "odoo.addons.mlm_genealogy.models.mlm_distributor"
        with patch(f"{module}.HIERARCHY_LIMIT", 2):
            self.assertEqual(len(self._read([])), 2)

    def test_positions(self):
        rows = self.Position.hierarchy_read(
            [("tree_id", "=", self.tree.id), ("parent_id", "=", False)],
            {"leg": {}, "child_ids": {}, "parent_id": {"fields": {}}},
            "parent_id",
            "child_ids",
        )
        ids = {row["id"] for row in rows}
        self.assertEqual(ids, {self.head.id, self.ana.position_ids.id})

    def test_views_load(self):
        for model in ("mlm.distributor", "mlm.position"):
            views = self.env[model].get_views(
                [(False, kind) for kind in ("list", "form", "hierarchy", "search")]
            )
            self.assertIn("hierarchy", views["views"])
