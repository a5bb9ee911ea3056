# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""With one company nothing on any screen says that a network stands above it."""

import yaml
from lxml import etree
from mlm_engine.scenario import load

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.mlm_base.tests.test_role import ROLES

from .test_two_countries import SCENARIO

#: What says of a record to which network or company it belongs.
_OF_NETWORK = {
    "network_id",
    "mlm_network_id",
    "company_id",
    "company_ids",
    "names_elsewhere",
    "charge_sellers",
}
#: Fields that are in a view for everybody, and empty where there is one company.
_EMPTY = {
    "mlm.distributor": ["elsewhere"],
    "mlm.run": ["homes", "company_total_ids", "charge_ids"],
}
#: Screens of people and what they share; of the others every view is looked at, too.
_SCREENS = {
    "mlm.distributor",
    "mlm.package",
    "mlm.period",
    "mlm.plan.version",
    "mlm.run",
    "mlm.statement",
    "mlm.earning",
    "mlm.tree",
    "res.config.settings",
}


@tagged("post_install", "-at_install")
class TestOneCompany(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Alone"})
        cls.users = {role: cls._user(role, cls.company) for role in ROLES}
        cls.users["admin"].group_ids += cls.env.ref("base.group_system")

    @classmethod
    def _user(cls, role, companies, **values):
        return new_test_user(
            cls.env,
            f"alone {role} {len(companies)}",
            f"base.group_user,mlm_base.group_{role}",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            **values,
        )

    def _menus(self, user):
        """Full names of the menus of the network that a user sees."""
        menus = self.env["ir.ui.menu"].with_user(user).sudo(False)
        shown = menus.browse(one for one in menus.load_menus(False) if one != "root")
        return set(
            shown.filtered(
                lambda one: one.complete_name.startswith(("Network", "Commissions"))
            ).mapped("complete_name")
        )

    def _shown(self, user, model):
        """``{(kind of view, field)}`` of the fields that the views of a model show a user."""
        views = self.env["ir.ui.view"].search([("model", "=", model), ("mode", "=", "primary")])
        found = set()
        for view in views:
            if view.type in ("qweb", "activity"):
                continue
            asked = self.env[model].with_user(user).sudo(False).get_view(view.id, view.type)
            for node in etree.fromstring(asked["arch"]).iter("field", "filter"):
                hidden = (node.get("invisible"), node.get("column_invisible"))
                above = {one.get("name") for one in node.iterancestors("field")}
                if not {"1", "True"} & set(hidden) and above.isdisjoint(_EMPTY.get(model, ())):
                    found.add((view.type, node.get("name")))
                    if "group_by" in (node.get("context") or ""):
                        found.add((view.type, node.get("context").split("'")[-2]))
        return found

    def _models(self, user):
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = model._original_module.startswith(("mlm_", "l10n_co_mlm"))
            if not (ours or name in _SCREENS) or name == "mlm.network" or model._abstract:
                continue
            if model.with_user(user).has_access("read"):
                yield name

    def _said(self, user):
        """``{(model, kind of view, field)}`` of what tells of networks and companies."""
        return {
            (model, kind, name)
            for model in self._models(user)
            for kind, name in self._shown(user, model)
            if name in _OF_NETWORK
        }

    def test_no_view_tells_of_networks(self):
        self.assertGreaterEqual(set(self._models(self.users["admin"])), _SCREENS)
        for role, user in self.users.items():
            with self.subTest(role):
                self.assertEqual(self._said(user), set())
        form = (
            self.env["res.company"]
            .with_user(self.users["admin"])
            .sudo(False)
            .get_view(self.env.ref("base.view_company_form").id, "form")
        )
        self.assertNotIn("mlm_network_id", form["arch"])

    def test_no_menu_of_networks(self):
        for role, user in self.users.items():
            with self.subTest(role):
                menus = self._menus(user)
                self.assertIn("Network/People/Distributors", menus)
                self.assertNotIn("Network/Configuration/Networks", menus)
        self.assertEqual(
            self._menus(self.users["network_manager"]), self._menus(self.users["manager"])
        )

    def test_several_companies_tell_of_them(self):
        """The same, of a network of two: so the tests above would see it."""
        second = self.env["res.company"].create(
            {"name": "Second", "mlm_network_id": self.company.mlm_network_id.id}
        )
        both = self.company | second
        for role in ("network_manager", "admin"):
            self.assertIn(
                "Network/Configuration/Networks", self._menus(self._user(role, both)), role
            )
            # who works in one of them looks after the network as well
            self.assertIn("Network/Configuration/Networks", self._menus(self.users[role]), role)
        said = self._said(self._user("manager", both))
        for wanted in (
            ("mlm.distributor", "list", "company_id"),
            ("mlm.distributor", "form", "company_id"),
            ("mlm.distributor", "search", "company_id"),
            ("mlm.period", "form", "network_id"),
            ("mlm.tree", "form", "network_id"),
            ("mlm.package", "list", "network_id"),
            ("mlm.statement", "search", "company_id"),
        ):
            self.assertIn(wanted, said)

    def test_what_every_view_has_is_empty(self):
        """From the order to the entry: nothing is stored or said of other companies."""
        alone = yaml.safe_load(SCENARIO)
        del alone["companies"], alone["expect"]
        for one in (*alone["distributors"], *alone["sales"]):
            one.pop("home", None)
            one.pop("company", None)
        played = self.env["mlm.scenario.player"]._play(load(alone), company=self.company)
        self.assertEqual(played["differences"], [])
        run = self.env["mlm.run"].search([("network_id", "=", self.company.mlm_network_id.id)])
        self.assertEqual(run.state, "posted")
        self.assertGreater(run.amount_e4, 0)
        for model, names in _EMPTY.items():
            records = self.env[model].search([("network_id", "=", self.company.mlm_network_id.id)])
            self.assertTrue(records)
            for user in (self.users["manager"], self.users["network_manager"]):
                for row in records.with_user(user).sudo(False).read(names):
                    self.assertFalse(any(row[name] for name in names), row)
        settings = self.env["res.config.settings"].with_company(self.company).create({})
        self.assertFalse(settings.mlm_shared_text)
