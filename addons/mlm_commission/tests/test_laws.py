# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from ..models.mlm_law import LAWS_OF_A_RUN
from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestLaws(CommissionCommon):
    """Each law of a run holds, and finds whoever breaks it below the ORM."""

    def _broken(self):
        return {one["law"] for one in self.env["mlm.law"]._check_all()}

    def _execute(self, query, *parameters):
        self.env.flush_all()
        self.env.cr.execute(query, parameters)
        self.assertTrue(self.env.cr.rowcount)  # -1 for what changes no rows
        self.env.invalidate_all()

    def _change_row(self, run, column, more):
        first, last = self.env["mlm.earning"]._id_range(run.number)
        self._execute(
            f"UPDATE mlm_earning_store SET {column} = coalesce({column}, 0) + %s WHERE id ="
            " (SELECT min(id) FROM mlm_earning_store"
            " WHERE id >= %s AND id < %s AND amount_e4 > 0)",
            more,
            first,
            last,
        )
        self.env["mlm.run.sum"]._keep(run)

    def _preview_with_carry(self):
        self._balanced_sales(left=3, right=2)
        return self._preview()

    def test_nothing_is_broken(self):
        self._preview_with_carry()
        self.assertEqual(self._broken(), set())

    def test_posted_run_breaks_nothing(self):
        self._balanced_sales(left=3, right=2)
        self._posted()
        self.assertEqual(self._broken(), set())

    def test_a_run_is_proved_without_reading_others(self):
        """What a run takes to be posted does not grow with the runs before it."""
        self._balanced_sales(left=3, right=2)
        posted = self._posted()
        run = self._preview(925)
        # a table of a few rows is read whole rather than found empty by its index
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for one, other in ((run, posted), (posted, run)):
            partition = self.env["mlm.earning"]._partition_name(other.number)
            for law in LAWS_OF_A_RUN:
                read = self._read_rows(SQL.identifier(f"mlm_law_{law}"), one, partition)
                self.assertEqual(read, 0, (law, one.state))
        own = self.env["mlm.earning"]._partition_name(posted.number)
        laws = SQL.identifier("mlm_law_money_adds_up")
        self.assertGreater(self._read_rows(laws, posted, own), 0)

    def _read_rows(self, view, run, table):
        """How many rows of a table the law of a run reads."""
        explain = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM %s WHERE run_id = %s"
        ((plans,),) = self.env.execute_query(SQL(explain, view, run.id))
        waiting, read = [plans[0]["Plan"]], 0
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", ())
            if node.get("Relation Name") == table:
                seen = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
                read += seen * node["Actual Loops"]
        return read

    def test_total_by_bonus(self):
        run = self._preview_with_carry()
        total = run.bonus_total_ids.filtered("amount_e4")[:1]
        self._execute("UPDATE mlm_run_total SET amount_e4 = amount_e4 + 1 WHERE id = %s", total.id)
        self.assertEqual(self._broken(), {"runs_add_up"})

    def test_total_of_the_run(self):
        run = self._preview_with_carry()
        self._execute("UPDATE mlm_run SET breakage_e4 = breakage_e4 + 1 WHERE id = %s", run.id)
        self.assertEqual(self._broken(), {"runs_add_up"})

    def test_amount_that_base_and_rate_do_not_make(self):
        """Even when totals and fingerprint are made to agree."""
        run = self._preview_with_carry()
        self._change_row(run, "amount_e4", 100)
        run._store_totals()
        members = run._view().snapshot.member_id
        as_internal(run).write({"digest": run._stored_digest(members)})
        self.assertEqual(self._broken(), {"rows_are_exact"})

    def test_part_that_was_neither_paid_nor_missed(self):
        run = self._preview_with_carry()
        self._change_row(run, "cap_e4", 100)
        self._change_row(run, "amount_e4", -100)
        run._store_totals()
        as_internal(run).write({"digest": run._stored_digest(run._view().snapshot.member_id)})
        self.assertEqual(self._broken(), {"rows_are_exact"})

    def test_figure_changed(self):
        run = self._preview_with_carry()
        first, last = self.env["mlm.measure"]._id_range(run.number)
        self._execute(
            "UPDATE mlm_measure_store SET figure_values[1] = figure_values[1] + 1"
            " WHERE id >= %s AND id < %s AND figure_values IS NOT NULL",
            first,
            last,
        )
        self.assertEqual(self._broken(), {"result_is_kept"})

    def test_inputs_changed(self):
        run = self._preview_with_carry()
        run.snapshot_id.sudo().raw = run._snapshot_data()[:-1] + b"x"
        self.env.invalidate_all()
        self.assertEqual(self._broken(), {"result_is_kept"})

    def test_seal_taken_off(self):
        self._balanced_sales()
        run = self._posted()
        table = self.env["mlm.earning"]._partition_name(run.number)
        self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER mlm_append_only_row")
        self.assertEqual(self._broken(), {"posted_rows_sealed"})

    def test_entry_in_another_currency(self):
        self._balanced_sales()
        run = self._posted()
        self._execute("ALTER TABLE account_move_line DISABLE TRIGGER mlm_sealed_account_move_line")
        self._execute(
            "UPDATE account_move_line SET amount_currency = amount_currency * 2"
            " WHERE move_id = %s AND balance <> 0",
            run.chunk_ids.move_id.id,
        )
        self.assertEqual(
            self._broken(),
            {"entries_in_company_currency", "sealed_entries_kept", "sealed_entries_guarded"},
        )

    def test_run_that_breaks_a_law_is_not_posted(self):
        run = self._preview_with_carry()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = run.period_id.pay_date
        self._change_row(run, "breakage_e4", 100)
        with self.assertRaisesRegex(UserError, "was not posted"):
            self._as(run, "manager").action_post()
