from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon

SINCE = datetime(2026, 1, 1)


@tagged("post_install", "-at_install")
class TestMove(GenealogyCommon):
    """Head; A left with A1 (A2 below), B right with B1."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spots = {}
        for code, above, leg in (
            ("A", cls.root.code, "left"),
            ("B", cls.root.code, "right"),
            ("A1", "A", "left"),
            ("A2", "A1", "left"),
            ("B1", "B", "right"),
        ):
            cls.enrol(
                code,
                code=code,
                joined_at=SINCE,
                placement={"parent_code": above, "leg": leg},
            )
            cls.spots[code] = cls.Position.search(
                [("tree_id", "=", cls.tree.id), ("code", "=", code)]
            )

    def _move(self, code, parent, slot, at=None, **values):
        return self.spots[code]._move(
            self.spots.get(parent, self.head), slot, "Test", at or fields.Datetime.now(), **values
        )

    def assert_above(self, code, *codes, at=None):
        above = self.spots[code]._ancestor_ids(at)
        self.assertEqual(above, [*(self.spots[name].id for name in codes), self.head.id])

    def test_subtree_moves_along(self):
        moment = datetime(2026, 6, 1)
        version = self.tree.version
        event = self._move("A1", "B", 1, moment)
        self.assert_above("A2", "A1", "B")
        self.assertEqual(self.spots["A1"].leg, "left")
        self.assertEqual(self.tree.version, version + 1)
        self.assert_above("A2", "A1", "A", at=moment - timedelta(seconds=1))
        self.assert_above("A2", "A1", "B", at=moment)
        self.assertEqual(self.spots["A1"]._spot_at(SINCE), (self.spots["A"], 1))
        self.assertIsNone(self.spots["A1"]._spot_at(SINCE - timedelta(seconds=1)))
        self.assertEqual(event.kind, "moved")
        self.assertEqual((event.before["parent"], event.after["parent"]), ("A", "B"))
        self.assertEqual((event.effective_at, event.position_id), (moment, self.spots["A1"]))
        links = self.spots["A1"].link_ids.filtered(lambda link: not link.superseded_at)
        self.assertEqual(len(links), 2)
        self.assertEqual(self.spots["A2"].link_ids.mapped("valid_from"), [SINCE])
        self.assert_laws()

    def test_never_below_itself(self):
        with self.assertRaisesRegex(UserError, "is below it"):
            self._move("A", "A2", 1)
        with self.assertRaisesRegex(UserError, "is below it"):
            self._move("A", "A", 2)
        with self.assertRaisesRegex(UserError, "is below it"):
            self.head._move(self.spots["A2"], 1, "Test", fields.Datetime.now())

    def test_not_below_who_was_below_then(self):
        """A1 leaves A on the first of June: A cannot have been below A1 in May."""
        self._move("A1", "B", 1, datetime(2026, 6, 1))
        with self.assertRaisesRegex(UserError, "at that time"):
            self._move("A", "A2", 1, datetime(2026, 5, 1))
        self._move("A", "A2", 1, datetime(2026, 6, 1))
        self.assert_above("A", "A2", "A1", "B")
        self.assert_laws()

    def test_spot_has_to_be_free(self):
        with self.assertRaisesRegex(UserError, "is taken by B1"):
            self._move("A1", "B", 2)
        with self.assertRaisesRegex(UserError, "already on this spot"):
            self._move("A1", "A", 1)
        self._move("A1", "B", 1, datetime(2026, 6, 1))
        with self.assertRaisesRegex(UserError, "was taken by A1.*until"):
            self._move("B1", "A", 1, datetime(2026, 5, 31))
        self._move("B1", "A", 1, datetime(2026, 6, 1))
        self.assert_laws()

    def test_not_before_the_present_link(self):
        with self.assertRaisesRegex(UserError, "nobody can be below it before that"):
            self._move("A1", "B", 1, SINCE - timedelta(days=1))
        self._move("A1", "B", 1, datetime(2026, 6, 1))
        with self.assertRaisesRegex(UserError, "cannot be changed earlier"):
            self._move("A1", "A", 2, datetime(2026, 5, 1))
        self._move("A1", "A", 2, datetime(2026, 6, 1))
        self.enrol("C", code="C", placement={"parent_code": "B", "leg": "left"})
        late = self.Position.search([("code", "=", "C"), ("tree_id", "=", self.tree.id)])
        with self.assertRaisesRegex(UserError, "nobody can be below it before that"):
            self.spots["A1"]._move(late, 1, "Test", datetime(2026, 6, 1))

    def test_reason_and_shape(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self.spots["A1"]._move(self.spots["B"], 1, " ")
        with self.assertRaisesRegex(UserError, "left or the right"):
            self._move("A1", "B", 3)
        with self.assertRaisesRegex(UserError, "Choose the position"):
            self.spots["A1"]._move(self.Position, 1, "Test")
        other = self.env["mlm.tree"].create({"name": "Second", "code": "second"})
        head = self.Position._place(self.root, tree=other)
        with self.assertRaisesRegex(UserError, "another tree"):
            self.spots["A1"]._move(head, 1, "Test")

    def test_later_is_planned(self):
        moment = fields.Datetime.now() + timedelta(days=3)
        operation = self._move("A1", "B", 1, moment)
        self.assertEqual((operation._name, operation.effective_at), ("mlm.operation", moment))
        self.assert_above("A1", "A")
        as_internal(operation.sudo()).write({"effective_at": fields.Datetime.now()})
        operation._execute()
        self.assertEqual(operation.state, "done", operation.error)
        self.assert_above("A1", "B")
        self.assert_laws()

    def test_next_spot_of_a_free_tree(self):
        tree = self.env["mlm.tree"].create({"name": "Free", "code": "free", "kind": "free"})
        head = self.Position._place(self.root, tree=tree, at=SINCE)
        people = [self.spots[code].distributor_id for code in ("A", "B")]
        one, other = (self.Position._place(who, head, tree=tree, at=SINCE) for who in people)
        other._move(one, 0, "Test", fields.Datetime.now())
        self.assertEqual((other.parent_id, other.slot), (one, 1))

    def test_placement_begins_with_its_spot(self):
        ana = self.enrol("Ana", joined_at=SINCE)
        with self.assertRaisesRegex(UserError, "only available from"):
            self.Position._place(ana, self.spots["B"], "left", SINCE - timedelta(days=1))
        self._move("A1", "B", 1, datetime(2026, 6, 1))
        with self.assertRaisesRegex(UserError, "only available from"):
            self.Position._place(ana, self.spots["A"], "left", datetime(2026, 5, 1))
        # enrolled in the past without a moment: as soon as the spot came free
        eva = self.enrol("Eva", joined_at=SINCE, placement={"parent_code": "A", "leg": "left"})
        self.assertEqual(eva.position_ids.placed_at, datetime(2026, 6, 1))
        self.assert_laws()

    def _form(self, record):
        context = record.action_move()["context"]
        return Form(self.env["mlm.move.wizard"].with_context(**context))

    def test_wizard(self):
        form = self._form(self.spots["A1"])
        self.assertEqual(form.timing, "close")
        self.assertIn("move too: 1.", form.preview)
        form.parent_id = self.spots["B"]
        form.leg = "right"
        self.assertIn("is taken by B1", form.preview)
        form.leg = "left"
        self.assertIn("Then below", form.preview)
        self.assertNotIn("outside", form.preview)
        form.timing = "now"
        form.reason = "Asked for it"
        wizard = form.save()
        with self.assertRaises(AccessError):
            wizard.with_user(self._support()).action_confirm()
        wizard.action_confirm()
        self.assert_above("A2", "A1", "B")

    def _support(self):
        return new_test_user(
            self.env,
            "move_support",
            "base.group_user,mlm_base.group_support",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_wizard_of_the_person_warns(self):
        below = self.enrol("Own", sponsor=self.spots["A"].distributor_id)
        self.Position._place(below, self.spots["A"], "right")
        form = self._form(below)
        form.parent_id = self.spots["B"]
        form.leg = "left"
        self.assertIn("outside the sponsor", form.preview)

    def test_wizard_moves_own_positions_only(self):
        """The right is checked on the person: the position must be that person's."""
        wizard = self.env["mlm.move.wizard"].create(
            {
                "distributor_id": self.spots["B"].distributor_id.id,
                "position_id": self.spots["A2"].id,
                "parent_id": self.spots["B1"].id,
                "leg": "left",
                "timing": "now",
                "reason": "Test",
            }
        )
        with self.assertRaisesRegex(UserError, "not a position of"):
            wizard.action_confirm()
