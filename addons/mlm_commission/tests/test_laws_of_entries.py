# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo.tests import tagged

from .sealed_common import SealedCommon


@tagged("post_install", "-at_install")
class TestLawsOfEntries(SealedCommon):
    """The second line: with the guard taken off, the laws find it."""

    TABLES = ("account_move", "account_move_line", "account_move_line_account_tax_rel")

    def _unguarded(self, *statements):
        self.env.flush_all()
        for table in self.TABLES:
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            self.env.cr.execute(statement)
            self.assertTrue(self.env.cr.rowcount)
        self.env.cr.execute(
            """SELECT tgrelid::regclass::text, tgname FROM pg_trigger
                WHERE tgname LIKE 'mlm_sealed_%' AND NOT tgisinternal"""
        )
        for table, name in self.env.cr.fetchall():
            self.env.cr.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        self.env.invalidate_all()

    def _assert_found(self, laws, words):
        """`./mlm check` names the law and the entry; what an audit asks for finds it, too."""
        found = self.env["mlm.law"]._check_all()
        self.assertEqual({one["law"] for one in found}, set(laws))
        told = "\n".join(f"{one['subject']} {one['detail']}" for one in found)
        self.assertRegex(told, words)
        self.assertRegex("\n".join(self.env["mlm.law"]._find_in_entries(self.run_)), words)

    BOTH = ("sealed_entries_kept", "entries_match_statements")

    def test_nothing(self):
        self.assertEqual(self._broken(), set())
        self.assertEqual(self.env["mlm.law"]._find_in_entries(self.run_), [])

    def test_state(self):
        self._unguarded(
            f"UPDATE account_move SET state = 'cancel' WHERE id = {self.move.id}",
            f"UPDATE account_move_line SET parent_state = 'cancel' WHERE move_id = {self.move.id}",
        )
        self._assert_found(self.BOTH, "state cancel")

    def test_state_of_the_entry_alone(self):
        self._unguarded(f"UPDATE account_move SET state = 'cancel' WHERE id = {self.move.id}")
        self._assert_found(self.BOTH, f"account.move {self.move.id}:? state cancel")

    def test_amount(self):
        self._unguarded(
            "UPDATE account_move_line SET credit = credit - 1, balance = balance + 1,"
            f" amount_currency = amount_currency + 1 WHERE id = {self.owed.id}"
        )
        self._assert_found(
            (*self.BOTH, "matching_adds_up"), "booked -8909990000, by the statements -8910000000"
        )

    def test_amounts_that_still_balance(self):
        """A peso from what is withheld to what is owed: each account is compared."""
        self._unguarded(
            "UPDATE account_move_line SET credit = credit + 1, balance = balance - 1,"
            f" amount_currency = amount_currency - 1 WHERE id = {self.owed.id}",
            "UPDATE account_move_line SET credit = credit - 1, balance = balance + 1,"
            f" amount_currency = amount_currency + 1 WHERE id = {self._line(self.withheld).id}",
        )
        self._assert_found(
            (*self.BOTH, "matching_adds_up"), f"account {self.withheld.id}: booked -989990000"
        )

    def test_partner(self):
        self._unguarded(
            f"UPDATE account_move_line SET partner_id = {self.stranger.id}"
            f" WHERE id = {self.owed.id}"
        )
        self._assert_found(
            ("entries_match_statements",), f"contact {self.stranger.id}, .*by the statements 0"
        )

    def test_partner_of_every_item(self):
        self._unguarded(
            f"UPDATE account_move_line SET partner_id = {self.stranger.id}"
            f" WHERE move_id = {self.move.id}"
        )
        self._assert_found(("entries_match_statements",), f"contact {self.stranger.id}")

    def test_account(self):
        for line in (self.owed, self._line(self.expense), self._line(self.withheld)):
            with self.subTest(account=line.account_id.name), self.env.cr.savepoint() as savepoint:
                other = line.account_id.sudo().copy()
                self._unguarded(
                    f"UPDATE account_move_line SET account_id = {other.id} WHERE id = {line.id}"
                )
                self._assert_found(self.BOTH, f"account {other.id}: booked")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_date(self):
        self._unguarded(
            f"UPDATE account_move SET date = date + 30 WHERE id = {self.move.id}",
            f"UPDATE account_move_line SET date = date + 30 WHERE move_id = {self.move.id}",
        )
        self._assert_found(self.BOTH, f"the run posted it on {self.run_.accounting_date}")

    def test_number(self):
        self._unguarded(f"UPDATE account_move SET name = 'X/1' WHERE id = {self.move.id}")
        self._assert_found(("sealed_entries_kept",), "COM/924/0001 of .* now it is X/1")

    def test_label(self):
        self._unguarded(f"UPDATE account_move_line SET name = 'X' WHERE id = {self.owed.id}")
        self._assert_found(
            ("sealed_entries_kept",), f"{self.owed.id}:? of COM/924/0001 was changed"
        )

    def test_due_date_and_tax(self):
        for change in (
            "date_maturity = '2030-01-01'",
            "tax_base_amount = 7",
            "tax_repartition_line_id = NULL",
        ):
            line = self._line(self.withheld)
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                self._unguarded(f"UPDATE account_move_line SET {change} WHERE id = {line.id}")
                self._assert_found(("sealed_entries_kept",), f"{line.id}:? of COM/924/0001")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_tax_of_an_item(self):
        self._unguarded(
            "INSERT INTO account_move_line_account_tax_rel"
            f" VALUES ({self._line(self.expense).id}, {self.tax.id})"
        )
        self._assert_found(("sealed_entries_kept",), "COM/924/0001 was changed")

    def test_item_added(self):
        columns = (
            "move_id, account_id, partner_id, company_id, currency_id, display_type, date,"
            " parent_state, debit, credit, balance, amount_currency"
        )
        self._unguarded(
            f"INSERT INTO account_move_line ({columns})"
            f" SELECT {columns} FROM account_move_line WHERE id = {self.owed.id}"
        )
        self._assert_found(self.BOTH, "was added to COM/924/0001")

    def test_item_taken_out(self):
        self._unguarded(f"DELETE FROM account_move_line WHERE id = {self.owed.id}")
        self._assert_found(self.BOTH, f"{self.owed.id}:? of COM/924/0001 was taken out")

    def test_entry_deleted(self):
        self.env.cr.execute(
            """SELECT conrelid::regclass::text, conname FROM pg_constraint
                WHERE confrelid = 'account_move'::regclass AND confdeltype IN ('r', 'a')"""
        )
        for table, name in self.env.cr.fetchall():
            self.env.cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        self._unguarded(
            f"DELETE FROM account_move_line WHERE move_id = {self.move.id}",
            f"DELETE FROM account_move WHERE id = {self.move.id}",
        )
        self._assert_found(self.BOTH, "COM/924/0001 was deleted")

    def test_entry_duplicated(self):
        """No guard forbids a further entry: the law names it."""
        double = self.move.copy({"date": self.move.date})
        double.action_post()
        self.env.flush_all()
        self._assert_found(
            ("payable_has_origin",), f"{double.name}: -891000.* belongs to no statement"
        )

    def test_guard_taken_off(self):
        for table, trigger in (
            ("account_move", "mlm_sealed_account_move"),
            ("account_move_line", "mlm_sealed_account_move_line"),
            ("account_move_line_account_tax_rel", "mlm_sealed_account_move_line_tax"),
            ("mlm_sealed_move", "mlm_append_only_row"),
        ):
            with self.subTest(trigger), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
                self.assertEqual(self._broken(), {"sealed_entries_guarded"})
                savepoint.rollback()
