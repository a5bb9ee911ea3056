# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .month_common import MonthCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestExcess(MonthCommon):
    """What was withheld in excess is given back and offset in the return."""

    def setUp(self):
        super().setUp()
        self.run_ = self._run()
        self.item = self._item(self.run_.chunk_ids.move_id)

    def _ask(self, amount=9_000, role="accountant", **values):
        asked = self._as(self.env["mlm.co.excess"], role).create(
            {
                "distributor_id": self.maria.id,
                "item_id": self.item.id,
                "amount_input": amount,
                "requested_on": "2026-09-20",
                "document": "UERG",
                "reason": "She is no commission agent",
                "accounting_date": "2026-09-25",
                **values,
            }
        )
        return asked.with_env(self.env)

    def _approve(self, asked):
        self._as(asked, "approver").action_approve()
        self.env.invalidate_all()

    def test_second_person_posts_it_and_the_draft_offsets_it(self):
        asked = self._ask()
        self.assertEqual(asked.left, 99_000)
        self._approve(asked)
        found = {line.account_id: line.balance for line in asked.move_id.line_ids}
        self.assertEqual(found, {self.withheld: 9_000, self.payable: -9_000})
        self.assertEqual(asked.move_id.line_ids.partner_id, self.maria.partner_id)
        self.assertEqual(self._item(asked.move_id).tax_line_id, self.tax)
        (row,) = self._draft().line_ids
        self.assertEqual(
            (row.origin, row.concept, row.person, row.base, row.withheld),
            ("commissions", "commissions", "natural", 990_000, 90_000),
        )
        self.assertEqual(asked.left, 90_000)
        self.assertFalse(self.env["mlm.law"]._check_all())
        with self.assertRaisesRegex(UserError, "Take the refund back"):
            asked.move_id.button_draft()

    def test_ica_is_offset_in_its_municipality(self):
        item = self._item(self.run_.chunk_ids.move_id, self.ica_account)
        self._approve(self._ask(563, item_id=item.id))
        (row,) = self._draft("ica").line_ids
        self.assertEqual((row.municipality_id, row.withheld), (self.bogota, 9_000))

    def test_no_more_than_was_withheld(self):
        with self.assertRaisesRegex(UserError, "99,000.*is more"):
            self._ask(99_001)
        first, second = self._ask(60_000), self._ask(60_000)
        self._approve(first)
        with self.assertRaisesRegex(UserError, "39,000.*is more"):
            self._approve(second)
        self._as(second, "accountant").amount_input = 39_000
        self._approve(second)
        self.assertEqual(second.left, 0)

    def test_of_an_item_that_withheld_from_the_person(self):
        bill = self._bill()
        expense = self.run_.chunk_ids.move_id.line_ids.filtered(
            lambda line: line.account_id == self.expense
        )
        for values in (
            {"distributor_id": self.juan.id},
            {"item_id": expense.id},
            {"item_id": self._item(bill).id},
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "withheld nothing"):
                self._ask(**values)
        done = self._ask()
        self._approve(done)
        with self.assertRaisesRegex(UserError, "withheld nothing"):
            self._ask(item_id=self._item(done.move_id).id)

    def test_nobody_decides_alone(self):
        self.users["accountant"].group_ids += self.env.ref("mlm_base.group_approver")
        asked = self._ask()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(asked, "accountant").action_approve()
        for role in ("manager", "auditor", "second accountant"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(asked, role).action_approve()
        for role in ("manager", "auditor", "approver", "support"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._ask(role=role)
        self._as(asked, "approver").action_refuse()
        self.assertEqual(asked.state, "refused")
        with self.assertRaisesRegex(UserError, "Refused"):
            self._approve(asked)
        with self.assertRaisesRegex(UserError, "Refused"):
            self._as(asked, "accountant").amount_input = 1

    def test_the_approver_finds_it_on_the_first_page(self):
        self._ask()
        for role, waits in (("approver", True), ("accountant", False)):
            board = self._as(self.env["mlm.today"], role).get_board("commissions")
            (card,) = [one for one in board["cards"] if one["code"] == "co_excess"]
            self.assertEqual((card["count"], card["waits"]), (1, waits))

    def test_the_written_request_is_attached(self):
        with self.assertRaisesRegex(UserError, "attach it"):
            self._approve(self._ask(document=False))

    def test_a_later_year_needs_the_statement_of_the_person(self):
        asked = self._ask(accounting_date="2027-01-20")
        with self.assertRaisesRegex(UserError, "2026.*neither was nor will be"):
            self._approve(asked)
        self._as(asked, "accountant").not_claimed = True
        self._approve(asked)
        self.assertEqual(asked.move_id.date, date(2027, 1, 20))

    def test_a_filed_month_needs_consent(self):
        asked = self._ask()
        self._as(self.env["mlm.co.filing"], "second accountant").create(
            {
                "form": "350",
                "date_from": "2026-09-01",
                "date_to": "2026-09-30",
                "number": "3501",
            }
        )
        with self.assertRaisesRegex(UserError, "which is filed"):
            self._approve(asked)
        action = self._as(asked, "second accountant").action_allow_date()
        wizard = self.env["mlm.date.allow"].with_context(**action["context"])
        self._as(wizard, "second accountant").create(
            {"reason": "The return is corrected"}
        ).action_allow()
        self._approve(asked)
        self.assertEqual(asked.state, "posted")

    def test_taken_back(self):
        asked = self._ask()
        self._approve(asked)
        action = self._as(asked, "accountant").action_take_back()
        back = self._as(self.env["mlm.co.excess"].browse(action["res_id"]), "accountant")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            back.amount_input = -1
        back.accounting_date = "2026-09-28"
        self._approve(back)
        (row,) = self._draft().line_ids
        self.assertEqual(row.withheld, 99_000)
        self.assertEqual(asked.left, 99_000)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_what_was_taken_back_is_not_refunded(self):
        prize = self._as(self.env["mlm.adjustment"], "manager").create(
            {"distributor_id": self.maria.id, "amount_input": 100_000, "reason": "Prize"}
        )
        self._as(prize, "approver").action_approve()
        action = self._as(prize, "manager").action_take_back()
        back = self.env["mlm.adjustment"].browse(action["res_id"])
        self._as(back, "approver").action_approve()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "was taken back"):
            self._ask(100, item_id=self._item(prize.move_id).id)

    def test_what_was_refunded_is_not_taken_back_with_its_adjustment(self):
        prize = self._as(self.env["mlm.adjustment"], "manager").create(
            {"distributor_id": self.maria.id, "amount_input": 100_000, "reason": "Prize"}
        )
        self._as(prize, "approver").action_approve()
        refund = self._ask(100, item_id=self._item(prize.move_id).id)
        self._approve(refund)
        action = self._as(prize, "manager").action_take_back()
        back = self.env["mlm.adjustment"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "Take the refund back first"):
            self._as(back, "approver").action_approve()
        action = self._as(refund, "accountant").action_take_back()
        self._approve(self.env["mlm.co.excess"].browse(action["res_id"]))
        self._as(back, "approver").action_approve()
        self.assertEqual(back.state, "posted")

    def test_law_finds_another_amount(self):
        asked = self._ask()
        self._approve(asked)
        self.env.cr.execute(
            "UPDATE mlm_co_excess SET amount_e4 = amount_e4 * 2 WHERE id = %s", [asked.id]
        )
        self.assertIn("excess_adds_up", str(self.env["mlm.law"]._check_all()))
