from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.tree_read import mlm_tree_read, mlm_tree_read_branch, mlm_tree_total
from ..scope import Scope
from .common import GenealogyCommon


class TreeReadCommon(GenealogyCommon):
    """Root → Ana (left) → Eva (right), Root → Beto (right), and Ana's customer Cleo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana Álvarez", code="A1", placement={"strategy": "left"})
        cls.beto = cls.enrol("Beto", code="B1", placement={"strategy": "right"})
        cls.eva = cls.enrol("Eva", code="E1", sponsor=cls.ana, placement={"strategy": "right"})
        cls.cleo = cls.enrol("Cleo", code="K1", sponsor=cls.ana, kind="customer")
        cls.reader = cls.env["mlm.tree.read"]

    def page(self, *args, **kwargs):
        return self.reader.get_page(*args, **kwargs)

    def ids(self, *people):
        return [one.id for one in people]


@tagged("post_install", "-at_install")
class TestTreeRead(TreeReadCommon):
    def test_top_and_its_children(self):
        page = self.page()
        self.assertEqual(page["tops"], self.root.ids)
        self.assertEqual(page["upline"], [])
        self.assertEqual(
            page["children"],
            {
                self.root.id: {
                    "ids": self.ids(self.ana, self.beto),
                    "slots": [None, None],
                    "total": 2,
                    "next": False,
                }
            },
        )
        self.assertEqual(set(page["cards"]), set((self.root + self.ana + self.beto).ids))
        card = page["cards"][self.ana.id]
        self.assertEqual((card["code"], card["name"]), ("A1", "Ana Álvarez"))
        self.assertEqual((card["children"], card["frontline"]), (2, 2))
        self.assertEqual((card["branch"]["count"], card["branch"]["more"]), (2, False))
        self.assertEqual(page["cards"][self.root.id]["branch"]["count"], 4)

    def test_the_form_opens_the_trees_at_the_person(self):
        action = self.ana.action_view_tree()
        self.assertEqual(
            (action["type"], action["tag"]), ("ir.actions.client", "mlm_genealogy.tree")
        )
        self.assertEqual(action["params"]["person_id"], self.ana.id)

    def test_levels_and_the_upline(self):
        page = self.page(node_id=self.ana.id)
        self.assertEqual(
            page["upline"], [{"id": self.root.id, "name": "Root", "code": self.root.code}]
        )
        self.assertEqual(page["children"][self.ana.id]["ids"], self.ids(self.eva, self.cleo))
        deep = self.page(options={"levels": 3})
        self.assertEqual(
            set(deep["cards"]), set((self.root + self.ana + self.beto + self.eva + self.cleo).ids)
        )
        with patch.object(mlm_tree_read, "CARD_LIMIT", 4):
            self.assertEqual(set(self.page(options={"levels": 3})["children"]), {self.root.id})

    def test_pages(self):
        people = self.Distributor._enrol(
            [
                {"name": f"P{number:02d}", "code": f"P{number:02d}", "sponsor_id": self.beto.id}
                for number in range(25)
            ]
        )
        first = self.page(node_id=self.beto.id, limit=10)
        self.assertEqual(first["children"][self.beto.id]["ids"], people[:10].ids)
        self.assertEqual(first["children"][self.beto.id]["total"], 25)
        self.assertEqual(first["children"][self.beto.id]["next"], 10)
        last = self.page(node_id=self.beto.id, offset=20, limit=10)
        self.assertEqual(last["children"][self.beto.id]["ids"], people[20:].ids)
        self.assertFalse(last["children"][self.beto.id]["next"])
        self.assertEqual(set(last["cards"]), set(people[20:].ids))
        everything = self.page(node_id=self.beto.id, limit=10**6)["children"][self.beto.id]
        self.assertEqual(len(everything["ids"]), 25)
        with patch.object(mlm_tree_read, "PAGE_LIMIT", 7):
            capped = self.page(node_id=self.beto.id, limit=10**6)["children"][self.beto.id]
        self.assertEqual(len(capped["ids"]), 7)

    def test_path_reaches_a_person_beyond_the_first_page(self):
        people = self.Distributor._enrol(
            [
                {"name": f"P{number:02d}", "code": f"P{number:02d}", "sponsor_id": self.beto.id}
                for number in range(30)
            ]
        )
        last = people[-1]
        below = self.enrol("Deep", sponsor=last)
        found = self.reader.get_path(below.id)
        self.assertEqual(found["focus"], below.id)
        self.assertEqual(found["tops"], self.root.ids)
        self.assertIn(last.id, found["children"][self.beto.id]["ids"])
        self.assertEqual(found["children"][last.id]["ids"], below.ids)
        self.assertNotIn(people[0].id, found["children"])

    def test_path_of_a_long_chain_starts_a_few_levels_above(self):
        sponsor = self.eva
        for number in range(12):
            sponsor = self.enrol(f"Chain {number}", sponsor=sponsor)
        found = self.reader.get_path(sponsor.id)
        self.assertEqual(len(found["children"]), mlm_tree_read.PATH_LEVELS)
        self.assertEqual(found["tops"], [sponsor._upline_ids()[mlm_tree_read.PATH_LEVELS - 1]])
        names = [crumb.get("name") for crumb in found["upline"]]
        self.assertEqual(names[:2], ["Root", "Ana Álvarez"])
        self.assertEqual(len(self.page(node_id=sponsor.id)["upline"]), 9)
        self.assertEqual(self.page(node_id=sponsor.id)["upline"][2], {"hidden": 6})

    def test_the_placement_tree_has_slots(self):
        page = self.page(tree_id=self.tree.id, options={"levels": 3})
        ana, beto, eva = (one.position_ids.id for one in (self.ana, self.beto, self.eva))
        self.assertEqual(page["tops"], self.head.ids)
        self.assertEqual(page["tree"]["kind"], "binary")
        self.assertEqual(page["children"][self.head.id]["ids"], [ana, beto])
        self.assertEqual(page["children"][self.head.id]["slots"], [1, 2])
        self.assertEqual(page["children"][ana]["slots"], [2])
        self.assertEqual(page["cards"][eva]["person"], self.eva.id)
        self.assertEqual(page["cards"][ana]["branch"]["count"], 1)
        self.assertEqual(page["cards"][ana]["frontline"], 2)
        person = self.page(tree_id=self.tree.id, options={"person": self.ana.id})
        self.assertEqual(person["tops"], [ana])
        with self.assertRaisesRegex(UserError, "no position"):
            self.page(tree_id=self.tree.id, options={"person": self.cleo.id})

    def test_who_has_left_is_no_node_but_a_closed_spot(self):
        self.ana._terminate("Resignation")
        spot = self.ana.position_ids.id
        page = self.page()
        self.assertNotIn(self.ana.id, page["cards"])
        card = self.page(tree_id=self.tree.id)["cards"][spot]
        self.assertTrue(card["closed"])
        self.assertEqual((card["name"], card["code"], card["person"]), (False, False, False))
        with self.assertRaisesRegex(UserError, "left the network"):
            self.page(node_id=self.ana.id)
        self.assertEqual(self.reader.get_matches("Álvarez"), [])

    def test_search(self):
        def names(text):
            return [one["name"] for one in self.reader.get_matches(text)]

        self.assertEqual(names("a1"), ["Ana Álvarez"])
        self.assertEqual(names("E")[0], "Eva")
        for text in ("álva", "ALVAREZ", "alvarez", "ÁLVAREZ"):
            self.assertEqual(names(text), ["Ana Álvarez"], text)
        self.assertEqual(names("  "), [])
        self.assertEqual(names("%"), [])
        self.assertEqual(names("_"), [])
        self.assertEqual(len(self.reader.get_matches("e", limit=1)), 1)
        self.assertEqual(self.reader.get_matches("E1")[0]["sponsor"], "Ana Álvarez")

    def test_rights(self):
        nobody = new_test_user(
            self.env,
            "tree_nobody",
            groups="base.group_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        foreign = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "tree_stranger",
            groups="base.group_user,mlm_base.group_support",
            company_id=foreign.id,
            company_ids=[(6, 0, foreign.ids)],
        )
        reader = new_test_user(
            self.env,
            "tree_reader",
            groups="base.group_user,mlm_base.group_reader",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

        def as_user(user, company):
            env = self.env(user=user, context={"allowed_company_ids": company.ids})
            return env["mlm.tree.read"]

        for call in (
            lambda model: model.get_page(),
            lambda model: model.get_path(self.ana.id),
            lambda model: model.get_matches("A1"),
            lambda model: model.get_trees(),
        ):
            with self.assertRaises(AccessError):
                call(as_user(nobody, self.company))
        far = as_user(stranger, foreign)
        self.assertEqual(far.get_page()["tops"], [])
        self.assertEqual(far.get_matches("A1"), [])
        self.assertEqual([tree["kind"] for tree in far.get_trees()], ["sponsor"])
        for error, call in (
            (UserError, lambda: far.get_page(node_id=self.ana.id)),
            (UserError, lambda: far.get_path(self.ana.id)),
            (AccessError, lambda: far.get_page(tree_id=self.tree.id)),
        ):
            with self.assertRaises(error):
                call()
        near = as_user(reader, self.company)
        self.assertEqual(near.get_page()["tops"], self.root.ids)
        self.assertFalse(near.get_page()["legend"]["can_place"])
        self.assertTrue(self.page()["legend"]["can_place"])

    def test_rules_of_an_installation_hide_cards(self):
        self.env["ir.rule"].create(
            {
                "name": "No B",
                "model_id": self.env["ir.model"]._get_id("mlm.distributor"),
                "domain_force": "[('code', '!=', 'B1')]",
            }
        )
        user = new_test_user(
            self.env,
            "tree_ruled",
            groups="base.group_user,mlm_base.group_reader",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        env = self.env(user=user, context={"allowed_company_ids": self.company.ids})
        self.assertEqual(
            set(env["mlm.tree.read"].get_page()["cards"]), set((self.root + self.ana).ids)
        )
        self.assertEqual(env["mlm.tree.read"].get_matches("B1"), [])


@tagged("post_install", "-at_install")
class TestTreeReadAsOf(TreeReadCommon):
    def setUp(self):
        super().setUp()
        self.old = fields.Datetime.now() - timedelta(days=100)
        self.later = fields.Datetime.now() - timedelta(days=50)
        common = {"joined_at": self.old, "placement": {"strategy": "left", "at": self.old}}
        self.before = fields.Date.to_string((self.old + timedelta(days=10)).date())
        self.after = fields.Date.to_string((self.later + timedelta(days=10)).date())
        self.root2 = self.Distributor._enrol(
            [{"name": "Old", "is_root": True, "joined_at": self.old}]
        )
        del common["placement"]
        self.one = self.enrol("One", sponsor=self.root2, **common)
        self.two = self.enrol("Two", sponsor=self.root2, **common)
        self.child = self.enrol("Child", sponsor=self.one, **common)
        self.leaf = self.enrol("Leaf", sponsor=self.child, **common)

    def test_the_network_as_it_was(self):
        self.child._change_sponsor(self.two, "Wrong line", self.later)
        before = self.page(node_id=self.one.id, at=self.before)
        self.assertEqual(before["at"], self.before)
        self.assertEqual(before["children"][self.one.id]["ids"], self.child.ids)
        self.assertEqual(before["cards"][self.one.id]["branch"]["count"], 2)
        self.assertEqual([crumb["id"] for crumb in before["upline"]], self.root2.ids)
        after = self.page(node_id=self.two.id, at=self.after)
        self.assertEqual(after["children"][self.two.id]["ids"], self.child.ids)
        self.assertEqual(
            self.page(node_id=self.one.id, at=self.after)["children"][self.one.id]["ids"], []
        )
        path = self.reader.get_path(self.leaf.id, at=self.before)
        self.assertEqual(path["children"][self.one.id]["ids"], self.child.ids)

    def test_people_who_came_later_were_not_there(self):
        tops = self.page(at=self.before)["tops"]
        self.assertIn(self.root2.id, tops)
        with self.assertRaisesRegex(UserError, "on that date"):
            self.page(node_id=self.ana.id, at=self.before)
        self.assertFalse(self.page(at=self.before)["legend"]["can_place"])

    def test_who_has_left_since_was_there(self):
        self.leaf._terminate("Resignation", effective=self.later)
        self.assertIn(self.leaf.id, self.page(node_id=self.child.id, at=self.before)["cards"])
        self.assertNotIn(self.leaf.id, self.page(node_id=self.child.id, at=self.after)["cards"])
        self.assertEqual(
            self.page(node_id=self.one.id, at=self.before)["cards"][self.one.id]["branch"]["count"],
            2,
        )
        self.assertEqual(
            self.page(node_id=self.one.id, at=self.after)["cards"][self.one.id]["branch"]["count"],
            1,
        )

    def test_states_of_then(self):
        self.child._suspend("Complaint", effective=self.later)
        states = [
            self.page(node_id=self.child.id, at=at)["cards"][self.child.id]["state"]
            for at in (self.before, self.after, None)
        ]
        self.assertEqual(states, ["active", "suspended", "suspended"])

    def test_today_is_the_present(self):
        today = self.network._local_date(fields.Datetime.now())
        self.assertFalse(self.page(at=fields.Date.to_string(today))["at"])

    def test_placement(self):
        head = self.Distributor._enrol([{"name": "Head", "is_root": True, "joined_at": self.old}])
        tree = self.env["mlm.tree"].create(
            {"name": "Second", "code": "second", "network_id": self.network.id}
        )
        self.Position._place(head, at=self.old, tree=tree)
        self.Position._place(self.one, head.position_ids, "right", at=self.later, tree=tree)
        before = self.page(tree_id=tree.id, at=self.before)
        self.assertEqual(before["cards"][head.position_ids.id]["children"], 0)
        after = self.page(tree_id=tree.id, at=self.after)
        self.assertEqual(after["children"][head.position_ids.id]["slots"], [2])


@tagged("post_install", "-at_install")
class TestTreeTotal(TreeReadCommon):
    def _scope(self, tree=False):
        return Scope(self.network, tree or self.env["mlm.tree"])

    def test_a_large_branch_is_a_lower_bound_until_it_is_counted(self):
        with patch.object(mlm_tree_read_branch, "BRANCH_LIMIT", 2):
            branch = self.page()["cards"][self.root.id]["branch"]
            self.assertTrue(branch["more"])
            with patch.object(mlm_tree_total, "KEPT_FROM", 1):
                self.env["mlm.tree.total"]._refresh(self.network, self.env["mlm.tree"])
            branch = self.page()["cards"][self.root.id]["branch"]
        self.assertEqual((branch["count"], branch["more"]), (4, False))
        self.assertTrue(branch["as_of"])

    def test_kept_totals_equal_the_walk(self):
        for index in range(40):
            sponsor = self.Distributor.search(
                [("company_id", "=", self.company.id), ("kind", "!=", "customer")], order="id"
            )
            sponsor = sponsor[index * 7 % len(sponsor)]
            self.enrol(
                f"Person {index}",
                sponsor=sponsor,
                kind="customer" if index % 5 == 0 else "distributor",
            )
        self.beto._terminate("Resignation")
        total = self.env["mlm.tree.total"]
        for tree in (self.env["mlm.tree"], self.tree):
            scope = self._scope(tree)
            nodes = (
                self.Position.search([("tree_id", "=", tree.id)])
                if tree
                else self.Distributor.search([("company_id", "=", self.company.id)])
            ).ids
            walked = self.reader._count_branches(scope, nodes)
            with patch.object(mlm_tree_total, "KEPT_FROM", 0):
                self.assertEqual(total._refresh(self.network, tree), len(nodes))
            kept = total._get(scope, nodes)
            self.assertEqual(
                {node: kept[node]["count"] for node in nodes},
                {node: walked[node]["count"] for node in nodes},
            )
            # again, and nothing twice
            total._refresh(self.network, tree)
            self.assertFalse(
                total.search([("network_id", "=", self.network.id), ("tree_id", "=", tree.id)])
            )

    def test_the_cron_counts_every_tree(self):
        with patch.object(mlm_tree_total, "KEPT_FROM", 0), self.enter_registry_test_mode():
            self.env.ref("mlm_genealogy.cron_tree_total").method_direct_trigger()
        found = self.env["mlm.tree.total"].search([("network_id", "=", self.network.id)])
        self.assertEqual(found.tree_id, self.tree)
        self.assertIn(self.root.id, found.filtered(lambda one: not one.tree_id).mapped("node_id"))


@tagged("post_install", "-at_install")
class TestTreeQueries(TreeReadCommon):
    def test_a_page_of_many_takes_as_many_queries_as_one_of_few(self):
        self.Distributor._enrol(
            [{"name": f"P{number}", "sponsor_id": self.beto.id} for number in range(50)]
        )
        self.env.flush_all()
        counts = []
        for node, limit in ((self.ana.id, 2), (self.beto.id, 50)):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.page(node_id=node, limit=limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
