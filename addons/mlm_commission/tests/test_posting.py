import threading
from contextlib import contextmanager

import psycopg2

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestPosting(CommissionCommon):
    def test_entry_explains_every_peso(self):
        self._balanced_sales(left=2, right=2)
        run = self._posted()
        self.assertEqual(run.state, "posted")
        self.assertEqual(run.period_id.state, "posted")
        move = run.chunk_ids.move_id
        self.assertEqual(move.name, "COM/924/0001")
        self.assertEqual(move.date, run.period_id.pay_date)
        found = {line.account_id: (line.debit, line.credit) for line in move.line_ids}
        self.assertEqual(
            found,
            {
                self.expense: (990_000, 0),
                self.withheld: (0, 99_000),
                self.payable: (0, 891_000),
            },
        )
        self.assertEqual(move.line_ids.partner_id, self.maria.partner_id)
        tax_line = move.line_ids.filtered("tax_line_id")
        self.assertEqual(tax_line.tax_line_id, self.tax)
        self.assertEqual(tax_line.tax_base_amount, 990_000)
        self.assertEqual(self.maria.mlm_balance, 891_000)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_statement_agrees(self):
        self._balanced_sales(left=2, right=2)
        statement = self._posted().statement_ids
        self.assertEqual(
            (statement.gross, statement.deducted, statement.net),
            (990_000, 99_000, 891_000),
        )
        self.assertEqual(statement.deduction_ids.amount, 99_000)
        self.assertEqual(statement.deduction_ids.account_id, self.withheld)

    def test_several_processes_post_one_run(self):
        """As many actions as the parameter says are woken; one that helps computes nothing."""
        self.company.mlm_chunk_size = 1
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self.env["ir.config_parameter"].set_param("mlm_base.processes", "4")
        triggers = self.env["ir.cron.trigger"].search([])
        self._as(run, "manager").action_post()
        woken = (self.env["ir.cron.trigger"].search([]) - triggers).cron_id
        first, helper = (self.env.ref(f"mlm_commission.cron_{one}") for one in ("work", "help"))
        helpers = woken - first
        self.assertEqual(len(helpers), 3)
        self.assertIn(helper, helpers)
        self.assertEqual(set(helpers.mapped("mlm_own_process")), {True})
        self.assertTrue(run._mlm_needs_process(helpers[-1]))
        run._wake_posting()
        self.assertEqual(helper.search_count([("code", "=", helper.code)]), 3)
        with self.enter_registry_test_mode():
            helpers[-1].method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.move_count), ("posted", 2))
        other = self._preview(925)
        as_internal(other).write({"state": "queued"})
        self.assertFalse(run._mlm_needs_process(helper))
        self.assertTrue(run._mlm_needs_process(first))

    def test_chunks(self):
        """Three payees, one per entry, the same totals."""
        self.company.mlm_chunk_size = 1
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run._start_posting()
        self.assertEqual(len(run.chunk_ids), 2)
        run._post_chunk(run.chunk_ids[1])
        self.assertEqual(run.state, "posting")
        run._post_all()
        self.assertEqual(run.chunk_ids.move_id.mapped("name"), ["COM/924/0001", "COM/924/0002"])
        self.assertEqual(sum(run.statement_ids.mapped("gross")), run.amount)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_posting_a_chunk_twice_posts_it_once(self):
        self._balanced_sales()
        run = self._posted()
        move = run.chunk_ids.move_id
        run._post_chunk(run.chunk_ids)
        self.assertEqual(run.chunk_ids.move_id, move)
        self.assertEqual(len(run.statement_ids), 1)

    def test_posted_rows_are_sealed(self):
        self._balanced_sales()
        run = self._posted()
        for statement in (
            "UPDATE mlm_earning_store SET amount_e4 = 0",
            "DELETE FROM mlm_measure_store",
            "UPDATE mlm_run_sum_store SET amount_e4 = 0",
            "UPDATE mlm_statement SET gross_e4 = 0",
            f"TRUNCATE mlm_earning_store_{run.number}",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_posted_run_is_reproducible(self):
        self._balanced_sales()
        run = self._posted()
        self.assertEqual(run._verify(), [])

    def test_verification_sees_a_changed_row(self):
        """Rows of a preview are not sealed yet; a changed one is found."""
        self._balanced_sales()
        run = self._preview()
        self.env.cr.execute(
            f"UPDATE mlm_earning_store_{run.number} SET amount_e4 = amount_e4 + 1"
            " WHERE amount_e4 <> 0"
        )
        self.assertRegex(str(run._verify()), "amount_e4")
        as_internal(run).write({"digest": "0" * 64})
        self.assertRegex(str(run._verify()), "and was 000")

    def test_locked_date_moves_and_says_so(self):
        self._balanced_sales()
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = "2026-09-04"
        self.company.fiscalyear_lock_date = "2026-09-30"
        self._as(run, "manager").action_post()
        self.assertEqual(str(run.chunk_ids.move_id.date), "2026-10-01")
        self.assertIn("4 Sep 2026 is locked", str(run.message_ids.mapped("body")))

    def test_missing_account_names_it(self):
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self.company.mlm_payable_account_id = False
        with self.assertRaisesRegex(UserError, "commissions payable account"):
            self._as(run, "manager").action_post()
        self.assertEqual(run.state, "approved")

    def test_nobody_paid_is_posted_too(self):
        run = self._posted()
        self.assertEqual(run.state, "posted")
        self.assertFalse(run.move_count)

    def test_posted_run_cannot_be_deleted_or_discarded(self):
        run = self._posted()
        with self.assertRaises(UserError):
            run.action_discard()
        with self.assertRaises(UserError):
            run.unlink()

    def test_no_withholding_configured(self):
        self.company.mlm_withholding_tax_id = False
        self._balanced_sales(left=2, right=2)
        run = self._posted()
        self.assertEqual(run.statement_ids.net, 990_000)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_entry_of_a_run_is_not_taken_to_draft(self):
        self._balanced_sales(left=2, right=2)
        move = self._posted().chunk_ids.move_id
        with self.assertRaisesRegex(UserError, "stays as it was posted"):
            move.button_draft()
        with self.assertRaisesRegex(UserError, "stays as it was posted"):
            move.button_cancel()
        self.assertEqual(move.state, "posted")

    def test_reason_of_a_failure_goes_with_the_success(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run._start_posting()
        as_internal(run).write({"error": "Something was missing"})
        run._post_all()
        self.assertEqual((run.state, run.error), ("posted", False))

    def test_whoever_is_paid_becomes_a_vendor(self):
        """After the commit, in a transaction of its own; an entry counts once, as everywhere."""
        self._balanced_sales(left=2, right=2)
        partner = self.maria.partner_id
        self._posted()
        self.assertFalse(partner.supplier_rank)
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(partner.supplier_rank, 1)
        self._balanced_sales(day="2026-08-26")
        self._posted(925)
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(partner.supplier_rank, 2)

    def test_items_change_once_after_they_are_written(self):
        """From draft to posted: what follows the entry is in the INSERT."""
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run._start_posting()
        with self._told_queries() as queries:
            run._post_chunk(run.chunk_ids)
            self.env.flush_all()
        written = [
            query.split(None, 1)[0]
            for query in queries
            if '"account_move_line" (' in query or 'UPDATE "account_move_line"' in query
        ]
        self.assertEqual(written, ["INSERT", "UPDATE"])

    @contextmanager
    def _told_queries(self):
        thread, queries = threading.current_thread(), []
        thread.query_hooks = [lambda cr, query, *more: queries.append(str(query).strip())]
        try:
            yield queries
        finally:
            del thread.query_hooks
