import random

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestPath(GenealogyCommon):
    def _get_paths(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, parent_path FROM mlm_distributor WHERE company_id = %s",
            [self.company.id],
        )
        return dict(self.env.cr.fetchall())

    def _enrol_random(self, count):
        chance = random.Random(7)
        codes = [self.root.code]
        rows = []
        for n in range(count):
            # half of them in a line, so that paths pass the indexed 512 bytes
            sponsor = codes[-1] if chance.random() < 0.5 else chance.choice(codes)
            rows.append({"name": "N", "code": f"N{n}", "sponsor_code": sponsor})
            codes.append(f"N{n}")
        deep = [{"name": "D", "code": "D0", "sponsor_code": codes[-1]}]
        deep += [{"name": "D", "code": f"D{n}", "sponsor_code": f"D{n - 1}"} for n in range(1, 150)]
        return self.Distributor._enrol(rows + deep)

    def test_range_move_equals_core(self):
        people = self._enrol_random(150)
        chance = random.Random(11)
        moves = 0
        while moves < 25:
            node, sponsor = chance.sample(list(people), 2)
            if node.id in [sponsor.id, *sponsor._upline_ids()]:
                continue
            if node.sponsor_id == sponsor:
                continue
            moves += 1
            with self.env.cr.savepoint() as savepoint:
                node._bump_sponsor_version()
                node.invalidate_recordset()
                # the statement of core, on the same data
                node.env.cr.execute(
                    "UPDATE mlm_distributor SET sponsor_id = %s WHERE id = %s",
                    [sponsor.id, node.id],
                )
                self.env.invalidate_all()
                BaseModel._parent_store_update(node)
                expected = self._get_paths()
                savepoint.rollback()
            self.env.invalidate_all()
            as_internal(node).write({"sponsor_id": sponsor.id})
            self.assertEqual(self._get_paths(), expected)
            for person in people:
                self.assertEqual(person.parent_path, expected[person.id])

    def test_batch_move(self):
        top = self.enrol("Top")
        children = self.Distributor._enrol(
            [{"name": "Child", "sponsor_id": top.id} for __ in range(5)]
        )
        grandchild = self.enrol("Grandchild", sponsor=children[0])
        target = self.enrol("Target")
        as_internal(children).write({"sponsor_id": target.id})
        self.env.flush_all()
        self.assert_path(grandchild, children[0], target, self.root)
        self.assertFalse(top.child_ids)
        self.assertEqual(target.frontline_count, 5)

    def test_no_cycle(self):
        top = self.enrol("Top")
        below = self.enrol("Below", sponsor=top)
        deeper = self.enrol("Deeper", sponsor=below)
        for sponsor in (top, below, deeper):
            with self.assertRaisesRegex(UserError, "own downline"):
                top._change_sponsor(sponsor, "Test")
        with self.assertRaisesRegex(UserError, "own downline"):
            as_internal(top).write({"sponsor_id": deeper.id})
            self.env.flush_all()

    def test_prefix_is_no_relative(self):
        """4/6/ is not above 4/60/."""
        ids = []
        for __ in range(12):
            ids.append(self.enrol("N").id)
        for id_ in ids:
            found = self.Distributor.search([("id", "child_of", id_)])
            self.assertEqual(found.ids, [id_])
