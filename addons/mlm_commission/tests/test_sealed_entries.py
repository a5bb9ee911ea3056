# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import runpy

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import misc, mute_logger

from ..move_guard import CONSTRAINT, install_guard, remove_guard
from .common import CommissionCommon

STAYS = "COM/924/0001 belongs to .*run .* stays as it was posted"
# Whoever calls from outside may send these; they open core's own guards.
KEYS = {
    "skip_readonly_check": True,
    "force_delete": True,
    "dynamic_unlink": True,
    "skip_invoice_sync": True,
    "skip_account_move_synchronization": True,
    "check_move_validity": False,
    "tracking_disable": True,
    "bypass_lock_check": True,
}


class SealedCommon(CommissionCommon):
    """MARÍA is owed 891,000 of 990,000 by a posted run; an accountant with every right
    that accounting gives, who may edit contacts as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, groups in (
            ("books", "mlm_base.group_accountant,account.group_account_manager"),
            # core lets those merge contacts who give access rights
            (
                "books admin",
                "mlm_base.group_accountant,account.group_account_manager,base.group_erp_manager",
            ),
            (
                "manager admin",
                "mlm_base.group_manager,account.group_account_readonly,base.group_erp_manager",
            ),
        ):
            cls.users[name] = new_test_user(
                cls.env,
                f"commission {name}",
                groups=f"base.group_user,base.group_partner_manager,{groups}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
                lang="en_US",
            )
        case = cls()
        case._balanced_sales(left=2, right=2)
        cls.run_ = case._posted()
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger"})

    def setUp(self):
        super().setUp()
        self.move = self._as(self.run_.chunk_ids.move_id, "books")
        self.owed = self._line(self.payable)
        self.env.flush_all()

    def _line(self, account):
        return self.move.line_ids.filtered(lambda line: line.account_id == account)

    def _broken(self):
        return {one["law"] for one in self.env["mlm.law"]._check_all()}


@tagged("post_install", "-at_install")
class TestSealedEntries(SealedCommon):
    """Nobody rewrites what a run posted, and people read why."""

    def _refused(self, call, *args, words=STAYS, **kwargs):
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            call(*args, **kwargs)
            self.env.flush_all()
        self.env.invalidate_all()

    # -- by the accountant ---------------------------------------------------

    def _move_attacks(self):
        other = self.env["account.journal"].create(
            {"name": "Other", "code": "OTH", "type": "general"}
        )
        return [
            {"state": "cancel"},
            {"state": "draft"},
            {"name": "COM/924/0099"},
            {"ref": "another"},
            {"date": "2026-09-30"},
            {"journal_id": other.id, "name": "/"},
            {"partner_id": self.stranger.id},
            {"move_type": "out_invoice"},
            {"currency_id": self.env.ref("base.CHF").id},
            {"line_ids": [Command.update(self.owed.id, {"partner_id": self.stranger.id})]},
            {"line_ids": [Command.update(self.owed.id, {"credit": 1})]},
            {"line_ids": [Command.delete(self.owed.id)]},
            {"line_ids": [Command.clear()]},
            {"line_ids": [[2, self.owed.id]]},
            {"line_ids": [[5]]},
            {"invoice_line_ids": [Command.create({"name": "x", "account_id": self.payable.id})]},
            {"state": "cancel", "payment_state": "paid"},
        ]

    def _line_attacks(self):
        return [
            {"partner_id": self.stranger.id},
            {"partner_id": False},
            {"account_id": self.withheld.id},
            {"name": "another"},
            {"date_maturity": "2030-01-01"},
            {"debit": 0, "credit": 1},
            {"balance": -1},
            {"amount_currency": -1},
            {"currency_id": self.env.ref("base.CHF").id},
            {"tax_base_amount": 5},
            {"tax_ids": [Command.set(self.tax.ids)]},
            {"tax_line_id": self.tax.id},
            {"tax_repartition_line_id": self.tax.refund_repartition_line_ids[-1:].id},
            {"parent_state": "cancel"},
            {"move_id": self.move.copy().id},
        ]

    def test_writing_the_entry(self):
        for vals in self._move_attacks():
            with self.subTest(vals=vals):
                self._refused(self.move.write, vals)
                self._refused(self.move.with_context(**KEYS).write, vals)

    def test_writing_its_items(self):
        for vals in self._line_attacks():
            with self.subTest(vals=vals):
                self._refused(self.owed.write, vals)
                self._refused(self.owed.with_context(**KEYS).write, vals)

    def test_calls_from_outside(self):
        """As `/web/dataset/call_kw` and the external API call it, context included."""
        for model, ids, method, args in (
            ("account.move", self.move.ids, "write", [{"state": "cancel"}]),
            ("account.move", self.move.ids, "web_save", [{"state": "cancel"}, {}]),
            ("account.move", self.move.ids, "unlink", []),
            ("account.move", self.move.ids, "button_draft", []),
            ("account.move", self.move.ids, "button_cancel", []),
            ("account.move.line", self.owed.ids, "write", [{"credit": 5}]),
            ("account.move.line", self.owed.ids, "unlink", []),
        ):
            for context in ({}, KEYS):
                with self.subTest(model=model, method=method, context=context):
                    target = self.env[model].with_user(self.users["books"]).sudo(False)
                    self._refused(call_kw, target, method, [ids, *args], {"context": dict(context)})

    def test_deleting_and_adding(self):
        lines = self.env["account.move.line"].with_user(self.users["books"]).sudo(False)
        values = {"account_id": self.payable.id, "name": "x", "move_id": self.move.id}
        for keys in ({}, KEYS):
            self._refused(self.move.with_context(**keys).unlink)
            self._refused(self.owed.with_context(**keys).unlink)
            self._refused(lines.with_context(**keys).create, [values])
            del values["move_id"]
            self._refused(lines.with_context(**keys, default_move_id=self.move.id).create, [values])
            values["move_id"] = self.move.id
        foreign = self.move.copy().line_ids[:1]
        self._refused(foreign.with_context(**KEYS).write, {"move_id": self.move.id})

    def test_import_of_a_file(self):
        for model, record, columns in (
            ("account.move", self.move, {"state": "cancel"}),
            ("account.move", self.move, {"date": "2026-09-30"}),
            ("account.move", self.move, {"line_ids/.id": self.owed.id, "line_ids/credit": "1"}),
            ("account.move.line", self.owed, {"partner_id/.id": str(self.stranger.id)}),
            ("account.move.line", self.owed, {"credit": "1"}),
        ):
            with self.subTest(model=model, columns=columns):
                result = (
                    self.env[model]
                    .with_user(self.users["books"])
                    .sudo(False)
                    .with_context(**KEYS)
                    .load([".id", *columns], [[str(record.id), *map(str, columns.values())]])
                )
                self.assertFalse(result["ids"])
                self.assertRegex(str(result["messages"]), STAYS)
        self.env.invalidate_all()
        self.assertEqual((self.move.state, self.owed.credit), ("posted", 891_000))

    def test_wizards(self):
        books = self.users["books"]
        reversal = (
            self.env["account.move.reversal"]
            .with_user(books)
            .sudo(False)
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"journal_id": self.move.journal_id.id})
        )
        self._refused(reversal.reverse_moves)
        self._refused(reversal.refund_moves)
        self._refused(reversal.modify_moves)
        resequence = (
            self.env["account.resequence.wizard"]
            .with_user(books)
            .sudo(False)
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"ordering": "keep", "first_name": "COM/924/0500"})
        )
        self._refused(resequence.resequence)

    def test_remedy_is_told(self):
        with self.assertRaisesRegex(
            UserError, "Correct the cause .*the next run takes it into account"
        ):
            self.move.button_draft()
        with self.assertRaisesRegex(UserError, "COM/924/0001 .*924.* run"):
            self.move.unlink()

    def test_merge_of_accounts(self):
        """Core writes it by SQL: what would book the sealed items elsewhere is refused."""
        other = self.env["account.account"].create(
            {"code": "233599", "name": "Other", "account_type": "liability_payable"}
        )
        wizard = self.env["account.merge.wizard"].with_user(self.users["books"]).sudo(False)
        self._refused(wizard._action_merge, other + self.payable, words="COM/924/0001, which stays")
        wizard._action_merge((self.payable + other).with_user(self.users["books"]).sudo(False))
        self.assertEqual(self.owed.account_id, self.payable)

    def test_split_of_an_account(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids += second
        self.payable.with_company(second).write(
            {"code": "233520", "company_ids": [Command.link(second.id)]}
        )
        self._refused(
            self.payable.with_company(second)._action_unmerge, words="COM/924/0001, which stays"
        )

    # -- contacts ------------------------------------------------------------

    def _merge(self, user, keep, gone):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user).sudo(False)
        wizard._merge((keep + gone).ids, keep)

    def test_merge_of_a_payee(self):
        payee = self.maria.partner_id
        self._refused(
            self._merge,
            self.users["books admin"],
            self.stranger,
            payee,
            words="was paid commissions .COM/924/0001.*Manager",
        )
        self.assertEqual(self.owed.partner_id, payee)
        self._merge(self.users["manager admin"], self.stranger, payee)
        self.env.invalidate_all()
        self.assertEqual(self.move.line_ids.partner_id, self.stranger)
        self.assertEqual(self.maria.partner_id, self.stranger)
        proof = self.env["mlm.contact.merge"].search([])
        self.assertEqual((proof.source_id, proof.target_id), (payee.id, self.stranger.id))
        self.assertEqual(proof.author_id, self.users["manager admin"])
        self.assertEqual(self._broken(), set())
        self.assertEqual(self.run_._audit()["differences"], [])

    def test_merge_into_a_payee(self):
        payee = self.maria.partner_id
        self._merge(self.users["books admin"], payee, self.stranger)
        self.assertEqual(self.owed.partner_id, payee)
        self.assertFalse(self.env["mlm.contact.merge"].search_count([]))

    def test_door_of_a_merge_is_narrow(self):
        """It lets one person become another one, and nothing else of the entry change."""
        target = self.env["res.partner"].create({"name": "Target"})
        self.env["mlm.contact.merge"]._open_guard(self.maria.partner_id, target)
        for change in (
            f"partner_id = {self.stranger.id}",
            f"partner_id = {target.id}, credit = 5",
            "credit = 5",
        ):
            self._refused_by_database(
                f"UPDATE account_move_line SET {change} WHERE id = {self.owed.id}"
            )
        self.env.cr.execute(
            f"UPDATE account_move_line SET partner_id = {target.id} WHERE id = {self.owed.id}"
        )
        # the record of a merge that did not happen is found
        self.assertIn("sealed_entries_guarded", self._broken())
        self.assertIn("entries_match_statements", self._broken())

    def test_old_record_of_a_merge_opens_nothing(self):
        self.env.cr.execute(
            """INSERT INTO mlm_contact_merge
                      (company_id, source_id, target_id, transaction, author_id, recorded_at)
               VALUES (%s, %s, %s, txid_current() - 1, 1, now())""",
            [self.company.id, self.maria.partner_id.id, self.stranger.id],
        )
        self._refused_by_database(
            f"UPDATE account_move_line SET partner_id = {self.stranger.id}"
            f" WHERE id = {self.owed.id}"
        )

    # -- who may say that an entry is sealed -----------------------------------

    def test_seal_is_nobodys_to_write(self):
        seal = self.env["mlm.sealed.move"].search([("move_id", "=", self.move.id)])
        self.assertEqual((seal.name, seal.date), (self.move.name, self.move.date))
        draft = self.move.copy()
        values = {
            "move_id": draft.id,
            "company_id": self.company.id,
            "res_model": "mlm.run",
            "res_id": self.run_.id,
            "name": "x",
            "date": "2026-09-04",
            "journal_id": draft.journal_id.id,
        }
        merge = {
            "company_id": self.company.id,
            "source_id": 1,
            "target_id": 2,
            "transaction": 3,
        }
        for role in ("books", "manager", "approver", "auditor"):
            mine = self._as(seal, role)
            with self.subTest(role=role):
                for call in (
                    lambda mine=mine: mine.write({"move_id": draft.id}),
                    mine.unlink,
                    lambda mine=mine: mine.create(values),
                    lambda mine=mine: mine.env["mlm.contact.merge"].create(merge),
                ):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        call()
        # not by the system either: a seal comes from the work that posts
        with self.assertRaises(AccessError):
            self.env["mlm.sealed.move"].sudo().create(values)
        with self.assertRaises(AccessError):
            self.env["mlm.contact.merge"].sudo().create(merge)
        for statement in (
            "UPDATE mlm_sealed_move SET move_id = move_id + 1",
            "DELETE FROM mlm_sealed_move",
            "TRUNCATE mlm_sealed_move",
            "UPDATE mlm_contact_merge SET transaction = 1 WHERE true",
        ):
            if "contact" in statement:
                self.env["mlm.contact.merge"]._open_guard(self.maria.partner_id, self.stranger)
            self._refused_by_database(statement)

    def test_sealing_again_keeps_the_first_seal(self):
        seals = self.env["mlm.sealed.move"]
        first = seals.search([]).ids
        seals._seal_moves(self.move.sudo(), self.run_)
        self.assertEqual(seals.search([]).ids, first)

    def test_draft_is_not_sealed(self):
        with self.assertRaises(ValueError):
            self.env["mlm.sealed.move"]._seal_moves(self.move.copy().sudo(), self.run_)

    # -- by SQL ----------------------------------------------------------------

    def _refused_by_database(self, statement):
        self.env.flush_all()
        with (
            self.subTest(statement),
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.RestrictViolation) as caught,
            self.env.cr.savepoint(flush=False),
        ):
            self.env.cr.execute(statement)
        return caught.exception

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
        path = misc.file_path("mlm_commission/migrations/19.0.2.2.0/post-20-seal-entries.py")
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
        opening = self.env["mlm.opening.import"].create(
            {"name": "Old system", "company_id": second.id}
        )
        self.env["mlm.sealed.move"]._seal_moves(move, opening)
        mine = (
            move.with_user(self.users["books"])
            .sudo(False)
            .with_context(allowed_company_ids=(second + self.company).ids)
        )
        words = "belongs to Old system and stays as it was posted. Take the opening back"
        self._refused(mine.write, {"state": "cancel"}, words=words)
        self._refused(mine.line_ids[:1].write, {"name": "x"}, words=words)
        self._refused_by_database(f"UPDATE account_move SET state = 'draft' WHERE id = {move.id}")
        # who works in the first company only sees nothing of it, and changes nothing
        with self.assertRaises(AccessError):
            move.with_user(self.users["accountant"]).sudo(False).write({"state": "cancel"})


@tagged("post_install", "-at_install")
class TestSealedEntriesWork(SealedCommon):
    """What accounting does with a sealed entry goes on."""

    def _pay_out(self, amount=891_000):
        payment = (
            self.env["account.payment"]
            .with_user(self.users["books"])
            .sudo(False)
            .create(
                {
                    "payment_type": "outbound",
                    "partner_type": "supplier",
                    "partner_id": self.maria.partner_id.id,
                    "destination_account_id": self.payable.id,
                    "amount": amount,
                    "date": "2026-09-10",
                    "journal_id": self.bank.id,
                }
            )
        )
        payment.action_post()
        return payment

    def test_payment_is_matched_and_unmatched(self):
        payment = self._pay_out()
        paid = payment.move_id.line_ids.filtered(lambda line: line.account_id == self.payable)
        (self.owed + paid).reconcile()
        self.assertTrue(self.owed.reconciled and self.owed.full_reconcile_id)
        self.assertEqual((self.owed.amount_residual, self.maria.mlm_balance), (0, 0))
        self.assertEqual(self._broken(), set())
        self.owed.remove_move_reconcile()
        self.assertFalse(self.owed.reconciled)
        self.assertEqual(self.owed.amount_residual, -891_000)
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(self._broken(), set())
        self.assertEqual(self.run_._audit()["differences"], [])

    def test_payment_wizard(self):
        wizard = (
            self.env["account.payment.register"]
            .with_user(self.users["books"])
            .sudo(False)
            .with_context(active_model="account.move.line", active_ids=self.owed.ids)
            .create({"payment_date": "2026-09-10", "journal_id": self.bank.id, "amount": 400_000})
        )
        wizard._create_payments()
        self.assertEqual(self.owed.amount_residual, -491_000)
        self.assertEqual(self._broken(), set())

    def test_bank_statement(self):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "amount": -891_000,
                "date": "2026-09-11",
                "partner_id": self.maria.partner_id.id,
                "payment_ref": "Transfer",
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.payable
        (suspense + self.owed).reconcile()
        self.assertTrue(self.owed.reconciled)
        self.assertEqual(self._broken(), set())
        line.action_undo_reconciliation()
        self.assertFalse(self.owed.reconciled)

    def _settle(self, invoice, payer, more=0):
        due = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        amount = due.balance
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-09-10",
                "line_ids": [
                    Command.create(
                        {"account_id": account.id, "partner_id": partner.id, "balance": balance}
                    )
                    for account, partner, balance in (
                        (due.account_id, invoice.partner_id, -amount),
                        (self.payable, payer, amount + more),
                        (self.expense, payer, -more),
                    )
                    if balance
                ],
            }
        )
        entry.action_post()
        (entry.line_ids[0] + due).reconcile()
        return entry

    def test_settlement_with_an_invoice(self):
        """What MARÍA is owed pays her invoice: a listed origin."""
        invoice = self._invoice(self._order(self.maria))
        entry = self._settle(invoice, self.maria.partner_id)
        (entry.line_ids[1] + self.owed).reconcile()
        self.assertEqual(self.owed.amount_residual, -891_000 + invoice.amount_total)
        self.assertEqual(self._broken(), set())

    def test_settlement_for_a_customer(self):
        """JUAN pays what CLARA bought from him; nobody else's commissions do."""
        self._settle(self._invoice(self._order(self.clara)), self.juan.partner_id)
        self.assertEqual(self._broken(), set())
        self._settle(self._invoice(self._order(self.clara)), self.stranger)
        self.assertEqual(self._broken(), {"payable_has_origin"})

    def test_settlement_with_something_more(self):
        self._settle(self._invoice(self._order(self.maria)), self.maria.partner_id, more=50)
        self.assertEqual(self._broken(), {"payable_has_origin"})

    def test_foreign_entry_and_its_reversal(self):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-09-10",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.maria.partner_id.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in ((self.payable, -500), (self.expense, 500))
                ],
            }
        )
        entry.action_post()
        found = self.env["mlm.law"]._check_all()
        self.assertEqual([one["law"] for one in found], ["payable_has_origin"])
        self.assertIn(entry.name, found[0]["detail"])
        self.assertIn("500", found[0]["detail"])
        entry._reverse_moves([{"date": entry.date}], cancel=True)
        self.assertEqual(self._broken(), set())

    def _foreign_entry(self, journal=None):
        """What is owed to MARÍA is booked to somebody else, by whoever keeps the books."""
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-09-10",
                "journal_id": (journal or self.company_data["default_journal_misc"]).id,
                "line_ids": [
                    Command.create(
                        {"account_id": self.payable.id, "partner_id": one.id, "balance": balance}
                    )
                    for one, balance in ((self.maria.partner_id, 500), (self.stranger, -500))
                ],
            }
        )
        entry.action_post()
        return entry

    def test_foreign_entry_linked_to_a_payment(self):
        """Links that people can write make no entry a payment or a difference of exchange."""
        payment = self._pay_out(100)
        paid = payment.move_id.line_ids.filtered(lambda line: line.account_id == self.payable)
        (self.owed + paid).reconcile()
        self.assertEqual(self._broken(), set())
        for call, args in (
            (paid.matched_credit_ids.write, lambda entry: {"exchange_move_id": entry.id}),
            (payment.write, lambda entry: {"move_id": entry.id}),
        ):
            with self.subTest(call=call), self.env.cr.savepoint() as savepoint:
                call(args(self._foreign_entry(self.bank)))
                self.env.flush_all()
                self.assertEqual(self._broken(), {"payable_has_origin"})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_payment_that_books_more_than_it_pays(self):
        """One peso leaves the bank, and five hundred pass from MARÍA to somebody else."""
        payment = self._pay_out(1)
        entry = payment.move_id
        entry.button_draft()
        for debit, credit in ((self.payable, self.payable), (self.expense, self.payable)):
            with self.subTest(debit=debit.name), self.env.cr.savepoint() as savepoint:
                entry.with_context(skip_account_move_synchronization=True).line_ids = [
                    Command.create(
                        {"account_id": account.id, "partner_id": one.id, "balance": balance}
                    )
                    for account, one, balance in (
                        (debit, self.maria.partner_id, 500),
                        (credit, self.stranger, -500),
                    )
                ]
                entry.action_post()
                self.env.flush_all()
                self.assertEqual(self._broken(), {"payable_has_origin"})
                savepoint.rollback()
                self.env.invalidate_all()
        entry.action_post()
        self.assertEqual(self._broken(), set())

    def test_residuals_written_by_hand(self):
        """Commissions that look paid, and a payment that pays twice: nothing stops it, the
        law finds it."""
        paid = self._pay_out(100).move_id.line_ids.filtered(
            lambda line: line.account_id == self.payable
        )
        values = {"debit_move_id": paid.id, "credit_move_id": self.owed.id, "amount": 891_000}
        values |= {"debit_amount_currency": 891_000, "credit_amount_currency": 891_000}
        for change in (
            lambda: self.owed.write(
                {"amount_residual": 0, "amount_residual_currency": 0, "reconciled": True}
            ),
            lambda: self.env["account.partial.reconcile"].create(values),
        ):
            with self.env.cr.savepoint() as savepoint:
                change()
                self.env.flush_all()
                self.assertTrue(self.owed.reconciled)
                self.assertEqual(self._broken(), {"matching_adds_up"})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_hash(self):
        self.company.mlm_journal_id.restrict_mode_hash_table = True
        self.move.button_hash()
        self.assertTrue(self.move.inalterable_hash)
        self.assertEqual(self._broken(), set())

    def test_lock_dates(self):
        self.company.fiscalyear_lock_date = "2026-09-30"
        self.company.hard_lock_date = "2026-09-30"
        self.assertEqual(self.move.state, "posted")
        payment = self._pay_out()
        self.assertNotEqual(payment.move_id.state, "draft")
        self.assertEqual(self._broken(), set())

    def test_notes_followers_analytic(self):
        self.move.message_post(body="checked")
        self.move.message_subscribe(self.stranger.ids)
        self.move.narration = "seen"
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        analytic = self.env["account.analytic.account"].create({"name": "A", "plan_id": plan.id})
        self._line(self.expense).analytic_distribution = {str(analytic.id): 100}
        self.env.flush_all()
        self.assertEqual(self._broken(), set())

    def test_crons_of_accounting(self):
        cron = self.env.ref("account.ir_cron_auto_post_draft_entry")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._broken(), set())

    def test_other_entries_are_free(self):
        entry = self.move.copy()
        entry.line_ids[0].name = "changed"
        entry.action_post()
        entry.button_draft()
        entry.unlink()

    def test_settings_changed_later(self):
        """Another account from now on does not make what was posted wrong."""
        self.company.mlm_expense_account_id = self.expense.copy()
        self.company.mlm_payable_account_id = self.payable.copy()
        self.env.flush_all()
        self.assertEqual(self._broken(), set())
        self.assertEqual(self.run_._audit()["differences"], [])

    def test_membership_transferred_afterwards(self):
        """The entry stays in the name of who held the membership in the cycle."""
        self.maria._transfer(self.stranger, "Sold")
        self.assertEqual(self.owed.partner_id, self.run_.statement_ids.partner_id)
        self.assertEqual(self._broken(), set())


@tagged("post_install", "-at_install")
class TestLawsOfEntries(SealedCommon):
    """The second line: with the guard taken off, the laws and the audit find it."""

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
        """`./mlm check` names the law and the entry, `./mlm audit` the difference."""
        found = self.env["mlm.law"]._check_all()
        self.assertEqual({one["law"] for one in found}, set(laws))
        told = "\n".join(f"{one['subject']} {one['detail']}" for one in found)
        self.assertRegex(told, words)
        audit = self._as(self.env["mlm.run.audit"], "auditor")._request(self.run_)
        self.assertEqual(audit.state, "different")
        self.assertEqual(set(audit.difference_ids.mapped("kind")), {"entry"})
        self.assertRegex("\n".join(audit.difference_ids.mapped("text")), words)

    BOTH = ("sealed_entries_kept", "entries_match_statements")

    def test_nothing(self):
        self.assertEqual(self._broken(), set())
        audit = self._as(self.env["mlm.run.audit"], "auditor")._request(self.run_)
        self.assertEqual(audit.state, "clean")

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
