from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestPlacement(GenealogyCommon):
    def _enrol_auto(self, name, sponsor=None, strategy="auto"):
        person = self.enrol(name, sponsor, placement={"strategy": strategy})
        return person.position_ids

    def assert_spot(self, position, parent, leg):
        self.assertEqual((position.parent_id, position.leg), (parent, leg))

    def test_outer_spots(self):
        left = self._enrol_auto("L", strategy="left")
        second = self._enrol_auto("LL", strategy="left")
        right = self._enrol_auto("R", strategy="right")
        inner = self._enrol_auto("I", left.distributor_id, strategy="right")
        self.assert_spot(left, self.head, "left")
        self.assert_spot(second, left, "left")
        self.assert_spot(right, self.head, "right")
        self.assert_spot(inner, left, "right")
        self.assertEqual(inner._ancestor_ids(), [left.id, self.head.id])
        self.assertEqual(self.head._find_free_spot("left"), (second, 1))
        self.assertEqual(self.head._find_free_spot("right"), (right, 2))
        self.assert_laws()

    def test_automatic_takes_the_shorter_side(self):
        spots = [self._enrol_auto(name) for name in "ABCD"]
        self.assert_spot(spots[0], self.head, "left")
        self.assert_spot(spots[1], self.head, "right")
        self.assert_spot(spots[2], spots[0], "left")
        self.assert_spot(spots[3], spots[1], "right")

    def test_named_spot(self):
        moment = datetime(2026, 5, 1, 12)
        ana = self.enrol("Ana", placement={"parent_id": self.head.id, "leg": "right", "at": moment})
        position = ana.position_ids
        self.assert_spot(position, self.head, "right")
        self.assertEqual(position.placed_at, moment)
        self.assertEqual(position.code, ana.code)
        link = position.link_ids
        self.assertEqual(link.parent_distributor_id, self.root)
        self.assertEqual((link.leg, link.valid_from), ("right", moment))
        event = ana.event_ids.filtered(lambda event: event.kind == "placed")
        self.assertEqual(event.after["parent"], self.head.code)
        self.assertEqual(event.effective_at, moment)
        self.assert_laws()

    def test_taken_spot(self):
        self.enrol("A", placement={"parent_id": self.head.id, "leg": "left"})
        with self.assertRaisesRegex(UserError, "is taken"):
            self.enrol("B", placement={"parent_id": self.head.id, "leg": "left"})
        with self.assertRaisesRegex(UserError, "is taken"):
            self.Distributor._enrol(
                [
                    {
                        "name": name,
                        "sponsor_id": self.root.id,
                        "placement": {"parent_id": self.head.id, "leg": "right"},
                    }
                    for name in "CD"
                ]
            )

    def test_one_head(self):
        with self.assertRaisesRegex(UserError, "already has a head"):
            self.enrol("A", placement={})

    def test_leg_is_needed(self):
        with self.assertRaisesRegex(UserError, "left or the right"):
            self.enrol("A", placement={"parent_id": self.head.id})
        with self.assertRaisesRegex(UserError, "no placement “middle”"):
            self.enrol("A", placement={"strategy": "middle"})

    def test_customer_holds_no_position(self):
        with self.assertRaisesRegex(UserError, "cannot hold a position"):
            self.enrol("C", kind="customer", placement={"strategy": "left"})
        preferred = self.enrol("P", kind="preferred", placement={"strategy": "left"})
        self.assertTrue(preferred.position_ids)

    def test_holding_tank_then_place(self):
        ana = self.enrol("Ana")
        below = self.enrol("Below", sponsor=ana)
        with self.assertRaisesRegex(UserError, "no position in the tree"):
            below._find_spot(self.tree, "left")
        self.assertEqual(
            self.Distributor.search(
                [("position_ids", "=", False), ("company_id", "=", self.company.id)]
            ),
            ana | below,
        )
        position = self.Position._place(ana, self.head, "left")
        self.assert_spot(position, self.head, "left")
        self.assertEqual(below._find_spot(self.tree, "right"), (position, 2))
        self.assert_laws()

    def test_several_positions_of_one_person(self):
        first = self._enrol_auto("A")
        with self.assertRaisesRegex(UserError, "the most that one person can hold"):
            self.Position._place(first.distributor_id, first, "left")
        self.tree.max_positions = 3
        second = self.Position._place(first.distributor_id, first, "left")
        third = self.Position._place(first.distributor_id, first, "right")
        code = first.distributor_id.code
        codes = (first | second | third).mapped("code")
        self.assertEqual(codes, [code, f"{code}-2", f"{code}-3"])
        self.assertEqual(first.distributor_id._get_position(self.tree), first)
        self.assert_laws()

    def test_batch_by_codes(self):
        people = self.Distributor._enrol(
            [
                {
                    "name": f"P{n}",
                    "code": f"P{n}",
                    "sponsor_code": f"P{n - 1}" if n else self.root.code,
                    "placement": {
                        "parent_code": f"P{n - 1}" if n else self.head.code,
                        "leg": "left" if n % 2 else "right",
                    },
                }
                for n in range(20)
            ]
        )
        self.assertEqual(len(people[-1].position_ids._ancestor_ids()), 20)
        mixed = self.Distributor._enrol(
            [
                {
                    "name": "Q",
                    "code": "Q",
                    "sponsor_code": "P3",
                    "placement": {"strategy": "auto"},
                },
                {
                    "name": "Q2",
                    "sponsor_code": "Q",
                    "placement": {"strategy": "left"},
                },
            ]
        )
        self.assertEqual(mixed[1].position_ids.parent_id, mixed[0].position_ids)
        self.assert_laws()

    def test_unknown_position_code(self):
        with self.assertRaisesRegex(UserError, "no position ZZ"):
            self.enrol("A", placement={"parent_code": "ZZ", "leg": "left"})

    def test_other_tree(self):
        other = self.env["mlm.tree"].create({"name": "Second", "code": "second"})
        head = self.Position._place(self.root, tree=other)
        self.assertEqual((head.tree_id, head.parent_id.id), (other, False))
        ana = self.enrol("Ana")
        with self.assertRaisesRegex(UserError, "another tree"):
            self.Position._place(ana, self.head, "left", tree=other)
        version = other.version
        self.Position._place(ana, head, "left")
        self.assertEqual(other.version, version + 1)
        self.assertEqual(other.position_count, 2)
        with self.assertRaises(UserError):
            other.kind = "free"
        self.assert_laws()

    def test_without_a_tree(self):
        other = self.env["res.company"].create({"name": "No tree"})
        with self.assertRaisesRegex(UserError, "no placement tree"):
            self.env["mlm.tree"]._get_default(other)
