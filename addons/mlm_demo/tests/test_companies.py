# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Nobody of a second company reads or changes what belongs to the first."""

import inspect
import json
from functools import partialmethod

import psycopg2

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.mlm_commission.tests.common import ROLES, CommissionCommon

#: What the staff of a sister company, of the same network, may open of what is not its own: code
#: and place of people, and what each company pays in a run.
COMMON = {"mlm.distributor", "mlm.link", "mlm.run.total"}
#: Part of every name in the first company: where it appears, something was shown.
SECRET = "Qzyx"
#: Refusals are what these tests ask for.
NOISE = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.sql_db")
#: Models that belong to no company.
OF_NOBODY = {
    "mlm.check": "a proof concerns the data of all companies; its violations do not",
    "mlm.check.line": "the name of a law and how many rows it has read",
    **dict.fromkeys(
        ("mlm.co.municipality", "mlm.co.activity"), "public lists of Colombia: a code and a name"
    ),
    **dict.fromkeys(
        (
            "mlm.co.uvt",
            "mlm.co.base",
            "mlm.co.rate",
            "mlm.co.bracket",
            "mlm.co.share",
            "mlm.co.ica.rate",
        ),
        "the law of Colombia is one for all; what a company chose of it stands with the company",
    ),
    "mlm.event.seal": "a range of ids and its fingerprint",
    "mlm.form.limit": "how often a form was sent from an address, as a fingerprint",
    "mlm.job": "a scheduled action; it names what it works on to those who may read that",
    "mlm.proof": "ids of files and their fingerprints",
}
#: What an outsider might pass: records of the first company, by the name of the parameter.
ARGUMENTS = {
    "text": "",
    "room": "network",
    "person_id": "mlm.distributor",
    "distributor_id": "mlm.distributor",
    "bonus_id": "mlm.plan.bonus",
    "tree_id": "mlm.tree",
    "node_id": "mlm.position",
    "fields_to_export": ["id"],
    "specification": {"display_name": {}},
    "data": {},
}
#: Models of Odoo that the suite extends, and what leads them to a company.
CORE = {
    "account.move": "company_id",
    "account.move.line": "company_id",
    "account.payment": "company_id",
    "sale.order": "company_id",
    "sale.order.line": "company_id",
    "res.company": "id",
}
#: What belongs to a person, beside the models of the suite.
PERSONAL = {"res.partner", "res.partner.bank", "mail.message", "ir.attachment"}
#: Methods of every model, which `test_records` and `test_what_outsiders_make` go through.
USUAL = {
    "create", "write", "unlink", "copy", "read", "search", "init", "default_get", "export_data",
    "web_search_read", "name_search", "new", "onchange", "load",
}  # fmt: skip
SUITE = ("odoo.addons.mlm_", "odoo.addons.l10n_co_mlm")
REFUSALS = (AccessError, MissingError, UserError, ValidationError, psycopg2.Error)


@tagged("post_install", "-at_install")
class TestCompanies(CommissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for distributor in cls.env["mlm.distributor"].search([("company_id", "=", cls.company.id)]):
            cls.mark(distributor)
        cls.company.name = f"{SECRET} company"
        cls.other = cls.make_other()
        cls.outsiders = {
            role: new_test_user(
                cls.env,
                f"outsider_{role}",
                groups=f"base.group_user,mlm_base.group_{role}",
                company_id=cls.other.id,
                company_ids=[(6, 0, cls.other.ids)],
            )
            for role in (*ROLES, "admin")
        }

    def setUp(self):
        super().setUp()
        self._balanced_sales()
        self._posted(924)
        self._sale(self.juan, product=self.big, day="2026-08-26")
        self._preview(925)
        self.env.flush_all()
        self.env.invalidate_all()
        self.last = {}

    @classmethod
    def mark(cls, distributor):
        """Let everything that is personal of somebody show that it was shown."""
        partner = distributor.partner_id
        partner.write(
            {
                "name": f"{SECRET} {distributor.code}",
                "email": f"{SECRET}.{distributor.code}@example.com",
                "phone": f"{SECRET} {distributor.id}",
                "street": f"{SECRET} {distributor.id}",
                "city": SECRET,
                "ref": f"{SECRET} {distributor.id}",
                "comment": SECRET,
                "bank_ids": [(0, 0, {"acc_number": f"{SECRET} {distributor.id}"})],
            }
        )
        # the one part of a contact that a company keeps to itself
        partner.company_id = distributor.company_id
        distributor.message_post(body=SECRET)
        cls.env["ir.attachment"].create(
            {
                "name": SECRET,
                "raw": SECRET.encode(),
                "res_model": distributor._name,
                "res_id": distributor.id,
            }
        )

    @classmethod
    def make_other(cls):
        """The company of those who look: with a network of its own."""
        return cls.env["res.company"].create({"name": "The other company"})

    def models(self):
        """The suite's models that have a table or a view."""
        return [
            self.env[name]
            for name in sorted(self.env.registry)
            if name.startswith("mlm.") and not self.env[name]._abstract
        ]

    def company_path(self, model, seen=()):
        """``run_id.network_id``: how a record leads to its company, or to the network that it is
        common to; None when it does not."""
        if model._name == "mlm.network":
            return "id"
        for name in ("company_id", "network_id"):
            if name in model._fields:
                return name
        for field in model._fields.values():
            if (
                field.type == "many2one"
                and field.store
                and field.comodel_name.startswith(("mlm.", "account.move", "sale.order"))
                and field.comodel_name not in (*seen, model._name)
            ):
                path = self.company_path(self.env[field.comodel_name], (*seen, model._name))
                if path:
                    return f"{field.name}.{path}"
        return None

    def of_the_first(self, model):
        """Some records of a model that belong to the first company."""
        path = model._name.startswith("mlm.") and self.company_path(model)
        if not path or model._abstract:
            return model
        common = path == "id" or path.endswith("network_id")
        owner = self.company.mlm_network_id if common else self.company
        return model.sudo().search([(path, "=", owner.id)], limit=10)

    def is_common(self, model):
        """Whether those who look may open records of this model that are not their company's."""
        return False

    def readable(self, record):
        self.env.invalidate_all()
        try:
            return record.read([])
        except REFUSALS:
            return None

    def test_every_model_leads_to_its_company(self):
        """A model that belongs to no company would be read by all: named here with a reason."""
        alone = {
            model._name
            for model in self.models()
            if not model._transient and not self.company_path(model)
        }
        self.assertEqual(alone, set(OF_NOBODY))

    def test_lines_are_read_by_who_reads_the_record(self):
        """A list of lines that a role may not read would keep the whole record from it."""
        kept = [
            (role, str(field))
            for role, user in self.outsiders.items()
            for model in (one.with_user(user).sudo(False) for one in self.models())
            if model.has_access("read")
            for field in model._fields.values()
            if field.store and field.type in ("one2many", "many2many")
            if model._has_field_access(field, "read")
            if not self.env[field.comodel_name].with_user(user).sudo(False).has_access("read")
        ]
        self.assertFalse(kept)

    def test_wizards_are_read_by_their_author_only(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        kept = {
            rule.model_id.model
            for rule in rules
            if 'create_uid", "=", user.id)' in (rule.domain_force or "")
        }
        wizards = {model._name for model in self.models() if model._transient}
        self.assertEqual(wizards - kept, set())

    @mute_logger(*NOISE)
    def test_records(self):
        shown = []
        for role, user in self.outsiders.items():
            for model in self.models():
                model = model.with_user(user).sudo(False)
                if not model.has_access("read"):
                    continue
                for record in self.of_the_first(model) if not self.is_common(model) else ():
                    if self.readable(record.with_user(user).sudo(False)) is not None:
                        shown.append((role, record))
                self.env.invalidate_all()
                told = model.search([], limit=200).read([])
                if SECRET in json.dumps(told, default=str):
                    shown.append((role, f"{model._name}.search"))
        self.assertFalse(shown)

    def search_paths(self, model, depth=3, seen=()):
        """Paths of fields for a search, through models of the suite, that end in text."""
        for name, field in model._fields.items():
            if not (field.store or field.search) or not model._has_field_access(field, "read"):
                continue
            if name == "display_name" and not (model._rec_name or model._rec_names_search):
                continue  # Odoo finds everything by it
            if field.type in ("char", "text", "html"):
                yield name
            elif field.relational and depth > 1 and (name, field.comodel_name) not in seen:
                target = self.env[field.comodel_name].with_env(model.env)
                through = field.comodel_name.startswith("mlm.")
                if through or field.comodel_name in PERSONAL:
                    for path in self.search_paths(
                        target, depth - 1 if through else 1, (*seen, (name, field.comodel_name))
                    ):
                        yield f"{name}.{path}"

    @mute_logger(*NOISE, "odoo.models")
    def test_searches(self):
        """What a search finds tells, too, whatever is shown of it."""
        found, asked = [], 0
        for role in ("auditor",):
            env = self.env(user=self.outsiders[role], su=False, context={})
            for model in self.models():
                model = model.with_env(env)
                if model._transient or not model.has_access("read"):
                    continue
                for path in self.search_paths(model):
                    asked += 1
                    try:
                        with self.env.cr.savepoint():
                            if model.search([(path, "ilike", SECRET)], limit=1):
                                found.append((role, model._name, path))
                    except (*REFUSALS, NotImplementedError, ValueError):
                        continue  # nothing is found by it
        self.assertFalse(found)
        self.assertGreater(asked, 300)

    def public_methods(self, model):
        """Names and signatures of what the suite lets RPC call on a model."""
        for name, function in inspect.getmembers(type(model), callable):
            if name.startswith("_") or name in USUAL or getattr(function, "_api_private", False):
                continue
            if any(name in vars(cls) for cls in self.classes(model)):
                yield name, inspect.signature(function)

    def arguments(self, signature):
        """Records of the first company for every parameter of a method."""
        values = {}
        for name in list(signature.parameters)[1:]:
            meant = ARGUMENTS.get(name, "")
            if name in ARGUMENTS:
                model = isinstance(meant, str) and meant in self.env and self.env[meant].sudo()
                values[name] = model.search([], limit=1).id if model else meant
            else:
                parameter = signature.parameters[name]
                known = parameter.default is not parameter.empty or parameter.kind in (
                    parameter.VAR_POSITIONAL,
                    parameter.VAR_KEYWORD,
                )
                self.assertTrue(known, f"ARGUMENTS names nothing to pass as {name}")
        return values

    def fingerprint(self):
        """Of everything that the suite had stored when it was asked first."""
        self.env.flush_all()
        if not self.last:
            self.last.update(
                (model._table, model.sudo().search([], order="id desc", limit=1).id or 0)
                for model in self.models()
                if model._auto and not model._transient
            )
        return self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    """SELECT %s, md5(string_agg(t::text, ',' ORDER BY id))
                         FROM %s t WHERE id <= %s""",
                    table,
                    SQL.identifier(table),
                    last,
                )
                for table, last in self.last.items()
            )
        )

    def touched(self):
        """How many rows of the suite this transaction has changed or deleted so far."""
        return self.env.execute_query(
            SQL(
                """SELECT sum(n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables
                    WHERE relname LIKE %s""",
                "mlm\\_%",
            )
        )

    def what_leaks(self, call, before):
        """Do something as an outsider and undo it: what it told or changed, if anything."""
        self.env.invalidate_all()
        leaks = None
        savepoint = self.env.cr.savepoint(flush=False)
        touched = self.touched()
        try:
            told = call()
            self.env.flush_all()
            if SECRET in json.dumps(self.followed(told), default=str):
                leaks = "tells"
            elif self.touched() != touched and self.fingerprint() != before:
                leaks = "changes"
        except Exception as error:
            leaks = SECRET in str(error) and f"says {error}"
        finally:
            self.env.cr.precommit.clear()
            self.env.clear()
            savepoint.close(rollback=True)
        return leaks

    def followed(self, told):
        """What was returned, with the record that it opens."""
        if isinstance(told, dict) and told.get("res_id") and told.get("res_model") in self.env:
            record = self.outside[told["res_model"]].browse(told["res_id"])
            return [told, record.read([])]
        return told if isinstance(told, (dict, list, str)) else str(told)

    @mute_logger(*NOISE)
    def test_methods(self):
        """Every public method with ids of the first company, by somebody of the other one."""
        # a seal waits for transactions that are going on, as this one always is
        seals = self.env.registry["mlm.event.seal"]
        self.patch(seals, "_seal_all", partialmethod(seals._seal_all, wait=0))
        before, leaks, called = self.fingerprint(), [], 0
        for role, user in self.outsiders.items():
            self.outside = self.env(user=user, su=False, context={})
            for model in self.all_models():
                records = self.of_the_first(model)[:1] or self.core_record(model)
                for name, signature in self.public_methods(model):
                    arguments = self.arguments(signature)
                    for some in {records, model.browse()}:
                        record = some.with_env(self.outside)
                        called += 1
                        leak = self.what_leaks(
                            lambda r=record, n=name, a=arguments: getattr(r, n)(**a), before
                        )
                        if leak:
                            leaks.append((role, f"{record}.{name}", leak))
        self.assertFalse(leaks)
        self.assertGreater(called, 1000)

    def core_record(self, model):
        """A record of the first company of a model that the suite extends."""
        if model._abstract or model._transient or model._name not in CORE:
            return model
        domain = [(CORE[model._name], "in", self.company.ids)]
        return model.sudo().search(domain, limit=1)

    def all_models(self):
        """Those of the suite, abstract ones too, and what it extends."""
        return [
            self.env[name] for name in sorted(self.env.registry) if self.classes(self.env[name])
        ]

    def classes(self, model):
        """What the suite wrote of a model."""
        return [
            cls
            for cls in type(model).__mro__
            if cls.__module__.startswith(SUITE) and cls._name != "base"
        ]

    @mute_logger(*NOISE)
    def test_what_outsiders_make(self):
        """Records of their own that point at the first company's, one field and all fields."""
        before, leaks = self.fingerprint(), []
        for role, user in self.outsiders.items():
            self.outside = self.env(user=user, su=False, context={})
            for model in self.models():
                model = model.with_env(self.outside)
                if not model.has_access("create"):
                    continue
                pointing = self.pointing(model)
                choices = [{name: value} for name, value in pointing.items()]
                for values in [*choices, pointing]:
                    for way in (self.make, self.fill_in):
                        leak = self.what_leaks(lambda w=way, m=model, v=values: w(m, v), before)
                        if leak:
                            leaks.append((role, model._name, way.__name__, sorted(values), leak))
        self.assertFalse(leaks)

    @mute_logger(*NOISE)
    def test_what_outsiders_write_in_records_of_odoo(self):
        """Fields that the suite adds to orders, invoices and contacts, with ids of the first."""
        user = self.outsiders["admin"]
        groups = "sales_team.group_sale_manager", "account.group_account_manager"
        user.group_ids += self.env["res.groups"].union(*(self.env.ref(name) for name in groups))
        self.outside = self.env(user=user, su=False, context={})
        before, asked, leaks = self.fingerprint(), 0, []
        partner = self.env["res.partner"].create({"name": "Somebody"})
        journal = self.env["account.journal"].create(
            {"name": "S", "code": "S", "type": "sale", "company_id": self.other.id}
        )
        for name, values in (
            ("sale.order", {"partner_id": partner.id}),
            ("account.move", {"move_type": "out_invoice", "journal_id": journal.id}),
        ):
            model = self.env[name].with_env(self.outside)
            mine = {
                field: value
                for field, value in self.pointing(model).items()
                if field.startswith("mlm_")
            }
            for field, value in mine.items():
                asked += 1
                for way in (
                    lambda m=model, v={**values, field: value}: [m.create(v).read([])],
                    lambda m=model, v={field: value}: self.fill_in(m, v),
                ):
                    leak = self.what_leaks(way, before)
                    if leak:
                        leaks.append((name, field, leak))
        self.assertFalse(leaks)
        self.assertGreaterEqual(asked, 3)

    @mute_logger(*NOISE)
    def test_amount_of_another_company(self):
        """Asked by its number alone, it is refused in words."""
        earning = self.env["mlm.earning"].sudo().search([("amount_e4", ">", 0)], limit=1)
        asked = self.env["mlm.explanation"].with_user(self.outsiders["manager"]).sudo(False)
        for number in (str(earning.id), "1", "x"):
            wizard = asked.create({"run_id": False, "earning_ref": number})
            with self.subTest(number), self.assertRaises(UserError):
                wizard._explanation()
            self.assertNotIn(SECRET, wizard.html)

    def pointing(self, model):
        """``{field: id}`` of the first company's records for each many2one of a model.

        Contacts are left out: Odoo shares them among companies.
        """
        found = {}
        for field in model._fields.values():
            if field.type == "many2one" and field.store and field.comodel_name in self.env:
                target = self.env[field.comodel_name]
                if target in self.all_models() or field.comodel_name == "res.company":
                    records = self.of_the_first(target)[:1]
                    if field.comodel_name == "res.company":
                        records = self.company
                    if records:
                        found[field.name] = records.id
        if model._name == "mlm.explanation":
            earning = self.env["mlm.earning"].sudo().search([], limit=1)
            found["earning_ref"] = str(earning.id)
        return found

    def make(self, model, values):
        record = model.create(values)
        told = [record.read([])]
        for name, signature in self.public_methods(model):
            with self.env.cr.savepoint():
                try:
                    told.append(self.followed(getattr(record, name)(**self.arguments(signature))))
                except REFUSALS as error:
                    told.append(str(error))
        return [one if isinstance(one, (dict, list, str)) else str(one) for one in told]

    def fill_in(self, model, values):
        """A form that is being filled in and not saved."""
        spec = {name: {} for name in model.fields_get()}
        return model.onchange(values, list(values), spec)
