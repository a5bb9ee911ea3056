from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..internal import as_internal
from .lies import guarded_models, lies, tell_as_defaults, tell_in_context

#: models of which a role makes records by hand: each was really made in these tests
MADE_BY_HAND = {
    "mlm.contract",
    "mlm.import",
    "mlm.opening.import",
    "mlm.period",
    "mlm.tree",
}


#: told to `mlm.distributor.create`, which enrols by the rules of enrolment
SAID_AT_ENROLMENT = {
    ("mlm.distributor", name)
    for name in ("code", "company_id", "is_root", "joined_at", "kind", "partner_id", "sponsor_id")
}


@tagged("post_install", "-at_install")
class TestDoors(TransactionCase):
    """Values, context and ``ir.default``, as each role: nothing guarded arrives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env["ir.model.data"].search(
            [("module", "=", "mlm_base"), ("model", "=", "res.groups")]
        )
        cls.liar = new_test_user(cls.env, "doors_liar")
        cls.users = cls.env["res.users"].union(
            *(
                new_test_user(cls.env, f"doors_{one.name}", f"base.group_user,mlm_base.{one.name}")
                for one in groups
            )
        )
        cls.models = guarded_models(cls.env)
        cls.lies = {model._name: lies(model, cls.liar) for model in cls.models}

    def _assert_honest(self, values, model):
        """No lie is among the values with which a record would be born."""
        for name, lie in self.lies[model._name].items():
            field = model._fields[name]
            found = field.convert_to_cache(values.get(name), model, validate=False)
            self.assertNotEqual(
                found, field.convert_to_cache(lie, model, validate=False), f"{model}.{name}"
            )

    def test_every_role_and_model_is_here(self):
        self.assertGreaterEqual(len(self.users), 7)
        self.assertIn("mlm.exchange.rate", self.registry)
        for model in self.models:
            # an order and its buyer: nobody is enrolled in this database yet
            self.assertTrue(self.lies[model._name] or model._name == "sale.order", model)

    def test_values(self):
        for model in self.models:
            for user in self.users:
                for mine in (model.with_user(user), model.with_user(user).sudo()):
                    for name, lie in self.lies[model._name].items():
                        with self.assertRaises(UserError, msg=f"{model}.{name}"):
                            mine.write({name: lie})
                        if (model._name, name) in SAID_AT_ENROLMENT:
                            continue
                        with self.assertRaises(UserError, msg=f"{model}.{name}"):
                            mine.create({name: lie})

    def test_context(self):
        for model in self.models:
            context = tell_in_context(self.env, self.liar, [model])
            for user in self.users:
                mine = model.with_user(user).with_context(**context)
                for records in self._get_ways(mine):
                    self._assert_honest(records._add_missing_default_values({}), model)
                    names = list(self.lies[model._name])
                    self._assert_honest(records.default_get(names), model)

    def test_own_defaults(self):
        tell_as_defaults(self.env, self.users, self.liar)
        for model in self.models:
            for user in self.users:
                mine = model.with_user(user)
                for records in self._get_ways(mine):
                    self._assert_honest(records._add_missing_default_values({}), model)

    def _get_ways(self, mine):
        """Yield what a record may be made by: the person, and methods of the server."""
        if mine.has_access("create"):
            yield mine
        yield mine.sudo()
        yield as_internal(mine.sudo())

    def test_a_default_of_everybody(self):
        for model in self.models[:3]:
            for name, lie in self.lies[model._name].items():
                self.env["ir.default"].set(model._name, name, lie)
            self._assert_honest(model._add_missing_default_values({}), model)

    def test_records_made_by_hand(self):
        """One record of each model that a role may make, with every lie told at once."""
        tell_as_defaults(self.env, self.users, self.liar)
        made, problems = set(), {}
        for model in self.models:
            context = tell_in_context(self.env, self.liar, [model])
            for user in self.users:
                mine = model.with_user(user).with_context(**context)
                if not mine.has_access("create"):
                    continue
                try:
                    with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                        record = mine.create(self._get_values(mine))
                except Exception:
                    continue
                made.add(model._name)
                for name, lie in self.lies[model._name].items():
                    field = model._fields[name]
                    if field.compute:
                        continue
                    found = field.convert_to_cache(record.sudo()[name], record, validate=False)
                    told = field.convert_to_cache(lie, record, validate=False)
                    self.assertNotEqual(found, told, f"{record}.{name}")
                    with self.assertRaises(UserError, msg=f"{record}.{name}"):
                        record.write({name: lie})
        self.assertLessEqual(MADE_BY_HAND & set(self.registry), made, problems)

    def _get_values(self, model):
        """Return values for the required fields that a person fills in."""
        values = {}
        for name, field in model._fields.items():
            if not field.required or field.default or field.compute or field.related:
                continue
            if name in model._get_guarded() or not field.store:
                continue
            if field.type == "many2one":
                values[name] = model.env[field.comodel_name].sudo().search([], limit=1).id
            elif field.type == "selection":
                values[name] = field.get_values(model.env)[0]
            elif field.type == "date":
                values[name] = date(2026, 1, 1)
            elif field.type == "binary":
                values[name] = "YQ=="
            elif field.type == "integer":
                values[name] = 77
            else:
                values[name] = "honest"
        if "rate" in model._fields:
            values["rate"] = 2.0
        return values

    def test_set_by_the_user_himself(self):
        """What the others do by SQL, once by the call that a browser would make."""
        user = self.users[:1]
        model = self.env["mlm.exchange.rate"].with_user(user)
        self.patch(self.registry["mlm.exchange.rate"], "_guarded", ("date_from",))
        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)
        self.env["ir.default"].with_user(user).set(
            "mlm.exchange.rate", "date_from", "2020-01-01", user_id=True
        )
        honest = model._fields["date_from"].default(model)
        self.assertEqual(model.sudo()._add_missing_default_values({})["date_from"], honest)
        with self.assertRaises(AccessError):
            model.create({"date_from": "2020-01-01"})
