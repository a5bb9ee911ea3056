from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GenealogyCommon

SINCE = datetime(2026, 1, 1)
LEFT = datetime(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestPositionState(GenealogyCommon):
    """Head; A left, A1 its only one, who has two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a, cls.a1, cls.x, cls.y = (
            cls.enrol(
                code,
                code=code,
                joined_at=SINCE,
                placement={"parent_code": above, "leg": leg},
            ).position_ids
            for code, above, leg in (
                ("A", cls.root.code, "left"),
                ("A1", "A", "right"),
                ("X", "A1", "left"),
                ("Y", "A1", "right"),
            )
        )

    def test_close_and_reopen(self):
        event = self.a1._close("Left", LEFT)
        self.assertEqual((self.a1.state, event.kind), ("closed", "position_closed"))
        self.assertEqual(self.x._ancestor_ids(), [self.a1.id, self.a.id, self.head.id])
        with self.assertRaisesRegex(UserError, "is closed, not open"):
            self.a1._close("Left", LEFT)
        event = self.a1._reopen("Back")
        self.assertEqual((self.a1.state, event.kind), ("open", "position_reopened"))
        self.assert_laws()

    def test_only_one_below_takes_the_spot(self):
        event = self.a._remove("Left", LEFT)
        self.assertEqual((self.a.state, self.a.parent_id.id), ("removed", False))
        self.assertEqual((self.a1.parent_id, self.a1.leg), (self.head, "left"))
        self.assertEqual(self.x._ancestor_ids(), [self.a1.id, self.head.id])
        before = LEFT - timedelta(seconds=1)
        self.assertEqual(self.x._ancestor_ids(before), [self.a1.id, self.a.id, self.head.id])
        moved = self.Event.search([("cause_id", "=", event.id)])
        self.assertEqual((moved.kind, moved.position_id), ("moved", self.a1))
        self.assertFalse(self.a.distributor_id.position_ids)
        self.assertTrue(self.a.distributor_id.holding_since)
        with self.assertRaisesRegex(UserError, "no longer in the tree"):
            self.Position._place(self.enrol("N"), self.a, "left")
        with self.assertRaisesRegex(UserError, "no longer in the tree"):
            self.x._move(self.a, 1, "Test", fields.Datetime.now())
        with self.assertRaisesRegex(UserError, "no longer in the tree"):
            self.a._remove("Again", LEFT)
        self.assert_laws()

    def test_two_below_stay(self):
        with self.assertRaisesRegex(UserError, "more than one.*X.*Y"):
            self.a1._remove("Left", LEFT)
        self.y._move(self.head, 2, "Test", LEFT)
        with self.assertRaisesRegex(UserError, "was below.*until"):
            self.a1._remove("Left", LEFT - timedelta(days=1))
        self.a1._remove("Left", LEFT)
        self.assertEqual((self.x.parent_id, self.x.leg), (self.a, "right"))
        self.assert_laws()

    def test_head(self):
        with self.assertRaisesRegex(UserError, "cannot be changed earlier"):
            self.a._remove("Left", SINCE - timedelta(days=1))
        self.head._remove("Left", LEFT)
        self.assertEqual(self.a.slot, 0)
        self.assertFalse(self.a.parent_id)
        self.assert_laws()
        with self.assertRaisesRegex(UserError, "now has another one"):
            self.head._reopen("Back")
        self.head._reopen("Back", parent=self.y, slot=1)
        self.assertEqual(self.head._ancestor_ids()[-1], self.a.id)
        self.assert_laws()

    def test_removed_one_comes_back(self):
        self.y._remove("Left", LEFT)
        with self.assertRaisesRegex(UserError, "cannot come back before"):
            self.y._reopen("Back", LEFT - timedelta(days=1))
        code = self.y.code
        self.y._reopen("Back", LEFT + timedelta(days=1))
        self.assertEqual((self.y.parent_id, self.y.leg, self.y.code), (self.a1, "right", code))
        self.assertIsNone(self.y._spot_at(LEFT))
        self.assertEqual(self.y.placed_at, LEFT + timedelta(days=1))
        self.y._remove("Left again", LEFT + timedelta(days=2))
        self.Position._place(self.enrol("N"), self.a1, "right")
        with self.assertRaisesRegex(UserError, "is taken by"):
            self.y._reopen("Back")
        self.assert_laws()

    def test_termination(self):
        """Whoever leaves: the spot is closed, or the only one below takes it."""
        self.a1.distributor_id._terminate("Left", LEFT)
        self.assertEqual(self.a1.state, "closed")
        self.a.distributor_id._terminate("Left", LEFT, placement="rollup")
        self.assertEqual((self.a.state, self.a1.parent_id), ("removed", self.head))
        self.a1.distributor_id._readmit(self.root, "Back", LEFT + timedelta(days=1))
        self.assertEqual(self.a1.state, "open")
        self.assert_laws()

    def test_code_of_the_next_position(self):
        self.y._remove("Left", LEFT)
        again = self.Position._place(self.y.distributor_id, self.x, "left")
        self.assertEqual(again.code, "Y-2")

    def test_later_is_planned(self):
        moment = fields.Datetime.now() + timedelta(days=1)
        for method in ("_close", "_remove"):
            operation = getattr(self.y, method)("Leaves", moment)
            self.assertEqual(operation._name, "mlm.operation")
        self.assertEqual(self.y.state, "open")
