from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command

from .network_common import NetworkCommon
from .payable_common import PayableCommon

BUCKETS = ("not_due", "late_30", "late_60", "late_90", "older")


class TestPayable(PayableCommon):
    def _rows(self, role="accountant", **domain):
        self.env.flush_all()
        self.env.invalidate_all()
        found = self._as(self.env["mlm.payable"], role).search(
            [(name, "=", value) for name, value in domain.items()]
        )
        return found.filtered(lambda row: row.company_id == self.company)

    def _ages(self, partner=None):
        row = self._rows(partner_id=(partner or self.maria.partner_id).id)
        return tuple(row[name] for name in BUCKETS)

    def test_a_row_says_who_is_owed_what(self):
        for role in ("accountant", "auditor"):
            with self.subTest(role):
                row = self._rows(role)
                self.assertEqual(row.partner_id, self.maria.partner_id)
                self.assertEqual(row.distributor_id, self.maria)
                self.assertEqual(row.document, "1020304050")
                self.assertEqual(row.account_id, self.payable)
                self.assertEqual(row.currency_id, self.company.currency_id)
                self.assertEqual((row.total, row.item_count), (891_000, 1))
                self.assertEqual(row.total, self.maria.mlm_balance)

    def test_commissions_are_due_on_the_pay_day_of_the_cycle(self):
        pay_day = self.run_.period_id.pay_date
        self.assertEqual(self.owed.date_maturity, pay_day)
        self.assertEqual(self._rows().oldest, pay_day)

    def test_each_bucket_begins_and_ends_on_its_day(self):
        """Seen by the network's calendar: it is 1 December in Bogotá from 5:00 UTC."""
        juan = self.juan.partner_id
        for due in ("2026-12-02", "2026-12-01", "2026-11-30", "2026-11-01", "2026-10-31"):
            self._item(-1, juan, due=due)
        for due in ("2026-10-02", "2026-10-01", "2026-09-02", "2026-09-01"):
            self._item(-10, juan, due=due)
        with freeze_time("2026-12-01 05:00:00"):
            self.assertEqual(self._ages(juan), (2, 2, 11, 20, 10))
        with freeze_time("2026-12-01 04:59:59"):
            self.assertEqual(self._ages(juan), (3, 2, 20, 20, 0))

    def test_without_a_due_date_the_date_of_the_item_counts(self):
        self._item(-7, self.juan.partner_id, day="2026-09-10")
        with freeze_time("2026-09-20 12:00:00"):
            self.assertEqual(self._ages(self.juan.partner_id), (0, 7, 0, 0, 0))

    def test_what_was_paid_is_taken_off(self):
        paid = self._item(291_000)
        self.assertEqual(self._rows().total, 600_000)
        (paid + self.owed).reconcile()
        self.assertEqual((self._rows().total, self._rows().item_count), (600_000, 1))
        (self._item(600_000) + self.owed).reconcile()
        self.assertFalse(self._rows())

    def test_drafts_and_other_accounts_are_not_owed(self):
        self._item(-5, post=False)
        self._item(-5, account=self.other_account)
        self.assertEqual(self._rows().total, 891_000)

    def test_an_account_of_before_is_owed_on_too(self):
        """Whoever changes the account in the settings hides no debt."""
        self.company.mlm_payable_account_id = self.other_account
        self._item(-5, account=self.other_account)
        self.assertEqual(
            {row.account_id: row.total for row in self._rows()},
            {self.payable: 891_000, self.other_account: 5},
        )

    def test_items_without_a_person_are_not_lost(self):
        self._item(-5, self.env["res.partner"])
        row = self._rows(partner_id=False)
        self.assertEqual((row.total, row.display_name), (5, "Without a person"))
        items = self.env["account.move.line"].search(row.action_open_items()["domain"])
        self.assertEqual(items.balance, -5)

    def test_a_row_opens_its_items(self):
        self._item(291_000)
        action = self._rows().action_open_items()
        items = self._as(self.env["account.move.line"], "accountant").search(action["domain"])
        self.assertEqual(-sum(items.mapped("amount_residual")), 600_000)

    def test_groups_are_added_up_by_the_database(self):
        self._item(-5, self.juan.partner_id)
        rows = self._as(self.env["mlm.payable"], "accountant")
        groups = rows._read_group([], ["account_id"], ["total:sum", "__count"])
        self.assertEqual(groups, [(self.payable, 891_005, 2)])

    def test_who_may_look_and_nobody_writes(self):
        for role in ("support", "warehouse", "approver", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(self.env["mlm.payable"], role).search([])
        for role in ("accountant", "auditor"):
            for operation in ("write", "create", "unlink"):
                allowed = self._as(self.env["mlm.payable"], role).has_access(operation)
                self.assertFalse(allowed, (role, operation))

    def test_the_accountant_of_another_company_sees_nothing(self):
        self._stranger("accountant")
        self.assertFalse(self._as(self.env["mlm.payable"], "stranger").search([]))


class TestPayableOfNetwork(NetworkCommon):
    """JUAN is owed pesos here, ANA dollars there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        cls.run_ = case._post(case._approved())
        # whoever keeps the books of both companies
        cls.users["both"] = cls._user("auditor", cls.company)
        cls.users["both"].company_ids = [Command.link(cls.second.id)]

    def test_each_accountant_sees_the_own_company(self):
        for name, member in (("books here", self.juan), ("books there", self.ana)):
            with self.subTest(name):
                self.env.invalidate_all()
                rows = self._as(self.env["mlm.payable"], name).search([])
                self.assertEqual(rows.partner_id, member.partner_id)
                self.assertEqual(rows.company_id, member.company_id)
                self.assertEqual(rows.currency_id, member.company_id.currency_id)
                action = self._as(self.run_, name).action_items()
                items = self._as(self.env["account.move.line"], name).search(action["domain"])
                self.assertEqual(items.company_id, member.company_id)
                self.assertEqual(items.partner_id, member.partner_id)

    def test_two_currencies_are_not_added(self):
        rows = self._as(self.env["mlm.payable"], "both").with_context(
            allowed_company_ids=(self.company | self.second).ids
        )
        self.assertEqual(len(rows.search([])), 2)
        ((total,),) = rows._read_group([], [], ["total:sum_currency"])
        self.assertFalse(total)
        by_company = dict(rows._read_group([], ["company_id"], ["total:sum_currency"]))
        self.assertEqual(by_company[self.company], rows.search([], limit=1).total)
