from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


class TestPaymentAhead(VolumeCommon):
    """A payment ahead of the cycles waits for its own (RULES 47). Cycles 924 to 926,
    17 August to 6 September 2026, are open."""

    def _cron(self):
        self.periods._cron_ensure_periods()
        self._capture()

    @freeze_time("2026-09-01 15:00:00")
    def test_waits_for_its_cycle(self):
        invoice = self._invoice(self._order(self.juan))
        self._pay(invoice, "2026-09-22")
        self._capture()
        self.assertFalse(self._ledger(invoice))
        # cycles exist up to the next one, 927, and it is in none of them
        self.assertEqual(self.periods._last_day(self.network), date(2026, 9, 13))
        self.assertIn("ahead of the cycles", invoice.mlm_not_counted)
        self.assertFalse(invoice.activity_ids)
        self._cron()
        self.assertFalse(self._ledger(invoice))
        with freeze_time("2026-09-15 15:00:00"):
            self._cron()
            invoice.invalidate_recordset()
            entry = self._ledger(invoice)
            self.assertEqual(entry.period_id.number, 929)
            self.assertEqual(self._sum(invoice), (15, 14))
            self.assertFalse(invoice.mlm_not_counted)
        self.assertFalse(self.env["mlm.capture.queue"].search([]))

    @freeze_time("2026-09-01 15:00:00")
    def test_captured_when_somebody_makes_the_cycle(self):
        invoice = self._invoice(self._order(self.juan))
        self._pay(invoice, "2026-09-22")
        self._capture()
        self.periods.create({"number": 929})
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id.number, 929)

    @freeze_time("2026-09-01 15:00:00")
    def test_next_cycle_is_made_for_a_payment(self):
        """Cycles exist up to the next one, also before the job of the day."""
        self.cycle[926].unlink()
        invoice = self._invoice(self._order(self.juan))
        self._pay(invoice, "2026-09-08")
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id.number, 927)

    @freeze_time("2026-09-01 15:00:00")
    def test_payment_corrected_to_today(self):
        invoice = self._invoice(self._order(self.juan))
        payment = self._pay(invoice, "2026-09-22")
        self._capture()
        payment.action_draft()
        payment.date = "2026-08-31"
        payment.action_post()
        receivable = (invoice + payment.move_id).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if not receivable[0].reconciled:
            receivable.reconcile()
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[926])
        self.assertFalse(self.env["mlm.capture.queue"].search([]))

    @freeze_time("2026-09-01 15:00:00")
    def test_returned_before_it_counted(self):
        invoice = self._invoice(self._order(self.juan, quantity=2))
        self._pay(invoice, "2026-09-22")
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-31"}], cancel=False)
        refund.invoice_line_ids.quantity = 1
        refund.action_post()
        self._capture()
        self.assertFalse(self._ledger(invoice) + self._ledger(refund))
        with freeze_time("2026-09-15 15:00:00"):
            self._cron()
        self.assertEqual(self._sum(invoice, refund), (15, 14))

    @freeze_time("2026-09-01 15:00:00")
    def test_credit_note_ahead(self):
        invoice = self._sale(self.juan)
        refund = invoice._reverse_moves([{"invoice_date": "2026-09-22"}], cancel=False)
        refund.action_post()
        self._capture()
        self.assertFalse(self._ledger(refund))
        self.assertIn("ahead of the cycles", refund.mlm_not_counted)
        with freeze_time("2026-09-15 15:00:00"):
            self._cron()
        self.assertEqual(self._ledger(refund).period_id.number, 929)

    @freeze_time("2026-09-01 15:00:00")
    def test_invoice_ahead_where_invoices_count(self):
        self.company.mlm_volume_rule = "invoiced"
        invoice = self._invoice(self._order(self.juan), "2026-09-22")
        self._capture()
        self.assertFalse(self._ledger(invoice))
        self.assertIn("ahead of the cycles", invoice.mlm_not_counted)

    @freeze_time("2026-09-01 15:00:00")
    def test_repaid_later_counts_later(self):
        """Taken back and paid again: it counts by the payment that holds."""
        invoice = self._invoice(self._order(self.juan))
        payment = self._pay(invoice, "2026-08-19")
        self._capture()
        payment.action_draft()
        payment.action_cancel()
        self._capture()
        self._pay(invoice, "2026-09-01")
        self._capture()
        self.assertEqual(
            [entry.period_id.number for entry in self._ledger(invoice)], [924, 924, 926]
        )

    def test_never_an_earlier_cycle(self):
        with freeze_time("2026-09-01 15:00:00"), self.assertRaisesRegex(UserError, "No open"):
            self.periods._accepting(self.network, date(2026, 9, 22))


class TestSettled(VolumeCommon):
    """Settled otherwise than by a payment: the invoice says why it does not count."""

    def _entry(self, account, amount=110_900, partner=None):
        """Journal entry that takes a receivable of JUAN to ``account``."""
        receivable = self.juan.partner_id.property_account_receivable_id
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-08-20",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": (partner or self.juan.partner_id).id,
                            "debit": amount,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": receivable.id,
                            "partner_id": self.juan.partner_id.id,
                            "credit": amount,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        return entry

    def _settle(self, invoice, *others):
        (invoice.union(*others)).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self._capture()

    def _found(self):
        return self.env["account.move"].search([("mlm_is_uncounted", "=", True)])

    def test_written_off(self):
        invoice = self._invoice(self._order(self.juan))
        self.assertFalse(invoice.mlm_not_counted)
        entry = self._entry(self.company_data["default_account_expense"])
        self._settle(invoice, entry)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertFalse(self._ledger(invoice))
        self.assertIn(f"journal entry {entry.display_name}", invoice.mlm_not_counted)
        self.assertEqual(self._found(), invoice)

    def test_netted_with_another_credit_note(self):
        sold = self._sale(self.juan)
        refund = sold._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=False)
        refund.action_post()
        invoice = self._invoice(self._order(self.juan))
        self._settle(invoice, refund)
        self.assertFalse(self._ledger(invoice))
        self.assertIn(f"credit note {refund.display_name}", invoice.mlm_not_counted)
        self.assertEqual(self._found(), invoice)

    def test_reversed_whole_is_not_paid(self):
        invoice = self._invoice(self._order(self.juan))
        invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=True)
        self._capture()
        self.assertIn("credit note", invoice.mlm_not_counted)
        self.assertFalse(self._found())

    def test_paid_invoices_are_not_listed(self):
        invoice = self._sale(self.juan)
        self.assertFalse(invoice.mlm_not_counted)
        self.assertFalse(self._found())
        self.assertIn(invoice, self.env["account.move"].search([("mlm_is_uncounted", "=", False)]))

    def test_open_down_payment(self):
        order = self._order(self.juan)
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 50,
            }
        )
        advance = wizard._create_invoices(order)
        advance.invoice_date = "2026-08-18"
        advance.action_post()
        final = order._create_invoices(final=True)
        final.invoice_date = "2026-08-19"
        final.action_post()
        self._pay(final)
        self._capture()
        self.assertIn(f"down payment {advance.name}", final.mlm_not_counted)

    def test_suspended_buyer(self):
        self.juan._suspend("Test")
        invoice = self._sale(self.juan)
        self.assertIn("terminated or suspended", invoice.mlm_not_counted)

    def test_waiting_with_a_reason(self):
        invoice = self._invoice(self._order(self.juan))
        as_internal(self.periods.search([])).write({"state": "history"})
        self._pay(invoice)
        self._capture()
        self.assertIn("No open cycle", invoice.mlm_not_counted)

    # -- the door for other ways to pay -------------------------------------

    def test_a_bridge_confirms_its_own_payments(self):
        """What a bridge overrides: an entry of its own journal is a payment of its day."""
        original = type(self.env["account.move.line"])._mlm_confirms_payment
        asked = []

        def confirms(line, invoice):
            asked.append((line, invoice))
            return line.move_id.ref == "gift card" or original(line, invoice)

        invoice = self._invoice(self._order(self.juan))
        entry = self._entry(self.company_data["default_account_expense"])
        with patch.object(type(self.env["account.move.line"]), "_mlm_confirms_payment", confirms):
            self._settle(invoice, entry)
            self.assertFalse(self._ledger(invoice))
            entry.ref = "gift card"
            self.env["mlm.capture.queue"]._enqueue(invoice)
            self._capture()
            self.assertEqual(self._sum(invoice), (15, 14))
            self.assertEqual(self._ledger(invoice).period_id, self.cycle[924])
            self.assertFalse(invoice.mlm_not_counted)
        item = entry.line_ids.filtered("credit")
        self.assertEqual(set(asked), {(item, invoice)})

    def test_a_bridge_knows_the_day(self):
        invoice = self._invoice(self._order(self.juan))
        with patch.object(
            type(self.env["account.move.line"]),
            "_mlm_payment_date",
            lambda line: date(2026, 8, 25),
        ):
            self._pay(invoice, "2026-08-19")
            self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])


class TestMatched(VolumeCommon):
    """What was matched says whether an invoice is paid, not what somebody writes there."""

    def setUp(self):
        super().setUp()
        self.invoice = self._invoice(self._order(self.juan))
        self._pay(self.invoice, amount=1)
        self.due = self.invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.paid = self.due.matched_credit_ids.credit_move_id

    def _assert_unpaid(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self._capture()
        self.assertFalse(self._ledger(self.invoice))

    def test_residual_written_by_hand(self):
        self.due.write({"amount_residual": 0, "amount_residual_currency": 0, "reconciled": True})
        self.assertEqual(self.invoice.amount_residual, 0)
        self._assert_unpaid()

    def test_payment_matched_by_more_than_it_is(self):
        rest = self.due.amount_residual
        self.env["account.partial.reconcile"].create(
            {
                "debit_move_id": self.due.id,
                "credit_move_id": self.paid.id,
                "amount": rest,
                "debit_amount_currency": rest,
                "credit_amount_currency": rest,
            }
        )
        self.assertEqual(self.invoice.amount_residual, 0)
        self._assert_unpaid()

    def test_the_larger_payment_is_a_draft(self):
        rest = self._pay(self.invoice)
        self.assertEqual(self.invoice.amount_residual, 0)
        rest.action_draft()
        self._assert_unpaid()
        rest.action_post()
        self._capture()
        self.assertEqual(self._sum(self.invoice), (15, 14))

    def test_matching_moved_to_another_invoice(self):
        """One payment makes one sale count, wherever its matching is moved."""
        self._pay(self.invoice)
        self._capture()
        self.assertEqual(self._sum(self.invoice), (15, 14))
        other = self._invoice(self._order(self.juan))
        due = other.line_ids.filtered(lambda line: line.account_id == self.due.account_id)
        self.due.matched_credit_ids.write({"debit_move_id": due.id})
        self._capture()
        self.assertEqual(self._sum(self.invoice, other), (15, 14))
        self.assertEqual(self._sum(self.invoice), (0, 0))

    def test_state_written_without_a_button(self):
        rest = self._pay(self.invoice)
        self._capture()
        self.assertEqual(self._sum(self.invoice), (15, 14))
        for entry in (rest.move_id, self.invoice):
            for state, volume in (("cancel", (0, 0)), ("posted", (15, 14))):
                entry.write({"state": state})
                self._capture()
                self.assertEqual(self._sum(self.invoice), volume, (entry.move_type, state))
