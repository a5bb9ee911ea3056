from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestMatrix(GenealogyCommon):
    """Forced matrix and free trees, and where the strategies lead."""

    @classmethod
    def _tree(cls, **values):
        tree = cls.env["mlm.tree"].create(
            {"name": "Other", "code": f"T{len(cls.env['mlm.tree'].search([]))}", **values}
        )
        return tree, cls.Position._place(cls.root, tree=tree)

    @classmethod
    def _fill(cls, tree, count, strategy="auto", sponsor=None):
        sponsor = sponsor or cls.root
        return cls.Distributor._enrol(
            [
                {
                    "name": f"M{n}",
                    "sponsor_id": sponsor.id,
                    "placement": {"strategy": strategy, "tree_id": tree.id},
                }
                for n in range(count)
            ]
        ).position_ids.sorted("id")

    @classmethod
    def _fill_levels(cls, tree, head, depth):
        """Fill whole levels below ``head`` with one person's positions, in one batch."""
        tree.max_positions = 10_000
        ever = 1
        level, placements = [head.code], []
        for __ in range(depth):
            below = []
            for above in level:
                for slot in range(1, tree.width + 1):
                    ever += 1
                    below.append(f"{head.code}-{ever}")
                    placements.append(
                        {
                            "distributor": cls.root,
                            "parent_code": above,
                            "slot": slot,
                            "tree_id": tree.id,
                        }
                    )
            level = below
        return cls.Position._place_many(placements)

    def assert_spots(self, positions, *expected):
        """Assert (number of the position above, slot): -1 is the head."""
        numbers = {position.id: number for number, position in enumerate(positions)}
        found = [(numbers.get(position.parent_id.id, -1), position.slot) for position in positions]
        self.assertEqual(found, list(expected))

    def test_breadth_first(self):
        tree, __ = self._tree(kind="matrix", width=2, depth=2)
        spots = self._fill(tree, 8)
        self.assert_spots(spots, (-1, 1), (-1, 2), (0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2))
        self.assertFalse(any(spots.mapped("leg")))
        self.assertEqual(spots[7].link_ids.slot, 2)
        self.assert_laws()

    def test_spill_over_stays_below_the_sponsor(self):
        tree, __ = self._tree(kind="matrix", width=3, depth=2)
        first = self._fill(tree, 4)
        own = self._fill(tree, 4, sponsor=first[1].distributor_id)
        self.assertEqual(own.mapped("slot"), [1, 2, 3, 1])
        self.assertEqual(own[:3].parent_id, first[1])
        self.assertEqual(own[3].parent_id, own[0])

    def test_capacity(self):
        for width, depth, capacity in ((3, 7, 3_279), (2, 12, 8_190)):
            with self.subTest(width=width), self.env.cr.savepoint() as savepoint:
                tree, head = self._tree(kind="matrix", width=width, depth=depth, full_matrix="wait")
                spots = self._fill_levels(tree, head, depth)
                self.assertEqual(len(spots), capacity)
                self.assertEqual(head._count_below(), capacity)
                self.assertIsNone(head._find_free_spot("auto"))
                late = self.enrol("Late", placement={"strategy": "auto", "tree_id": tree.id})
                self.assertFalse(late.position_ids)
                self.assertTrue(late.holding_since)
                # without the last one there is exactly one spot
                last = spots[-1]
                parent, slot = last.parent_id, last.slot
                last._remove("Test", effective=last.placed_at)
                self.assertEqual(head._find_free_spot("auto"), (parent, slot))
                tree.full_matrix = "below"
                last._reopen("Test", effective=last.link_ids[:1].valid_to)
                self.assertEqual(head._find_free_spot("auto"), (spots[-(width**depth)], 1))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_left_right_and_depth(self):
        tree, head = self._tree(kind="matrix", width=3, depth=2, full_matrix="wait")
        left = self._fill(tree, 2, "left")
        right = self._fill(tree, 2, "right")
        self.assert_spots(left, (-1, 1), (0, 1))
        self.assert_spots(right, (-1, 3), (0, 3))
        self.assertIsNone(head._find_free_spot("left"))
        self.assertEqual(left[0]._find_free_spot("left"), (left[1], 1))

    def test_balanced(self):
        for kind in ("binary", "matrix"):
            tree, head = self._tree(kind=kind, width=2, depth=3)
            spots = self._fill(tree, 5, "balanced")
            self.assert_spots(
                spots,
                (-1, 1),
                (-1, 2),
                (0, 1),
                (1, 1 if kind == "matrix" else 2),
                (2, 1) if kind == "binary" else (0, 2),
            )
            self.assertEqual(head._leg_counts(), {1: 3, 2: 2})
            # whom somebody else places in a leg counts
            self._fill(tree, 2, sponsor=spots[1].distributor_id)
            self.assertEqual(head._leg_counts(), {1: 3, 2: 4})
            self.assertEqual(head._leg_counts(2), {1: 2, 2: 2})
            position, __ = head._find_free_spot("balanced")
            self.assertIn(spots[0].id, [position.id, *position._ancestor_ids()])
        self.assert_laws()

    def test_weaker_goes_by_weight(self):
        tree, head = self._tree(kind="binary")
        spots = self._fill(tree, 2, "weaker")
        self.assert_spots(spots, (-1, 1), (-1, 2))
        self._fill(tree, 2, "left")
        self.assertEqual(head._find_free_spot("weaker"), (spots[1], 2))

    def test_breadth_in_a_binary_tree(self):
        tree, head = self._tree(kind="binary")
        spots = self._fill(tree, 4, "breadth")
        self.assert_spots(spots, (-1, 1), (-1, 2), (0, 1), (0, 2))
        self.assertEqual(spots.mapped("leg"), ["left", "right", "left", "right"])
        self.assertEqual(head._find_free_spot("breadth"), (spots[1], 1))

    def test_through_closed_spots(self):
        tree, head = self._tree(kind="binary")
        spots = self._fill(tree, 2, "breadth")
        spots[0]._close("Test")
        self.assertEqual(head._find_free_spot("breadth"), (spots[0], 1))
        self.assertEqual(head._find_free_spot("left"), (spots[0], 1))
        spots[1]._remove("Test", effective=spots[1].placed_at)
        self.assertEqual(head._find_free_spot("right"), (head, 2))
        self.assert_laws()

    def test_free(self):
        tree, head = self._tree(kind="free")
        spots = self._fill(tree, 3)
        self.assert_spots(spots, (-1, 1), (-1, 2), (-1, 3))
        named = self.Position._place(self.enrol("N"), head, slot=9, tree=tree)
        self.assertEqual(named.slot, 9)
        self.assertEqual(self.Position._place(self.enrol("O"), head, tree=tree).slot, 10)
        with self.assertRaisesRegex(UserError, "finds no spot"):
            self._fill(tree, 1, "left")
        with self.assertRaises(ValidationError):
            tree.default_strategy = "weaker"
        self.assert_laws()

    def test_slots_of_a_matrix(self):
        tree, head = self._tree(kind="matrix", width=3, depth=2)
        for slot in (0, 4, -1):
            with self.assertRaisesRegex(UserError, "from 1 to 3"):
                self.Position._place(self.enrol("N"), head, slot=slot, tree=tree)
        with self.assertRaisesRegex(UserError, "can no longer change"):
            tree.width = 5

    def test_preferences(self):
        tree = self.tree
        self.assertEqual(self.root._get_strategy(tree), "auto")
        tree.default_strategy = "right"
        first = self.enrol("A", placement={"strategy": "default"})
        self.assertEqual(first.position_ids.leg, "right")
        first.placement_preference = "left"
        second = self.enrol("B", sponsor=first, placement={"strategy": "default"})
        self.assertEqual(second.position_ids.parent_id, first.position_ids)
        self.assertEqual(second.position_ids.leg, "left")
        free, __ = self._tree(kind="free")
        self.assertEqual(first._get_strategy(free), "auto")
        first.placement_preference = "holding"
        waiting = self.enrol("C", sponsor=first, placement={"strategy": "default"})
        self.assertFalse(waiting.position_ids)

    def test_wide_parent(self):
        tree, head = self._tree(kind="free")
        count = 2_000
        people = self.Distributor._enrol(
            [
                {
                    "name": f"W{n}",
                    "sponsor_id": self.root.id,
                    "placement": {"parent_id": head.id, "tree_id": tree.id},
                }
                for n in range(count)
            ]
        )
        self.assertEqual(people.position_ids.mapped("slot"), list(range(1, count + 1)))
        self.assertEqual(head._find_free_spot("auto"), (head, count + 1))
