# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.mlm_base.tests.lies import (
    MOMENT,
    guarded_models,
    tell_as_defaults,
    tell_in_context,
)

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestForged(CommissionCommon):
    """Attacks that were seen: values that arrive as defaults of the context or the user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.liar = new_test_user(cls.env, "commission_liar")

    def _poison(self, role, model, **values):
        """``model`` as ``role`` calls it who set defaults and put them into the call."""
        for name, value in values.items():
            self.env["ir.default"].with_user(self.users[role]).sudo(False).set(
                model, name, value, user_id=True
            )
        context = {f"default_{name}": value for name, value in values.items()}
        return self._as(self.env[model], role).with_context(**context)

    def _override_values(self):
        return {
            "distributor_id": self.juan.id,
            "rank_id": self.version.rank_ids[3].id,
            "period_from_id": self.cycle[924].id,
            "reason": "Because.",
        }

    def test_rank_override_is_not_born_approved(self):
        approver = self.users["approver"]
        overrides = self._poison(
            "manager",
            "mlm.rank.override",
            state="approved",
            requested_by_id=self.users["support"].id,
            decided_by_id=approver.id,
            decided_at=MOMENT,
        )
        override = overrides.create(self._override_values())
        self.assertEqual(
            (override.state, override.requested_by_id), ("requested", self.users["manager"])
        )
        self.assertFalse(override.decided_by_id or override.decided_at)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], self.version)
        self.assertEqual(len(snapshot.override_member), 0, "nobody has approved it")
        for name, value in (("state", "approved"), ("decided_by_id", approver.id)):
            for records in (overrides, overrides.sudo()):
                with self.assertRaises(AccessError):
                    records.create({**self._override_values(), name: value})
                with self.assertRaises(AccessError):
                    override.with_env(records.env).write({name: value})
        with self.assertRaisesRegex(UserError, "somebody else|Somebody else"):
            # who asked for it is on record, and cannot be replaced to approve the own wish
            second = self._as(self.env["mlm.rank.override"], "second manager").create(
                {**self._override_values(), "distributor_id": self.maria.id}
            )
            second.action_approve()

    def test_cycle_is_not_born_posted(self):
        cycles = self._poison("manager", "mlm.period", state="posted", kind="month", days=99)
        cycle = cycles.create({"number": 960})
        self.assertEqual((cycle.state, cycle.kind, cycle.days), ("open", "week", 0))
        last = self.periods.search([], order="number desc", limit=1)
        self._as(self.cycle[924], "manager").with_context(**cycles.env.context).action_close()
        new = self.periods.search([("id", ">", last.id)])
        self.assertFalse(new.filtered(lambda one: one.state != "open" or one.kind != "week"))
        for values in ({"state": "posted"}, {"kind": "month"}, {"date_start": "2020-01-01"}):
            for records in (cycles, cycles.sudo()):
                with self.assertRaises(AccessError):
                    records.create({"number": 961, **values})
                with self.assertRaises(AccessError):
                    cycle.with_env(records.env).write(values)
        with self.assertRaises(AccessError):
            cycle.sudo().write({"number": 7})

    def test_plan_is_not_born_published(self):
        versions = self._poison(
            "manager",
            "mlm.plan.version",
            state="published",
            author_id=self.users["approver"].id,
            published_by_id=self.users["approver"].id,
        )
        text = re.sub(r"(?m)^version: .*$", "version: 9", self.version.document)
        draft = versions.create({"plan_id": self.version.plan_id.id, "document": text})
        self.assertEqual((draft.state, draft.author_id), ("draft", self.users["manager"]))
        self.assertFalse(draft.published_by_id)
        with self.assertRaises(AccessError):
            draft.sudo().write({"state": "published"})
        with self.assertRaises(UserError):
            draft.sudo().action_publish()

    def test_a_whole_cycle_among_liars(self):
        """Everybody who takes a step has set a default for every guarded field of the
        suite, and for fields of accounting, and calls with all of them in the context:
        result, entry and statements are those of honest people."""
        self._balanced_sales(1, 1)
        honest = self._preview()
        digest, amounts = honest.digest, self._amounts(honest)
        honest_people = {role: self.users[role] for role in ("manager", "approver")}
        people = self.env["res.users"].union(*honest_people.values())
        tell_as_defaults(self.env, people, self.liar)
        core = {
            "account.move": {"narration": "LIE", "invoice_origin": "LIE"},
            "account.move.line": {"date_maturity": "2020-01-02"},
        }
        context = tell_in_context(self.env, self.liar)
        for model, values in core.items():
            for name, value in values.items():
                context[f"default_{name}"] = value
                for user in people:
                    self.env["ir.default"].create(
                        {
                            "field_id": self.env["ir.model.fields"]._get(model, name).id,
                            "user_id": user.id,
                            "json_value": json.dumps(value),
                        }
                    )
        self.env.registry.clear_cache()
        as_liar = {
            role: lambda record, role=role: self._as(record, role).with_context(**context)
            for role in honest_people
        }
        action = as_liar["manager"](self.cycle[924]).action_preview()
        run = self.env["mlm.run"].browse(action["res_id"])
        self.assertEqual((run.digest, self._amounts(run)), (digest, amounts))
        self.assertEqual(run.state, "preview")
        as_liar["manager"](run).action_submit()
        as_liar["approver"](run).action_approve()
        as_liar["manager"](run).write({"accounting_date": run.period_id.pay_date})
        as_liar["manager"](run).action_post()
        self.env.invalidate_all()
        self.assertEqual(run.state, "posted", run.error)
        self.assertEqual(
            (run.computed_by_id, run.submitted_by_id, run.approved_by_id),
            (self.users["manager"], self.users["manager"], self.users["approver"]),
        )
        move = run.chunk_ids.move_id
        self.assertEqual((move.state, move.date), ("posted", run.period_id.pay_date))
        self.assertFalse(move.narration or move.invoice_origin)
        self.assertFalse(move.mlm_buyer_id or move.mlm_distributor_id)
        self.assertNotIn("2020-01-02", [str(line.date_maturity) for line in move.line_ids])
        self.assertEqual(move.create_uid, self.env.ref("base.user_root"))
        for rows in (run.statement_ids, run.statement_ids.deduction_ids):
            self.assertTrue(rows)
            self.assertFalse(rows.filtered(lambda row: row.author_id == self.liar))
            self.assertEqual({row.recorded_at for row in rows}, {self.env.cr.now()})
        self.assertEqual(sum(run.statement_ids.mapped("gross_e4")), run.amount_e4)
        self.assertFalse(self.env["mlm.law"]._check_all())
        self._assert_nothing_of_the_liar()

    def _assert_nothing_of_the_liar(self):
        """No row of any guarded model names the user whom the lies name."""
        for model in guarded_models(self.env):
            names = [
                name
                for name in model._get_guarded()
                if model._fields[name].comodel_name == "res.users" and model._fields[name].store
            ]
            for name in names:
                found = model.with_context(active_test=False).search([(name, "=", self.liar.id)])
                self.assertFalse(found, f"{model._name}.{name}")
