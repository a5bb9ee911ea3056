# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import Command
from odoo.tests import tagged

from .sealed_common import SealedCommon


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
        self.assertEqual(self.env["mlm.law"]._find_in_entries(self.run_), [])

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
        self.assertEqual(self.env["mlm.law"]._find_in_entries(self.run_), [])

    def test_membership_transferred_afterwards(self):
        """The entry stays in the name of who held the membership in the cycle."""
        self.maria._transfer(self.stranger, "Sold")
        self.assertEqual(self.owed.partner_id, self.run_.statement_ids.partner_id)
        self.assertEqual(self._broken(), set())
