from odoo import Command

from .common import CommissionCommon


class TestSettlement(CommissionCommon):
    """Whoever pays an invoice from commissions owed has paid it (RULES 46)."""

    def _settle(self, invoice, *debits):
        """Entry that settles ``invoice`` by these debits: (account, contact, amount)."""
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-08-20",
                "line_ids": [
                    Command.create(
                        {"account_id": account.id, "partner_id": partner.id, "debit": amount}
                    )
                    for account, partner, amount in debits
                ]
                + [
                    Command.create(
                        {
                            "account_id": receivable.account_id.id,
                            "partner_id": invoice.partner_id.id,
                            "credit": sum(amount for *__, amount in debits),
                        }
                    )
                ],
            }
        )
        entry.action_post()
        (receivable + entry.line_ids.filtered("credit")).reconcile()
        self._capture()
        return entry

    def test_own_commissions_are_a_payment(self):
        invoice = self._invoice(self._order(self.juan))
        entry = self._settle(invoice, (self.payable, self.juan.partner_id, 110_900))
        self.assertEqual(self._sum(invoice), (15, 14))
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[924])
        self.assertFalse(invoice.mlm_not_counted)
        entry.button_draft()
        self._capture()
        self.assertEqual(self._sum(invoice), (0, 0))

    def test_account_of_the_settings_changed_later(self):
        """Commissions are owed on the account of before as well, where a run has posted."""
        self._balanced_sales()
        self._posted()
        invoice = self._invoice(self._order(self.maria), "2026-08-25")
        self._settle(invoice, (self.payable, self.maria.partner_id, 110_900))
        self.assertEqual(self._sum(invoice), (15, 14))
        balance = self.maria.mlm_balance
        self.company.mlm_payable_account_id = self.payable.copy()
        invoice._mlm_enqueue()
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))
        self.env.invalidate_all()
        self.assertEqual(self.maria.mlm_balance, balance)

    def test_the_distributor_pays_for_the_customer(self):
        invoice = self._invoice(self._order(self.clara, price_unit=140_000))
        self._settle(invoice, (self.payable, self.juan.partner_id, 140_000))
        self.assertEqual(self._sum(invoice), (15, 14))

    def test_somebody_else_s_commissions_are_none(self):
        invoice = self._invoice(self._order(self.juan))
        entry = self._settle(invoice, (self.payable, self.maria.partner_id, 110_900))
        self.assertFalse(self._ledger(invoice))
        self.assertIn(entry.display_name, invoice.mlm_not_counted)

    def test_another_payable_account_is_none(self):
        other = self.payable.copy({"code": "233599"})
        invoice = self._invoice(self._order(self.juan))
        self._settle(invoice, (other, self.juan.partner_id, 110_900))
        self.assertFalse(self._ledger(invoice))

    def test_write_off_in_the_same_entry(self):
        invoice = self._invoice(self._order(self.juan))
        self._settle(
            invoice,
            (self.payable, self.juan.partner_id, 10_900),
            (self.expense, self.juan.partner_id, 100_000),
        )
        self.assertFalse(self._ledger(invoice))
        self.assertTrue(invoice.mlm_not_counted)

    def test_part_from_the_balance_part_by_the_bank(self):
        invoice = self._invoice(self._order(self.juan))
        self._settle(invoice, (self.payable, self.juan.partner_id, 10_900))
        self.assertFalse(self._ledger(invoice))
        self._pay(invoice, "2026-08-25")
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])
