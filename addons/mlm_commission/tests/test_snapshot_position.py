# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from .common import CommissionCommon


class TestSnapshotPosition(CommissionCommon):
    """The placement tree that a cycle is computed on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.low = cls._enrol("LOW", "JUAN", "left").position_ids
        cls.end = cls.cycle[924]._end_moment()

    def _spots(self, number):
        """Return ``{code: (code above, leg)}`` of the snapshot of a cycle."""
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[number], self.version)
        codes = self.env["mlm.position"].browse(snapshot.position_id.tolist()).mapped("code")
        return {
            code: (codes[parent] if parent >= 0 else None, leg)
            for code, parent, leg in zip(
                codes,
                snapshot.position_parent.tolist(),
                snapshot.position_leg.tolist(),
                strict=True,
            )
        }

    def test_move_at_the_close_counts_from_the_next(self):
        self.low._move(self.yenny.position_ids, 2, "Asked to", self.end)
        self.assertEqual(self._spots(924)["LOW"], ("JUAN", 0))
        self.assertEqual(self._spots(925)["LOW"], ("YENNY", 1))

    def test_roll_up_at_the_close(self):
        self.juan.position_ids._remove("Left", self.end)
        self.assertEqual(self._spots(924)["LOW"], ("JUAN", 0))
        spots = self._spots(925)
        self.assertNotIn("JUAN", spots)
        self.assertEqual(spots["LOW"], ("MARIA", 0))

    def test_closed_stays(self):
        self.juan.position_ids._close("Left", self.end - timedelta(days=1))
        self.assertEqual(self._spots(924), self._spots(925))
        self.assertEqual(self._spots(925)["LOW"], ("JUAN", 0))

    def test_only_binary_trees(self):
        free = self.env["mlm.tree"].create({"name": "F", "code": "F", "kind": "free"})
        before = self._spots(924)
        head = self.env["mlm.position"]._place(self.maria, tree=free, at=self.low.placed_at)
        self.env["mlm.position"]._place(self.juan, head, tree=free, at=self.low.placed_at)
        self.assertEqual(self._spots(924), before)
