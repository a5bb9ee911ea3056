# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import json

from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import PortalHttpCase

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg=="
    )
)


class TestTree(PortalHttpCase):
    """Own downline only, names as far as agreed, nobody else's money (RULES 38)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tree = cls.people["ANA"].position_ids.tree_id
        for code in ("BETO", "DORA", "OTRO"):
            cls.people[code].partner_id.image_1920 = PIXEL

    def _ask(self, name, user="ANA", **values):
        login = self.users[user].login
        self.authenticate(login, login)
        return self.make_jsonrpc_request(f"/my/network/tree/{name}", values)

    def _refused(self, name, user="ANA", **values):
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self._ask(name, user, **values)

    def _node(self, code, tree=None):
        person = self.people[code]
        return person.position_ids.id if tree else person.id

    def test_the_page_and_its_list_without_scripts(self):
        page = self._open("/my/network/team/tree", "ANA")
        self.assertIn('name="mlm_portal.tree"', page)
        self.assertIn('href="/my/network/team"', page)
        self.assertIn("/my/network/team/tree", self._open("/my/network/team", "ANA"))
        self.assertIn("not part of the network yet", self._open("/my/network/team/tree", "nobody"))

    def test_trees(self):
        trees = self._ask("trees")
        self.assertEqual([tree["kind"] for tree in trees], ["sponsor", "binary"])
        self.assertEqual(trees[1]["id"], self.tree.id)

    def test_what_is_no_id_is_not_found(self):
        for name, values in (
            ("page", {"node_id": "abc"}),
            ("page", {"node_id": {"a": 1}}),
            ("page", {"node_id": 2**40}),
            ("page", {"options": "x"}),
            ("path", {"person_id": "x"}),
            ("path", {"person_id": [1]}),
            ("search", {"text": 7}),
        ):
            with self.subTest(name, values=values):
                self._refused(name, **values)
        self.assertEqual(self._ask("search", text="\0"), self._ask("search", text=""))

    def test_the_own_card_is_the_top(self):
        page = self._ask("page", options={"levels": 3})
        ana, dora = str(self._node("ANA")), str(self._node("DORA"))
        self.assertEqual(page["tops"], [self._node("ANA")])
        self.assertEqual(page["upline"], [{"id": False, "name": "Top Nombre", "code": False}])
        self.assertTrue(page["cards"][ana]["own"])
        self.assertEqual(page["cards"][ana]["branch"]["count"], 4)
        self.assertIn(dora, page["cards"])
        self.assertFalse(page["legend"]["can_place"])

    def test_only_the_people_one_sponsored_are_named(self):
        for tree in (False, self.tree.id):
            text = json.dumps(self._ask("page", tree_id=tree, options={"levels": 5}))
            for name in ("Ana Nombre", "Beto Nombre", "Caro Nombre"):
                self.assertIn(name, text)
            for secret in ("Dora", "DORA", "Eva", "EVA", "Clienta", "CLIENTA", "Otro", "OTRO"):
                self.assertNotIn(secret, text)
        dora = self._ask("path", person_id=self.people["DORA"].id)
        card = dora["cards"][str(self._node("DORA"))]
        self.assertEqual(
            [card[key] for key in ("name", "code", "photo", "pv")], [False, False, False, False]
        )
        below = self._ask("page", node_id=self._node("EVA"))
        self.assertEqual(
            [crumb["name"] for crumb in below["upline"]],
            ["Top Nombre", "Ana Nombre", "Beto Nombre", "Member of your team"],
        )

    def test_the_whole_downline_is_named_where_the_members_agreed(self):
        self.company.mlm_portal_names = "downline"
        text = json.dumps(self._ask("page", options={"levels": 5}))
        self.assertIn("Eva Nombre", text)
        self.assertNotIn("Clienta", text)
        self.assertEqual(self._codes("eva"), ["EVA"])
        self.assertEqual(self._codes("otro"), [])
        self.assertEqual(self._codes("clienta"), [])

    def test_whoever_agreed_is_named_in_the_trees_too(self):
        as_internal(self.people["EVA"]).write({"shares_name": True})
        as_internal(self.people["OTRO"]).write({"shares_name": True})
        as_internal(self.people["CLIENTA"]).write({"shares_name": True})
        for tree in (False, self.tree.id):
            text = json.dumps(self._ask("page", tree_id=tree, options={"levels": 5}))
            self.assertIn("Eva Nombre", text)
            for secret in ("Dora", "DORA", "Clienta", "CLIENTA", "Otro", "OTRO"):
                self.assertNotIn(secret, text)
        self.assertEqual(self._codes("eva"), ["EVA"])
        for secret in ("dora", "otro", "clienta"):
            self.assertEqual(self._codes(secret), [], secret)
        self.people["EVA"].partner_id.image_1920 = PIXEL
        self._photo(f"/my/network/tree/photo/{self.people['EVA'].id}", "ANA", 200)
        self._photo(f"/my/network/tree/photo/{self.people['DORA'].id}", "ANA", 404)

    def test_nobody_elses_money_nor_ids(self):
        page = self._ask("page", options={"levels": 5})
        for node, card in page["cards"].items():
            self.assertNotIn("person", card)
            self.assertNotIn("sponsor", card)
            self.assertEqual("earned" in card, node == str(self._node("ANA")))
        self.assertNotIn("profit", page["legend"]["colours"])

    def test_other_peoples_nodes_are_refused(self):
        for user, code in (("ANA", "OTRO"), ("ANA", "TOP"), ("EVA", "ANA"), ("OTRO", "BETO")):
            self._refused("page", user, node_id=self._node(code))
            self._refused("page", user, options={"person": self.people[code].id})
            self._refused("path", user, person_id=self.people[code].id)
            node = self._node(code, self.tree)
            self._refused("page", user, tree_id=self.tree.id, node_id=node)
            self._refused("path", user, tree_id=self.tree.id, person_id=self.people[code].id)
            # neither by the way of "show more"
            self._refused("page", user, node_id=self._node(code), offset=1)
        self._refused("page", node_id=99999999)
        self._refused("page", node_id=self._node("CLIENTA"))
        self._refused("page", tree_id=99999999)
        self._refused("page", "nobody")
        self._refused("trees", "nobody")

    def test_the_refusal_tells_nothing(self):
        messages = set()
        for node in (self._node("OTRO"), 99999999):
            with self.assertRaises(JsonRpcException) as caught, mute_logger("odoo.http"):
                self._ask("page", node_id=node)
            messages.add(str(caught.exception))
        self.assertEqual(len(messages), 1)

    def test_a_tree_in_which_one_has_no_position_is_refused(self):
        other = self.env["mlm.tree"].create(
            {"name": "Second", "code": "second", "network_id": self.network.id}
        )
        self._refused("page", tree_id=other.id)

    def _codes(self, text, user="ANA"):
        return [one["code"] for one in self._ask("search", user, text=text)]

    def test_search_finds_named_people_only(self):
        self.assertEqual(self._codes("beto"), ["BETO"])
        self.assertEqual(set(self._codes("nombre")), {"ANA", "BETO", "CARO"})
        for secret in ("eva", "EVA", "otro", "clienta", "top"):
            self.assertEqual(self._codes(secret), [], secret)
        self.assertEqual(self._codes("ana", "OTRO"), [])

    def test_photos(self):
        page = self._ask("page")
        url = page["cards"][str(self._node("BETO"))]["photo"]
        self.assertTrue(url)
        self._photo(url, "ANA", 200)
        for code in ("DORA", "OTRO", "CLIENTA", "TOP"):
            self._photo(f"/my/network/tree/photo/{self.people[code].id}", "ANA", 404)
        self._photo("/my/network/tree/photo/99999999", "ANA", 404)
        self._photo(f"/my/network/tree/photo/{self.people['BETO'].id}", "OTRO", 404)
        self._photo(f"/my/network/tree/photo/{self.people['BETO'].id}", "nobody", 404)
        self.company.mlm_portal_names = "downline"
        self._photo(f"/my/network/tree/photo/{self.people['DORA'].id}", "ANA", 200)
        self._photo(f"/my/network/tree/photo/{self.people['OTRO'].id}", "ANA", 404)

    @mute_logger("odoo.http")
    def _photo(self, url, user, status):
        login = self.users[user].login
        self.authenticate(login, login)
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        if status == 200:
            self.assertTrue(response.headers["Content-Type"].startswith("image/"))

    def test_models_are_no_way_round(self):
        login = self.users["ANA"].login
        self.authenticate(login, login)
        for method in ("get_page", "get_trees"):
            with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/mlm.tree.read/{method}",
                    {"model": "mlm.tree.read", "method": method, "args": [], "kwargs": {}},
                )

    def test_who_has_left_sees_no_team(self):
        """The closed spot stays above the others, and its former owner sees nobody."""
        self.env.cr.execute(
            "UPDATE mlm_distributor SET state = 'terminated' WHERE id = %s",
            [self.people["ANA"].id],
        )
        self.people["ANA"].invalidate_recordset()
        self._refused("page", tree_id=self.tree.id)
        self.assertIn("not part of the network", self._open("/my/network/team/tree", "ANA"))
        self.assertIn("not part of the network", self._open("/my/network/report", "ANA"))

    def test_nobody_logs_in_for_somebody_deceased(self):
        ana = self.people["ANA"]
        self.assertEqual(ana._current_for_user(self.users["ANA"]), ana)
        ana._decease("Certificate of the registry")
        self.assertFalse(ana._current_for_user(self.users["ANA"]))
