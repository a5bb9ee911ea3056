# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from mlm_engine.kernel.codes import Measure

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.common import CommissionCommon

from ..models.audit import mlm_run_audit_work

IN_BACKGROUND = patch.object(mlm_run_audit_work, "INLINE_MEMBERS", -1)


@tagged("post_install", "-at_install")
class TestAudit(CommissionCommon):
    def _submitted(self, left=1, right=1):
        self._balanced_sales(left, right)
        run = self._preview()
        self._as(run, "manager").action_submit()
        return run

    def _tamper(self, run, column="amount_e4", more=100):
        """Change one stored row below the ORM, as whoever reaches the server could."""
        first, last = self.env["mlm.earning"]._id_range(run.number)
        self.env.cr.execute(
            f"UPDATE mlm_earning_store SET {column} = coalesce({column}, 0) + %s WHERE id ="
            " (SELECT min(id) FROM mlm_earning_store"
            " WHERE id >= %s AND id < %s AND amount_e4 > 0) RETURNING payee_id",
            [more, first, last],
        )
        return self.env.cr.fetchone()[0]

    def _audit(self, run, role="auditor", **values):
        wizard = Form(
            self._as(self.env["mlm.run.audit.wizard"], role).with_context(default_run_id=run.id)
        )
        for name, value in values.items():
            setattr(wizard, name, value)
        action = wizard.save().action_start()
        return self.env["mlm.run.audit"].browse(action["res_id"])

    # -- the verdict ---------------------------------------------------------

    def test_verdict_comes_with_the_submission(self):
        run = self._submitted()
        audit = run.audit_id
        self.assertEqual((audit.state, audit.scope), ("clean", "all"))
        self.assertTrue(audit.is_automatic and audit.is_current and audit.finished_at)
        self.assertEqual(audit.requested_by_id, self.users["manager"])
        self.assertEqual(audit.people, self.env["mlm.distributor"].search_count([]))
        self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "approved")

    def test_tampered_rows_are_found_by_person(self):
        run = self._submitted()
        payee = self._tamper(run)
        audit = self._audit(run)
        self.assertEqual(audit.state, "different")
        found = audit.difference_ids.filtered(lambda one: one.kind == "earning")
        self.assertEqual(found.distributor_id.id, payee)
        self.assertEqual(found.found_e4 - found.expected_e4, 100)
        self.assertRegex(found.text, r"stored: paid .+; by the rules: paid ")
        self.assertNotIn("base", found.text)
        self.assertTrue(audit.difference_ids.filtered(lambda one: one.kind == "engine"))
        self.assertEqual(audit.difference_count, len(audit.difference_ids))

    def test_reference_alone_finds_a_wrong_engine(self):
        """Both the digest and the rows come from the engine: the reference does not."""
        self._balanced_sales()
        run = self._preview()
        amounts = "mlm_engine.kernel.paying.amounts"
        with patch(amounts, lambda base, rate, *more: base * 0 + 100):
            run._compute_run()
            verdict = run._audit()
        kinds = {one["kind"] for one in verdict["differences"]}
        self.assertEqual(kinds, {"earning"})
        self.assertTrue(verdict["people"])

    def test_run_of_an_earlier_engine_is_recomputed_by_the_reference(self):
        run = self._submitted()
        as_internal(run).write({"engine_version": run.engine_version - 1})
        audit = self._audit(run)
        self.assertEqual(audit.state, "clean")
        self.assertIn("version", audit.note)
        self._tamper(run)
        self.assertEqual(self._audit(run).difference_ids.mapped("kind"), ["earning"])

    def test_every_kind_of_figure_is_compared(self):
        run = self._submitted(left=3, right=2)
        for measure, kind in (
            (Measure.RANK, "rank"),
            (Measure.CARRY_LEFT, "carry"),
            (Measure.OWN_PV, "figure"),
        ):
            with self.subTest(kind=kind):
                rows = self.env["mlm.snapshot"]._figures_of(run, [measure])
                bonuses = self.env["mlm.plan.bonus"]
                self._store_figures(
                    run,
                    *(
                        {
                            "holder": holder,
                            "position": position,
                            "bonus": bonuses.browse(bonus or []),
                            "measure": measure,
                            "value": value - 1,
                        }
                        for holder, position, bonus, value in zip(
                            *(
                                rows[name].tolist()
                                for name in ("holder", "position", "bonus", "value")
                            ),
                            strict=True,
                        )
                    ),
                )
                self.assertTrue(rows["value"].size)
                found = self._audit(run).difference_ids.filtered_domain([("kind", "=", kind)])
                self.assertTrue(found)
                self.assertTrue(all(one.text for one in found))

    def test_other_inputs_are_found(self):
        run = self._submitted()
        as_internal(run).write({"snapshot_sha": "0" * 64})
        audit = self._audit(run)
        self.assertEqual(audit.state, "different")
        self.assertEqual(audit.difference_ids.mapped("kind"), ["engine"])

    def test_sample_and_person(self):
        run = self._submitted()
        payee = self._tamper(run)
        sample = self._audit(run, scope="sample", size=2)
        self.assertEqual((sample.people, sample.state), (2, "different"))
        one = self._audit(run, scope="person", distributor_id=self.juan)
        self.assertEqual(one.people, 1)
        self.assertNotEqual(self.juan.id, payee)
        self.assertEqual(one.difference_ids.mapped("kind"), ["engine"])
        with self.assertRaisesRegex(UserError, "at least one"):
            self._audit(run, scope="sample", size=0)

    def test_a_person_does_not_prove_the_run(self):
        run = self._submitted()
        as_internal(run.audit_ids).unlink()
        self.assertEqual(self._audit(run, scope="person", distributor_id=self.maria).state, "clean")
        self.assertFalse(run.audit_id)

    def test_verdict_of_an_earlier_result_does_not_speak(self):
        run = self._submitted()
        before = run.audit_id
        self._as(run, "manager").action_withdraw()
        as_internal(run).write({"state": "failed"})
        self.cycle[924].action_reopen()
        self._sale(self.juan, product=self.big)
        self.cycle[924].action_close()
        self._as(run, "manager").action_compute()
        self.assertFalse(before.is_current)
        self.assertFalse(run.audit_id)
        self._as(run, "manager").action_submit()
        self.assertEqual(run.audit_id.state, "clean")
        self.assertEqual(run.audit_count, 2)

    def test_posted_run_is_audited(self):
        self._balanced_sales()
        run = self._posted()
        self.assertEqual(self._audit(run).state, "clean")

    # -- approval ------------------------------------------------------------

    def test_approval_waits_for_the_verdict(self):
        with IN_BACKGROUND:
            run = self._submitted()
        self.assertEqual(run.audit_state, "queued")
        with self.assertRaisesRegex(UserError, "is recomputing"):
            self._as(run, "approver").action_approve()
        run.audit_id._finish()
        self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "approved")

    def test_a_waiting_audit_is_stopped(self):
        """By whoever may audit; it proves nothing, and another one can be asked for."""
        with IN_BACKGROUND:
            run = self._submitted()
        audit = run.audit_id
        with self.assertRaises(AccessError):
            self._as(audit, "accountant").action_stop()
        self._as(audit, "auditor").action_stop()
        self.assertEqual(audit.state, "failed")
        self.assertEqual(audit.error, f"{self.users['auditor'].name} stopped this work.")
        with self.enter_registry_test_mode():
            self.env.ref("mlm_control.cron_audit").method_direct_trigger()
        self.assertEqual(run.audit_state, "failed")
        self._as(run, "auditor").action_audit_now()
        self.assertEqual(run.audit_state, "clean")
        self._as(run.audit_id, "auditor").action_stop()
        self.assertEqual(run.audit_state, "clean")

    def test_submitted_twice_waits_once(self):
        with IN_BACKGROUND:
            run = self._submitted()
            self._as(run, "manager").action_withdraw()
            self._as(run, "manager").action_submit()
        self.assertEqual(run.audit_count, 1)

    def test_different_run_is_not_approved(self):
        run = self._submitted()
        self._tamper(run)
        self._audit(run)
        with self.assertRaisesRegex(UserError, "different results"):
            self._as(run, "approver").action_approve()

    def test_run_without_audit_is_not_approved(self):
        run = self._submitted()
        as_internal(run.audit_ids).unlink()
        with self.assertRaisesRegex(UserError, "There is no audit"):
            self._as(run, "approver").action_approve()

    def test_unfinished_audit_does_not_prove(self):
        run = self._submitted()
        run.audit_id._keep_failure("Out of memory.")
        with self.assertRaisesRegex(UserError, "Out of memory"):
            self._as(run, "approver").action_approve()

    def test_company_may_ask_for_a_reason(self):
        self.network.audit_policy = "reason"
        run = self._submitted()
        self._tamper(run)
        self._audit(run)
        action = self._as(run, "approver").action_approve()
        self.assertEqual((action["res_model"], run.state), ("mlm.run.approval.wizard", "submitted"))
        wizard = Form(
            self._as(self.env[action["res_model"]], "approver").with_context(**action["context"])
        )
        self.assertIn("different results", wizard.verdict)
        wizard.reason = "Paid by hand before."
        wizard.save().action_approve()
        self.assertEqual((run.state, run.audit_reason), ("approved", "Paid by hand before."))
        self._as(run, "manager").action_withdraw()
        self.assertFalse(run.audit_reason)

    def test_a_reason_does_not_replace_a_required_audit(self):
        run = self._submitted()
        as_internal(run.audit_ids).unlink()
        approver = self._as(run, "approver").with_context(mlm_audit_reason="Because.")
        with self.assertRaisesRegex(UserError, "There is no audit"):
            approver.action_approve()

    # -- rights --------------------------------------------------------------

    def test_who_may_audit(self):
        run = self._submitted()
        for role in ("auditor", "manager", "approver"):
            with self.subTest(role=role):
                self._as(run, role).action_audit()
        for role in ("support", "accountant"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._as(run, role).action_audit()
        with self.assertRaises(AccessError):
            self._as(self.env["mlm.run.audit"], "support").search([])

    def test_nobody_writes_a_verdict(self):
        run = self._submitted()
        audit = run.audit_id
        for role in ("auditor", "manager", "approver", "accountant"):
            mine = self._as(audit, role)
            with self.subTest(role=role):
                self.assertEqual(mine.state, "clean")
                with self.assertRaises(AccessError):
                    mine.write({"state": "clean"})
                with self.assertRaises(AccessError):
                    mine.create({"run_id": run.id, "state": "clean"})
                with self.assertRaises(AccessError):
                    mine.unlink()
