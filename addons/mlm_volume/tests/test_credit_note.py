from odoo.exceptions import UserError

from .credit_common import CreditCommon


class TestCreditNote(CreditCommon):
    """Goods that come back and money that is given back (RULES 1 and 43)."""

    # -- goods or money ------------------------------------------------------

    def test_goods_take_pv_and_cv_in_proportion(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=3)
        self.assertEqual(refund.invoice_line_ids.mlm_return, "goods")
        self.assertEqual(self._sum(refund), (-45, -42))

    def test_a_tenth_of_the_price_without_goods(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, post=False, price_unit=11_090)
        self.assertFalse(refund.invoice_line_ids.mlm_return)
        refund.invoice_line_ids.mlm_return = "money"
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(refund), (0, -14))
        self.assertEqual(self._sum(invoice, refund), (150, 126))

    def test_a_tenth_of_the_price_as_a_discount(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, post=False, discount=90)
        refund.invoice_line_ids.mlm_return = "money"
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(refund), (0, -14))

    def test_lower_price_asks(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, post=False, price_unit=11_090)
        with self.assertRaisesRegex(UserError, "Product 501.*Returned"):
            refund.action_post()
        refund.invoice_line_ids.mlm_return = "goods"
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (0, 0))

    def test_lowering_the_price_withdraws_the_proposal(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, post=False)
        line = refund.invoice_line_ids
        self.assertEqual(line.mlm_return, "goods")
        line.price_unit = 100_000
        self.assertFalse(line.mlm_return)
        line.mlm_return = "money"
        line.quantity = 2
        line.price_unit = 90_000
        self.assertEqual(line.mlm_return, "money")

    def test_goods_back_with_a_fee_kept(self):
        """The units are back whatever was paid for them."""
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=2, price_unit=90_000, mlm_return="goods")
        self.assertEqual(self._sum(refund), (-30, -28))

    def test_full_price_without_goods(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=1, mlm_return="money")
        self.assertEqual(self._sum(refund), (0, -14))

    def test_posted_choice_is_fixed(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=1)
        with self.assertRaisesRegex(UserError, "Reset it to draft"):
            refund.invoice_line_ids.mlm_return = "money"
        refund.button_draft()
        refund.invoice_line_ids.mlm_return = "money"
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(refund), (0, -14))

    def test_product_without_volume_is_not_asked_about(self):
        freight = self._create_product_with_volume("F", 0, 0, price=10_000)
        freight.mlm_volume_ids.unlink()
        order = self._order(self.juan, product=freight)
        invoice = self._invoice(order)
        refund = self._credit(invoice, price_unit=5_000)
        self.assertFalse(refund.invoice_line_ids.mlm_return)
        self.assertFalse(self._ledger(refund))

    def test_credit_note_of_before_takes_the_quantity(self):
        """Posted when nobody said what came back."""
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=2)
        self.env.cr.execute(
            "UPDATE account_move_line SET mlm_return = NULL WHERE id = %s",
            [refund.invoice_line_ids.id],
        )
        refund.invalidate_recordset()
        refund._mlm_capture()
        self.assertEqual(self._sum(refund), (-30, -28))

    # -- several for one line -----------------------------------------------

    def test_parts_add_up_exactly(self):
        """1/3 of 100 ten-thousandths three times is 100, not 99."""
        self.product.mlm_volume_ids.write({"pv_e4": 150_000, "cv_e4": 70_001})
        invoice = self._sale(self.juan, quantity=3, discount=33.33)
        sold = self._ledger(invoice)
        refunds = [self._credit(invoice, quantity=1) for _each in range(3)]
        rows = [self._ledger(refund) for refund in refunds]
        self.assertEqual(sum(row.cv_e4 for row in rows), -sold.cv_e4)
        self.assertEqual(self._sum(invoice, *refunds), (0, 0))

    def test_money_then_goods(self):
        """126 CV are left for ten units: five take 63, the others the rest."""
        invoice = self._sale(self.juan, quantity=10)
        money = self._credit(invoice, price_unit=11_090, mlm_return="money")
        half = self._credit(invoice, quantity=5)
        self.assertEqual(self._sum(half), (-75, -63))
        rest = self._credit(invoice, quantity=5)
        self.assertEqual(self._sum(rest), (-75, -63))
        self.assertEqual(self._sum(invoice, money, half, rest), (0, 0))

    def test_goods_then_money(self):
        invoice = self._sale(self.juan, quantity=10)
        half = self._credit(invoice, quantity=5)
        money = self._credit(invoice, quantity=5, price_unit=11_090, mlm_return="money")
        self.assertEqual(self._sum(money), (0, -7))
        self.assertEqual(self._sum(invoice, half, money), (75, 63))

    def test_nothing_beyond_what_is_left(self):
        invoice = self._sale(self.juan, quantity=10)
        whole = self._credit(invoice, quantity=10)
        money = self._credit(invoice, price_unit=11_090, mlm_return="money")
        again = self._credit(invoice, quantity=4)
        self.assertEqual(self._sum(whole), (-150, -140))
        self.assertFalse(self._ledger(money) + self._ledger(again))

    def test_more_money_than_was_paid(self):
        invoice = self._sale(self.juan, quantity=10)
        money = self._credit(invoice, price_unit=200_000, mlm_return="money")
        self.assertEqual(self._sum(invoice, money), (150, 0))

    def test_later_credit_note_changes_no_earlier_one(self):
        """Written first and posted last: what the other took stays."""
        invoice = self._sale(self.juan, quantity=10)
        money = self._credit(invoice, post=False, price_unit=11_090)
        half = self._credit(invoice, quantity=5)
        money.invoice_line_ids.mlm_return = "money"
        money.action_post()
        self._capture()
        self.assertEqual(len(self._ledger(half)), 1)
        self.assertEqual(self._sum(invoice, half, money), (75, 56))

    def test_credit_note_cancelled(self):
        invoice = self._sale(self.juan, quantity=10)
        money = self._credit(invoice, price_unit=11_090, mlm_return="money")
        half = self._credit(invoice, quantity=5)
        money.button_draft()
        self._capture()
        self.assertEqual(self._sum(money), (0, 0))
        self.assertEqual(self._sum(invoice, half), (75, 70))
        money.button_cancel()
        half.button_draft()
        self._capture()
        self.assertEqual(self._sum(invoice, money, half), (150, 140))
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_credit_note_reversed_by_an_entry(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=5)
        back = refund._reverse_moves([{"invoice_date": "2026-08-21"}], cancel=True)
        self._capture()
        self.assertEqual(back.move_type, "out_invoice")
        self.assertEqual(self._sum(invoice, refund, back), (150, 140))

    def test_invoice_and_credit_note_cancelled(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, quantity=5)
        invoice._mlm_payment_lines().move_id.origin_payment_id.action_draft()
        self._capture()
        self.assertEqual(self._sum(refund), (0, 0))
        self.assertEqual(self._sum(invoice), (0, 0))
