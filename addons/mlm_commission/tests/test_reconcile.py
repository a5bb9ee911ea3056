from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .payable_common import PayableCommon


class TestReconcile(PayableCommon):
    """The accountant settles what is owed; the sealed entry stays as it was posted."""

    def setUp(self):
        super().setUp()
        payment = self._as(self.env["account.payment"], "accountant").create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": self.maria.partner_id.id,
                "destination_account_id": self.payable.id,
                "amount": 891_000,
                "date": "2026-09-10",
                "journal_id": self.bank.id,
            }
        )
        payment.action_post()
        items = payment.move_id.line_ids.sudo()
        self.paid = items.filtered(lambda item: item.account_id == self.payable)

    def _reconcile(self, items, role="accountant"):
        self.env.invalidate_all()
        return self._as(items, role).action_mlm_reconcile()

    def _refused(self, items, words):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            self._reconcile(items)
        self.assertFalse(items.matched_debit_ids | items.matched_credit_ids)

    def test_a_payment_settles_the_debt(self):
        sealed = self.env["mlm.sealed.move"].search([("move_id", "=", self.move.id)])
        message = self._reconcile(self.owed + self.paid)["params"]["message"]
        self.assertEqual(message, "2 journal items are reconciled.")
        self.assertTrue(self.owed.reconciled and self.paid.reconciled)
        self.assertEqual(self.owed.full_reconcile_id, self.paid.full_reconcile_id)
        self.assertEqual(sealed.move_id.state, "posted")
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_what_is_left_is_told(self):
        part = self._item(291_000)
        message = self._reconcile(self.owed + part)["params"]["message"]
        self.assertRegex(message, "^2 journal items are reconciled; 600,000.* stays open.$")
        self.assertEqual(self.owed.amount_residual, -600_000)

    def test_core_takes_it_back(self):
        self._reconcile(self.owed + self.paid)
        items = self._as(self.owed, "accountant").with_context(active_ids=self.owed.ids)
        items.action_unreconcile_match_entries()
        self.assertFalse(self.owed.reconciled or self.paid.reconciled)
        self.assertEqual(self.owed.amount_residual, -891_000)

    def test_one_item_has_nothing_to_settle_it(self):
        self._refused(self.owed, "Choose two journal items or more")

    def test_a_draft_is_posted_first(self):
        draft = self._item(5, post=False)
        self._refused(self.owed + draft, "is not posted. Post it first")

    def test_what_is_reconciled_is_left_out(self):
        self._reconcile(self.owed + self.paid)
        more = self._item(5)
        with self.assertRaisesRegex(UserError, "COM/924/0001.* is reconciled already"):
            self._reconcile(self.owed + more)

    def test_two_accounts(self):
        other = self._item(5, account=self.other_account)
        self._refused(
            self.owed + other, "several accounts: 233520 Commissions payable, 233525 Other payables"
        )

    def test_an_account_on_which_nothing_is_owed(self):
        expense = self._item(5, account=self.expense) + self._item(-5, account=self.expense)
        self._refused(expense, "529505 Commissions are not reconciled")

    def test_two_people(self):
        self._refused(
            self.owed + self._item(5, self.juan.partner_id), "several people: María, Juan"
        )

    def test_nobody(self):
        self._refused(self.owed + self._item(5, self.env["res.partner"]), "names no person")

    def test_one_side(self):
        self._refused(self.owed + self._item(-5), "all on the same side")

    def test_two_companies(self):
        company = self.setup_other_company(name="Second")["company"]
        self.users["accountant"].company_ids += company
        self.payable.write(
            {
                "company_ids": [Command.link(company.id)],
                "code_mapping_ids": [Command.create({"company_id": company.id, "code": "233520"})],
            }
        )
        there = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": self.payable.id,
                                "partner_id": self.maria.partner_id.id,
                                "balance": balance,
                            }
                        )
                        for balance in (5, -5)
                    ],
                }
            )
        )
        there.action_post()
        item = there.line_ids.filtered("debit")
        both = self.owed.with_context(allowed_company_ids=(self.company | company).ids) + item
        with self.assertRaisesRegex(UserError, "several companies: .*Second"):
            both.with_user(self.users["accountant"]).sudo(False).action_mlm_reconcile()

    def test_accountants_only(self):
        for role in ("support", "manager", "approver", "warehouse", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError), self.env.cr.savepoint():
                self._reconcile(self.owed + self.paid, role)
        self.assertFalse(self.owed.reconciled)

    def test_not_of_another_company(self):
        self._stranger("accountant")
        with self.assertRaises(AccessError):
            self._reconcile(self.owed + self.paid, "stranger")
