from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal

from .common import ROLES, CommissionCommon

READERS = ("support", "manager", "approver", "accountant", "auditor")
MODELS = ("mlm.run", "mlm.earning", "mlm.measure", "mlm.statement", "mlm.plan.version")


class TestRoles(CommissionCommon):
    def test_who_reads(self):
        self._balanced_sales()
        self._posted()
        for role in READERS:
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    records = self._as(self.env[model], role).search([])
                    self.assertTrue(records)
                    records.read()

    def test_who_does_not(self):
        portal = new_test_user(self.env, "stranger", groups="base.group_portal")
        self.users["portal"] = portal
        for role in ("warehouse", "portal"):
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    self.assertFalse(self._as(self.env[model], role).has_access("read"))

    def test_auditor_writes_nothing(self):
        self._balanced_sales()
        with self.assertRaises(AccessError):
            self._as(self.cycle[924], "auditor").action_preview()
        self._posted()
        for model in (*MODELS, "mlm.plan", "mlm.opening", "mlm.period"):
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(self._as(self.env[model], "auditor").has_access(operation))

    def test_only_managers_compute_submit_and_post(self):
        run = self._preview()
        for role in ROLES:
            if role == "manager":
                continue
            for step in ("action_submit", "action_discard"):
                with self.subTest(role=role, step=step), self.assertRaises(AccessError):
                    getattr(self._as(run, role), step)()
        self._as(run, "manager").action_submit()
        for role in ("support", "manager", "accountant", "warehouse", "auditor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._as(run, role).action_approve()
        self._as(run, "approver").action_approve()
        for role in ("support", "approver", "accountant", "warehouse", "auditor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._as(run, role).action_post()

    def test_manager_cannot_write_states_by_rpc(self):
        """The buttons are the way: a state written by hand is refused."""
        run = self._preview()
        with self.assertRaises(AccessError):
            self._as(run, "manager").write({"state": "approved"})
        with self.assertRaises(AccessError):
            self._as(run, "manager").write({"digest": "0"})
        self._as(run, "manager").write({"accounting_date": "2026-09-04"})

    def test_manager_forges_no_run_by_rpc(self):
        """A run made by hand could name somebody else as the one who computed it."""
        runs = self._as(self.env["mlm.run"], "manager")
        with self.assertRaises(AccessError):
            runs.create({"period_id": self.cycle[924].id, "state": "approved"})
        with self.assertRaises(AccessError):
            self._as(self.cycle[924], "manager").write(
                {"run_ids": [(0, 0, {"computed_by_id": self.users["support"].id})]}
            )

    def test_totals_shown_to_the_approver_cannot_be_written(self):
        run = self._preview()
        total = self._as(run.bonus_total_ids[0], "manager")
        for operation in ("write", "create", "unlink"):
            with self.subTest(operation):
                self.assertFalse(total.has_access(operation))

    def test_nobody_takes_a_part_of_an_opening_away(self):
        """It is loaded and taken back as a whole."""
        opening = as_internal(self.env["mlm.opening"]).create(
            {
                "company_id": self.company.id,
                "kind": "accumulated",
                "distributor_id": self.maria.id,
                "measure": "gcv",
                "value_e4": 10_000,
            }
        )
        for role in ROLES:
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(opening, role).unlink()
        self.assertTrue(opening.exists())

    def test_accounting_date_is_fixed_once_posted(self):
        self._balanced_sales()
        run = self._posted()
        with self.assertRaises(UserError):
            self._as(run, "manager").write({"accounting_date": "2026-10-01"})

    def test_nobody_posts_before_the_end_of_the_cycle(self):
        """Whoever chooses the date alone, also after the approval, does not choose another year."""
        self._balanced_sales()
        run = self._as(self._preview(), "manager")
        end = run.period_id.date_end
        for day in (end.replace(year=2020), end - timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "end of the cycle"), self.env.cr.savepoint():
                run.accounting_date = day
        run.accounting_date = end

    def test_warehouse_does_not_see_what_people_are_owed(self):
        with self.assertRaises(AccessError):
            self._as(self.maria, "warehouse").read(["mlm_balance"])
        self._as(self.maria, "support").read(["mlm_balance"])

    def test_nobody_reads_or_deletes_the_frozen_inputs(self):
        run = self._preview()
        for role in ROLES:
            with self.subTest(role):
                self.assertFalse(self._as(run.snapshot_id, role).has_access("read"))
                self.assertFalse(self._as(run.snapshot_id, role).has_access("unlink"))

    def test_other_company_is_hidden(self):
        self._balanced_sales()
        self._posted()
        other = self.env["res.company"].create({"name": "Other"})
        self.users["elsewhere"] = new_test_user(
            self.env,
            "elsewhere",
            groups="base.group_user,mlm_base.group_manager,mlm_base.group_auditor",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in MODELS:
            with self.subTest(model):
                self.assertFalse(self._as(self.env[model], "elsewhere").search([]))
