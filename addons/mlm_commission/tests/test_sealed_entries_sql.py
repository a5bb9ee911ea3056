# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import runpy

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import misc

from ..move_guard import CONSTRAINT, install_guard, remove_guard
from .sealed_common import KEYS, STAYS, SealedCommon


@tagged("post_install", "-at_install")
class TestSealedEntriesSql(SealedCommon):
    """The database refuses what the ORM would not see, and lets pass what changes nothing."""

    def test_sql_of_the_odoo_role(self):
        move, line, stranger = self.move.id, self.owed.id, self.stranger.id
        draft = self.move.copy()
        self.env.flush_all()
        for change in (
            "state = 'cancel'",
            "name = 'X'",
            "ref = 'X'",
            "date = date + 1",
            f"journal_id = {self.bank.id}",
            f"company_id = (SELECT max(id) FROM res_company WHERE id <> {self.company.id})",
            "currency_id = currency_id + 1",
            f"partner_id = {stranger}",
            "move_type = 'out_invoice'",
            "amount_total = 1",
        ):
            self._refused_by_database(f"UPDATE account_move SET {change} WHERE id = {move}")
        for change in (
            "parent_state = 'cancel'",
            "name = 'X'",
            "move_name = 'X'",
            "date = date + 1",
            "date_maturity = '2030-01-01'",
            f"journal_id = {self.bank.id}",
            "company_id = NULL",
            "currency_id = currency_id + 1",
            f"account_id = {self.withheld.id}",
            f"partner_id = {stranger}",
            "partner_id = NULL",
            "credit = 1",
            "debit = 1, credit = 0",
            "balance = -1",
            "amount_currency = -1",
            f"tax_line_id = {self.tax.id}",
            "tax_repartition_line_id = NULL, tax_base_amount = 1",
            "tax_base_amount = 1",
            "display_type = 'tax'",
            f"move_id = {draft.id}",
        ):
            self._refused_by_database(f"UPDATE account_move_line SET {change} WHERE id = {line}")
        tax = f"VALUES ({line}, {self.tax.id})"
        for statement in (
            f"DELETE FROM account_move WHERE id = {move}",
            f"DELETE FROM account_move_line WHERE id = {line}",
            f"UPDATE account_move_line SET move_id = {move} WHERE move_id = {draft.id}",
            "INSERT INTO account_move_line (move_id, account_id, currency_id, display_type)"
            f" SELECT move_id, account_id, currency_id, display_type FROM account_move_line"
            f" WHERE id = {line}",
            f"INSERT INTO account_move_line_account_tax_rel {tax}",
            "TRUNCATE account_move_line CASCADE",
            "TRUNCATE account_move CASCADE",
        ):
            self._refused_by_database(statement)
        self.assertEqual(self._broken(), set())

    def test_taxes_of_an_item(self):
        """A link that was there when the entry was sealed stays, too."""
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.company.mlm_journal_id.id,
                "line_ids": [
                    Command.create(
                        {"account_id": self.expense.id, "debit": 100, "tax_ids": self.tax.ids}
                    ),
                    Command.create({"account_id": self.withheld.id, "credit": 100}),
                ],
            }
        )
        entry.action_post()
        taxed = entry.line_ids.filtered("tax_ids")
        self.assertTrue(taxed)
        self.env["mlm.sealed.move"]._seal_moves(entry, self.run_)
        self._refused_by_database(
            f"DELETE FROM account_move_line_account_tax_rel WHERE account_move_line_id = {taxed.id}"
        )
        self._refused_by_database(
            "UPDATE account_move_line_account_tax_rel SET account_move_line_id ="
            f" {(entry.line_ids - taxed)[:1].id} WHERE account_move_line_id = {taxed.id}"
        )

    def test_replica_mode_does_not_help(self):
        self.env.cr.execute(
            """SELECT tgname, tgenabled FROM pg_trigger
                WHERE tgname LIKE 'mlm_sealed_%' AND NOT tgisinternal"""
        )
        found = self.env.cr.fetchall()
        self.assertEqual(len(found), 5)
        self.assertEqual({enabled for _name, enabled in found}, {"A"})

    def test_error_of_the_database_is_said_in_words(self):
        """Should something get past the checks above, people read the same sentence."""
        for table, model in (
            ("account_move", "account.move"),
            ("account_move_line", "account.move.line"),
        ):
            column = "state" if table == "account_move" else "name"
            where = self.move.id if table == "account_move" else self.owed.id
            error = self._refused_by_database(
                f"UPDATE {table} SET {column} = 'cancel' WHERE id = {where}"
            )
            self.assertEqual(
                (error.diag.constraint_name, error.diag.table_name), (CONSTRAINT, table)
            )
            self.assertRegex(self.env[model]._sql_error_to_message(error), STAYS)

    def test_updates_that_change_nothing_pass(self):
        self.move.with_context(**KEYS).write(
            {"date": str(self.move.date), "state": "posted", "ref": self.move.ref}
        )
        self.owed.write(
            {"partner_id": self.owed.partner_id.id, "credit": 891_000.0, "name": self.owed.name}
        )
        self.env.cr.execute(
            """UPDATE account_move_line SET debit = debit, balance = balance * 1.0,
                      date = date, partner_id = partner_id WHERE move_id = %s""",
            [self.move.id],
        )
        self.assertEqual(self._broken(), set())

    def test_guard_goes_with_the_add_on(self):
        remove_guard(self.env.cr)
        self.env.cr.execute(f"UPDATE account_move_line SET name = 'free' WHERE id = {self.owed.id}")
        self.assertIn("sealed_entries_guarded", self._broken())
        install_guard(self.env.cr)
        self.assertNotIn("sealed_entries_guarded", self._broken())
        self._refused_by_database("UPDATE account_move_line SET name = 'no' WHERE name = 'free'")

    def test_entries_of_earlier_versions_are_sealed(self):
        """The migration seals what was posted before there were seals."""
        self.env.cr.execute("ALTER TABLE mlm_sealed_move DISABLE TRIGGER mlm_append_only_row")
        self.env.cr.execute("DELETE FROM mlm_sealed_move")
        self.env.cr.execute("ALTER TABLE mlm_sealed_move ENABLE ALWAYS TRIGGER mlm_append_only_row")
        self.env.invalidate_all()
        self.assertEqual(self._broken(), {"sealed_entries_guarded", "payable_has_origin"})
        path = misc.file_path("mlm_commission/migrations/19.0.2.2.0/end-20-seal-entries.py")
        runpy.run_path(path)["migrate"](self.env.cr, "19.0.2.1.0")
        seal = self.env["mlm.sealed.move"].search([])
        self.assertEqual((seal.move_id.id, seal.res_id), (self.move.id, self.run_.id))
        self.assertEqual(self._broken(), set())

    # -- every company, every kind of entry ------------------------------------

    def test_entry_of_another_company(self):
        """The seal is of the entry, whatever company, journal or origin it has."""
        second = self.setup_other_company()["company"]
        self.users["books"].company_ids += second
        moves = self.env["account.move"].with_company(second)
        accounts = self.env["account.account"].with_company(second)
        account = accounts.search([("account_type", "=", "expense")], limit=1)
        move = moves.create(
            {
                "move_type": "entry",
                "line_ids": [
                    Command.create({"account_id": account.id, "debit": 10}),
                    Command.create({"account_id": account.id, "credit": 10}),
                ],
            }
        )
        move.action_post()
        self.env["mlm.sealed.move"]._seal_moves(move, second)
        mine = (
            move.with_user(self.users["books"])
            .sudo(False)
            .with_context(allowed_company_ids=(second + self.company).ids)
        )
        words = f"belongs to {second.name} and stays as it was posted. Correct the cause"
        self._refused(mine.write, {"state": "cancel"}, words=words)
        self._refused(mine.line_ids[:1].write, {"name": "x"}, words=words)
        self._refused_by_database(f"UPDATE account_move SET state = 'draft' WHERE id = {move.id}")
        # who works in the first company only sees nothing of it, and changes nothing
        with self.assertRaises(AccessError):
            move.with_user(self.users["accountant"]).sudo(False).write({"state": "cancel"})
