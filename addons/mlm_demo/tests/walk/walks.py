# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whoever works in the back office is led into a dead end by no menu and by no button."""

import logging

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.mlm_base.tests.test_role import ROLES

from ...play import logins
from .records import make_more
from .walk import EXTENDED, Walk

_logger = logging.getLogger(__name__)

SUITE = ("odoo.addons.mlm_", "odoo.addons.l10n_co_mlm")
#: Refusals are what these tests look for.
NOISE = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.sql_db")
#: Of a role, on a screen: what fails there, and why nobody here mends it.
EXCEPTIONS = {
    (role, "sale.order", f"object {name}"): "Odoo shows it to whoever may read an order"
    for role in ("auditor", "approver")
    for name in ("action_confirm", "action_cancel", "action_draft")
}
#: Who does or reads something on the way of a run; the others see what one of these sees.
ON_RUNS = ("manager", "approver", "accountant", "auditor", "support")
#: ``{model: reason}`` of screens with buttons of ours that nobody has anything to press on.
NOTHING_TO_PRESS = {
    "mlm.event.seal": "a seal waits for transactions that go on, as a test always does",
    "mlm.run.sheet": "of a run that waits for approval: walked with it",
    "mlm.run.pair": "of two previews of a cycle: walked with a run on its way",
    "mlm.run.pair.person": "both previews of that cycle pay everybody the same",
    "mlm.run.outlier": "needs more cycles of a person than the company has behind it",
}


def _window(**values):
    """A button that opens a list of scheduled actions, or something else."""
    action = {"type": "ir.actions.act_window", "res_model": "ir.cron", "views": [[False, "list"]]}
    return lambda self: {**action, **values}


def _refusal(self):
    raise UserError("x")  # pylint: disable=translation-required


#: ``{part of what is said: method of a button}``
DEAD_ENDS = {
    "does not exist": None,
    "KeyError": lambda self: {}["nothing"],
    "AccessError": _window(),
    "there is no": _window(res_model="mlm.tree", res_id=999_999, views=[[False, "form"]]),
    "no client action": lambda self: {"type": "ir.actions.client", "tag": "mlm_nowhere"},
    "404": lambda self: {"type": "ir.actions.act_url", "url": "/mlm/nowhere"},
    "UserError": _refusal,
}


class Walks:
    """Tests of a played demo company; a class that has one inherits them."""

    def user(self, role):
        """Somebody with the rights that the demo gives a role, or with the role alone."""
        if role in logins.STAFF:
            return self.env["res.users"].search(
                [("login", "=", f"{logins.STAFF[role][0]}@{logins.DOMAIN}")]
            )
        found = self.env["res.users"].search([("login", "=", f"walker_{role}")])
        return found or new_test_user(
            self.env,
            f"walker_{role}",
            groups=f"base.group_user,mlm_base.group_{role}",
            company_id=self.env.company.id,
            company_ids=[Command.set(self.env.company.ids)],
            lang="es_CO",
            tz="America/Bogota",
        )

    def walk(self, role):
        user = self.user(role)
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "uid": user.id,
            "allowed_company_ids": user.company_ids.ids,
        }
        return Walk(role, self.env(user=user, su=False, context=context), self.is_ours)

    def suite_models(self):
        return [
            name
            for name in sorted(self.env.registry)
            if name.startswith("mlm.") and not self.env[name]._abstract
        ]

    def is_ours(self, node):
        """Whether a button calls something that the suite has written."""
        name = node.get("name")
        if node.get("type") == "action":
            action = self.env["ir.actions.actions"].sudo().browse(name.isdigit() and int(name))
            known = action.get_external_id().get(action.id, name)
            return known.startswith(("mlm_", "l10n_co_mlm"))
        return name in self.methods

    @property
    def methods(self):
        if not hasattr(type(self), "_methods"):
            found = set()
            for model in self.env.registry.values():
                for cls in model.__mro__:
                    if cls.__module__.startswith(SUITE):
                        found.update(vars(cls))
            type(self)._methods = found
        return type(self)._methods

    def press(self, walk, screens, records=None):
        """Press what a user sees and say what was done."""
        walk.press_all(screens, records)
        _logger.info("%s: %d menus, %d buttons", walk.role, walk.opened, len(walk.pressed))
        for (place, name), text in sorted(walk.refusals.items()):
            _logger.info("%s: %s: %s says: %s", walk.role, place, name, text)

    def check(self, walks):
        """Nothing fails but the exceptions; return those that were met."""
        failures = {
            (one.role, one.place.partition(" ")[0], one.name): one
            for walk in walks
            for one in walk.failures
        }
        wrong = [str(one) for key, one in failures.items() if key not in EXCEPTIONS]
        if wrong:
            self.fail("\n".join(["", *wrong]))
        return set(failures)

    @mute_logger(*NOISE)
    def test_dead_ends_are_found(self):
        """What the walks below look for, one of each kind."""
        trees = self.env["mlm.tree"].search([], limit=1)
        for said, answer in DEAD_ENDS.items():
            with self.subTest(said):
                self.patch(self.env.registry["mlm.tree"], "action_view_positions", answer)
                walk = self.walk("auditor")
                walk.press_all(walk.views(["mlm.tree"]), {"mlm.tree": trees})
                self.assertTrue(walk.failures)
                self.assertTrue(all(said in str(one) for one in walk.failures), walk.failures)

    @mute_logger(*NOISE)
    def test_menus_and_buttons(self):
        person = self.env["mlm.distributor"].search(
            [("kind", "=", "distributor"), ("state", "=", "active")], order="id desc", limit=1
        )
        make_more(self.env, person)
        walks = []
        for role in ROLES:
            walk = self.walk(role)
            walk.press_boards()
            screens = {
                key: one
                for key, one in walk.menus().items()
                if key[0] in EXTENDED or key[0].startswith("mlm.")
            }
            self.press(walk, screens | walk.views([*self.suite_models(), *EXTENDED]))
            walks.append(walk)
        self.assertEqual(set(EXCEPTIONS) - self.check(walks), set(), "these work by now")
        seen = set().union(*(walk.seen for walk in walks))
        empty = set().union(*(walk.empty for walk in walks)) - seen
        self.assertLessEqual(empty, set(NOTHING_TO_PRESS))
        for walk in walks:
            self.assertGreater(walk.opened, 10, walk.role)
            self.assertGreater(len(walk.pressed), 20, walk.role)

    @mute_logger(*NOISE)
    def test_a_run_on_its_way(self):
        """The buttons of a run in each of its states, the last of which the demo shows."""
        period = self.env["mlm.period"].search([("state", "=", "open")], order="number desc")[0]
        manager, approver = self.user("manager"), self.user("approver")
        deposits = self.env["mlm.deposit"].search([("state", "=", "open")])
        deposits.write({"reason": "Not of an order"})
        deposits.action_waive()
        period.with_user(manager).sudo(False).action_close()
        previews = [
            period.with_user(manager).sudo(False).action_preview()["res_id"] for _both in "ab"
        ]
        before, run = self.env["mlm.run"].browse(previews)
        pairs = self.env["mlm.run.pair"].with_user(manager).sudo(False)
        pair = pairs._request(before.with_user(manager), run.with_user(manager))
        steps = (
            ("preview", manager, "action_submit"),
            ("submitted", approver, "action_approve"),
            ("approved", None, None),
        )
        walks = []
        for state, user, step in steps:
            self.assertEqual(run.state, state)
            cases = self.env["mlm.run.check"].search([("run_id", "=", run.id)])
            for role in ON_RUNS:
                walk = self.walk(role)
                walk.press_boards()
                models = {
                    "mlm.period": period,
                    "mlm.run": run,
                    "mlm.run.check": cases[:1],
                    "mlm.run.sheet": run.sheet_ids[:1],
                    "mlm.run.pair": pair.sudo(),
                }
                self.press(walk, walk.views(models), models)
                walks.append(walk)
            if step:
                getattr(run.with_user(user).sudo(False), step)()
        self.check(walks)
