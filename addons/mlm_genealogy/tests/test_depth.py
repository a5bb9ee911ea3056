from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import GenealogyCommon

DEPTH = 10_000


@tagged("post_install", "-at_install")
class TestDepth(GenealogyCommon):
    """A chain of 10,000 in both trees, built by the bulk path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.Distributor._enrol(
            [
                {
                    "name": f"Chain {n}",
                    "code": f"C{n:05d}",
                    "sponsor_code": f"C{n - 1:05d}" if n else cls.root.code,
                    "placement": {
                        "parent_code": f"C{n - 1:05d}" if n else cls.root.code,
                        "leg": "left",
                    },
                }
                for n in range(DEPTH)
            ]
        )
        cls.last = cls.chain[-1]
        cls.now = fields.Datetime.now()

    def _direct(self, function, *args):
        """Without a query for each step of the chain; how fast it is `./mlm bench genealogy`
        measures."""
        before = self.env.cr.sql_log_count
        result = function(*args)
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 200)
        return result

    def test_sponsor_tree(self):
        expected = [*reversed(self.chain.ids[:-1]), self.root.id]
        self.assertEqual(self.last._upline_ids(), expected)
        self.assertEqual(self.last.level, DEPTH)
        count = self.Distributor.search_count
        for start in (0, 50, 5000, DEPTH - 1):
            below = self._direct(count, [("id", "child_of", self.chain[start].id)])
            self.assertEqual(below, DEPTH - start)
        self.assertEqual(count([("id", "parent_of", self.last.id)]), DEPTH + 1)

    def test_placement_tree(self):
        position = self.last.position_ids
        above = self._direct(position._ancestor_ids)
        self.assertEqual(len(above), DEPTH)
        self.assertEqual(above[-1], self.head.id)
        self.assertEqual(self._direct(position._ancestor_ids, position.placed_at), above)
        outer = self._direct(self.head._find_free_spot, "left")
        self.assertEqual(outer, (position, 1))
        self.assertEqual(self.head._find_free_spot("auto"), (self.head, 2))
        self.assertEqual(self._direct(self.head._count_below), DEPTH)

    def test_move_of_the_chain(self):
        """All but the first position go to the other leg of the head, and back."""
        second, last = self.chain[1].position_ids, self.last.position_ids
        first = second.parent_id
        self._direct(second._move, self.head, 2, "Test", self.now)
        self.assertEqual(last._ancestor_ids()[-2:], [second.id, self.head.id])
        self.assertEqual(self._direct(second._count_below), DEPTH - 2)
        with self.assertRaisesRegex(UserError, "is below it"):
            self._direct(second._move, last, 1, "Test", self.now)
        self._direct(second._move, first, 1, "Test", self.now)
        self.assertEqual(len(last._ancestor_ids()), DEPTH)
        self.assertEqual(self.env["mlm.law"]._check_all(), [])

    def test_enrol_and_move_at_the_end(self):
        deepest = self.enrol("Deepest", sponsor=self.last, placement={"strategy": "left"})
        self.assertEqual(deepest.level, DEPTH + 1)
        self.assertEqual(deepest.position_ids.parent_id, self.last.position_ids)
        deepest._change_sponsor(self.chain[4000], "Test")
        self.assertEqual(deepest.level, 4002)
        # the whole chain but its first person moves below the root
        self.chain[1]._change_sponsor(self.root, "Test")
        self.assertEqual(self.last.level, DEPTH - 1)
        self.assertEqual(self.chain[0].frontline_count, 0)

    def test_laws(self):
        self.assertEqual(self._direct(self.env["mlm.law"]._check_all), [])

    def test_index_serves_the_head_of_the_path(self):
        self.env.cr.execute(
            SQL(
                "SELECT indexdef FROM pg_indexes WHERE indexname = %s",
                "mlm_distributor__parent_path_index",
            )
        )
        self.assertIn("512", self.env.cr.fetchone()[0])
        query = self.Distributor._search([("id", "child_of", self.chain[20].id)])
        query.order = None
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select(SQL("count(*)"))))
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("mlm_distributor__parent_path_index", plan)
