from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal

from .deposit_common import DepositCommon


@freeze_time("2026-09-07 15:00:00")
class TestDeposit(DepositCommon):
    """What came in, what it is proposed to pay, and what one click does."""

    # -- what is listed --------------------------------------------------------

    def test_what_came_in_is_listed_and_nothing_else(self):
        deposit = self._line("JUAN PEREZ")
        self.assertEqual((deposit.amount, deposit.state), (110_900, "open"))
        self.assertEqual(deposit.paid_on, date(2026, 8, 24))
        self.assertFalse(self._line("Fee", amount=-5_000))
        self.bank.mlm_deposits = False
        self.assertFalse(self._line("Loan"))

    def test_a_corrected_bank_line_corrects_its_deposit(self):
        invoice = self._open_invoice()
        deposit = self._line("?", amount=1)
        line = deposit.sudo().statement_line_id
        line.write({"amount": 110_900, "payment_ref": f"PAGO {invoice.name}"})
        self.assertEqual((deposit.amount, deposit.invoice_id), (110_900, invoice))
        deposit.paid_on = "2026-08-23"  # a Sunday, which the bank booked on Monday
        line.payment_ref = f"PAGO DE {invoice.name}"
        self.assertEqual(deposit.paid_on, date(2026, 8, 23))
        line.date = "2026-08-21"
        self.assertEqual(deposit.paid_on, date(2026, 8, 21))
        line.amount = -5
        self.assertFalse(deposit.exists())
        line.amount = 5
        found = self.env["mlm.deposit"].search([("statement_line_id", "=", line.id)])
        self.assertEqual((found.amount, found.state), (5, "open"))

    # -- what is proposed ------------------------------------------------------

    def test_reference_and_amount_propose_the_invoice(self):
        invoice, other = self._open_invoice(), self._open_invoice(self.maria)
        deposit = self._line(f"PAGO {invoice.name.replace('/', ' ')}")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "both"))
        deposit = self._line(f"pago {other.invoice_origin}")
        self.assertEqual(deposit.invoice_id, other)

    def test_code_of_the_buyer_is_a_reference_too(self):
        invoice = self._open_invoice()
        self._open_invoice(self.maria)
        self.assertEqual(self._line("consignacion codigo juan").invoice_id, invoice)
        self.juan.partner_id.name = "José Pérez Gil"
        deposit = self._line("EFECTIVO CALI", partner_name="JOSE PEREZ GIL")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "name"))
        # people choose their own names: somebody looks at it first
        deposit.action_match_sure()
        self.assertEqual(deposit.state, "open")

    def test_money_of_another_currency_pays_nothing(self):
        invoice = self._open_invoice()
        deposit = self._line(f"PAGO {invoice.name}")
        other = self.env["res.currency"].search([("id", "!=", invoice.currency_id.id)], limit=1)
        as_internal(deposit.sudo()).currency_id = other
        self.assertFalse(deposit.invoice_id)
        deposit.chosen_id = invoice
        with self.assertRaisesRegex(UserError, "register the payment"):
            deposit.action_match()

    def test_a_choice_that_is_paid_meanwhile_is_none(self):
        invoice, other = self._open_invoice(), self._open_invoice(self.maria)
        deposit = self._line("EFECTIVO")
        deposit.chosen_id = invoice
        self._line(invoice.name).action_match()
        deposit.invalidate_recordset()
        self.assertEqual((deposit.invoice_id, deposit.agrees), (other, "amount"))

    def test_a_longer_number_or_name_is_another_one(self):
        invoice = self._open_invoice()
        self._open_invoice(self.maria)
        for reference in (f"PAGO {invoice.name}7", "JUANA", "SANJUAN", "5 JUN"):
            self.assertFalse(self._line(reference).agrees, reference)
        for reference in ("Cód. JUAN-CALI", f"pago {invoice.name.replace('/', '')}. gracias"):
            self.assertEqual(self._line(reference).invoice_id, invoice, reference)

    def test_two_documents_of_one_buyer_are_not_guessed(self):
        self._open_invoice()
        self._open_invoice()
        deposit = self._line("JUAN")
        self.assertFalse(deposit.invoice_id or deposit.agrees)

    def test_amount_alone_is_only_a_hint(self):
        invoice = self._open_invoice()
        deposit = self._line("EFECTIVO")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "amount"))
        deposit.action_match_sure()
        self.assertEqual(deposit.state, "open")
        self.assertFalse(self._line("EFECTIVO", amount=110_901).invoice_id)

    # -- one click -------------------------------------------------------------

    def test_paid_on_sunday_counts_in_the_cycle_of_sunday(self):
        """The bank values it on Monday, which is in cycle 925; the operation was on Sunday."""
        invoice = self._open_invoice()
        deposit = self._line(f"PAGO {invoice.name}")
        deposit.paid_on = "2026-08-23"
        deposit.action_match()
        self.assertEqual((deposit.state, deposit.decided_by_id), ("matched", self.clerk))
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[924])

    def test_value_date_counts_where_nobody_says_otherwise(self):
        invoice = self._open_invoice()
        self._line(f"PAGO {invoice.name}").action_match()
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_told_after_the_cycle_closed_counts_in_the_first_open_one(self):
        invoice = self._open_invoice()
        self.cycle[924].action_close()
        deposit = self._line(f"PAGO {invoice.name}")
        deposit.paid_on = "2026-08-23"
        deposit.action_match()
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_order_without_an_invoice_gets_one(self):
        order = self._order(self.juan)
        deposit = self._line(f"pago {order.name}")
        self.assertEqual((deposit.order_id, deposit.agrees), (order, "both"))
        deposit.action_match()
        self.assertEqual(deposit.settled_id, order.invoice_ids)
        self.assertEqual(order.invoice_ids.amount_residual, 0)

    def test_another_invoice_can_be_chosen(self):
        self._open_invoice()
        other = self._open_invoice(self.maria)
        deposit = self._line("JUAN")
        deposit.chosen_id = other
        deposit.action_match()
        self.assertEqual(deposit.settled_id, other)
        with self.assertRaisesRegex(UserError, "Matched"):
            deposit.action_match()
        with self.assertRaisesRegex(UserError, "Matched"):
            deposit.paid_on = "2026-08-20"

    def test_all_that_agree_are_matched_at_once(self):
        invoices = [self._open_invoice(), self._open_invoice(self.maria)]
        deposits = self._line(invoices[0].name) + self._line(invoices[1].name)
        unknown = self._line("?", amount=7)
        # of the role alone, which reads no invoices
        support = new_test_user(self.env, "deposit_support", groups="mlm_base.group_support")
        (deposits + unknown).with_user(support).action_match_sure()
        self.assertEqual(deposits.mapped("state"), ["matched"] * 2)
        self.assertEqual(unknown.state, "open")

    def test_two_lines_of_one_invoice_pay_it_once(self):
        invoice = self._open_invoice()
        first, second = self._line(f"PAGO {invoice.name}"), self._line(f"PAGO {invoice.name}")
        (first + second).action_match_sure()
        self.assertEqual((first.state, second.state), ("matched", "open"))

    def test_a_match_that_is_undone_waits_again(self):
        invoice = self._open_invoice()
        deposit = self._line(f"PAGO {invoice.name}")
        deposit.action_match()
        deposit.sudo().statement_line_id.action_undo_reconciliation()
        self.assertEqual((deposit.state, deposit.invoice_id), ("open", invoice))
        deposit.action_match()
        self.assertEqual(deposit.state, "matched")
        [paid] = self._read(
            f"date,amount,reference\n2026-08-20,110900,{self._open_invoice().name}\n"
        )
        paid.action_match()
        self.assertEqual(paid.state, "matched")
        paid.sudo().payment_id.action_draft()
        self.assertEqual(paid.state, "open")

    def test_money_of_a_broken_reconciliation_pays_once(self):
        invoice = self._open_invoice()
        [deposit] = self._read(f"date,amount,reference\n2026-08-20,110900,{invoice.name}\n")
        deposit.action_match()
        first = deposit.sudo().payment_id
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual((deposit.state, deposit.invoice_id), ("open", invoice))
        deposit.action_match()
        self.assertEqual((deposit.state, invoice.amount_residual), ("matched", 0))
        self.assertEqual((first.state, deposit.sudo().payment_id == first), ("canceled", False))

    def test_the_journal_of_a_file_is_the_only_one_on_which_buyers_pay(self):
        wizards = self.env["mlm.deposit.import"]
        self.assertEqual(wizards.new({}).journal_id, self.bank)
        self.bank.copy().mlm_deposits = True
        self.assertFalse(wizards.new({}).journal_id)

    def test_what_is_more_than_the_invoice_is_matched(self):
        invoice = self._open_invoice()
        [deposit] = self._read("date,amount,reference\n2026-08-20,120000,EFECTIVO\n")
        deposit.chosen_id = invoice
        deposit.action_match()
        self.assertEqual((deposit.state, invoice.amount_residual), ("matched", 0))

    def test_nothing_was_paid_on_a_day_to_come(self):
        deposit = self._line("X")
        with self.assertRaisesRegex(UserError, "in the future"):
            deposit.paid_on = date.today() + timedelta(days=40)

    def test_reconciled_by_the_accountant_is_matched(self):
        deposit = self._line("X")
        _liquidity, suspense, _other = deposit.sudo().statement_line_id._seek_for_lines()
        suspense.account_id = self.company_data["default_account_revenue"]
        self.assertEqual(deposit.state, "matched")
