from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user

from .common import VolumeCommon


class TestCreditNote(VolumeCommon):
    """Goods that come back and money that is given back (RULES 1 and 43).

    The sale: ten units of 110,900 with 15 PV and 14 CV each, 150 PV and 140 CV.
    """

    def _credit(self, invoice, post=True, day="2026-08-20", **values):
        refund = invoice._reverse_moves([{"invoice_date": day}], cancel=False)
        if values:
            refund.invoice_line_ids.write(values)
        if post:
            refund.action_post()
            self._capture()
        return refund

    def _new_credit(self, invoice, *lines, post=True, **values):
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": invoice.partner_id.id,
                "invoice_date": "2026-08-20",
                "reversed_entry_id": invoice.id,
                "invoice_line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )
        if post:
            refund.action_post()
            self._capture()
        return refund

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
        with self.assertRaisesRegex(UserError, "Product 501.*Given back"):
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

    # -- which line ----------------------------------------------------------

    def _mixed(self):
        """One product twice on an invoice: ten at the price, two at half."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.juan.partner_id.id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "product_uom_qty": 10}),
                    Command.create(
                        {"product_id": self.product.id, "product_uom_qty": 2, "discount": 50}
                    ),
                ],
            }
        )
        order.action_confirm()
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (180, 154))
        return invoice

    def test_same_product_twice(self):
        invoice = self._mixed()
        refund = self._credit(invoice, post=False)
        refund.invoice_line_ids[0].unlink()
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(refund), (-30, -14))

    def test_manual_credit_note_goes_by_the_price(self):
        invoice = self._mixed()
        refund = self._new_credit(
            invoice,
            {"product_id": self.product.id, "quantity": 1, "price_unit": 55_450},
        )
        self.assertEqual(refund.invoice_line_ids.mlm_return, "goods")
        self.assertEqual(self._sum(refund), (-15, -7))

    def test_more_units_than_the_line_go_to_the_other(self):
        invoice = self._mixed()
        refund = self._new_credit(
            invoice, {"product_id": self.product.id, "quantity": 11, "price_unit": 110_900}
        )
        self.assertEqual(self._sum(refund), (-165, -147))

    def test_money_on_the_invoice_as_a_whole(self):
        """A line that names no product of the invoice: a tenth of it, a tenth of the CV."""
        invoice = self._mixed()
        refund = self._new_credit(
            invoice, {"name": "Compensation", "quantity": 1, "price_unit": 121_990}
        )
        self.assertEqual(refund.invoice_line_ids.mlm_return, "money")
        self.assertEqual(self._sum(refund), (0, -15.4))
        self.assertEqual(self._ledger(refund).origin_id.move_id, invoice)

    def test_credit_note_from_the_order(self):
        """Less was ordered after the invoice: the order makes the credit note."""
        order = self._order(self.juan, quantity=10)
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        order.order_line.product_uom_qty = 7
        refund = order._create_invoices(final=True)
        self.assertEqual(refund.move_type, "out_refund")
        refund.invoice_date = "2026-08-20"
        refund.action_post()
        self._capture()
        self.assertFalse(refund.reversed_entry_id)
        self.assertEqual(self._sum(refund), (-45, -42))
        self.assertEqual(self._ledger(refund).origin_id, self._ledger(invoice))
        rest = self._credit(invoice, quantity=10)
        self.assertEqual(self._sum(invoice, refund, rest), (0, 0))

    def test_credit_note_of_an_unpaid_order_takes_nothing(self):
        order = self._order(self.juan, quantity=10)
        self._invoice(order)
        order.order_line.product_uom_qty = 7
        refund = order._create_invoices(final=True)
        refund.invoice_date = "2026-08-20"
        refund.action_post()
        self._capture()
        self.assertFalse(self._ledger(refund))

    def test_credit_note_of_no_invoice(self):
        goods = self._new_credit(
            self._sale(self.juan),
            {"product_id": self.product.id, "quantity": 1},
            reversed_entry_id=False,
        )
        self.assertEqual(self._sum(goods), (-15, -14))
        money = self._new_credit(
            goods,
            {
                "product_id": self.product.id,
                "quantity": 1,
                "price_unit": 11_090,
                "mlm_return": "money",
            },
            reversed_entry_id=False,
        )
        self.assertEqual(self._sum(money), (0, -1.4))
        with self.assertRaisesRegex(UserError, "Given back"):
            self._new_credit(
                goods,
                {"product_id": self.product.id, "quantity": 1, "price_unit": 11_090},
                reversed_entry_id=False,
            )

    # -- units, currencies, margin, packages --------------------------------

    def test_units_of_a_box(self):
        box = self.env["uom.uom"].create(
            {"name": "Box", "relative_factor": 6, "relative_uom_id": self.product.uom_id.id}
        )
        invoice = self._sale(self.juan, quantity=2, product_uom_id=box.id, price_unit=665_400)
        self.assertEqual(self._sum(invoice), (180, 168))
        refund = self._credit(
            invoice, quantity=3, product_uom_id=self.product.uom_id.id, price_unit=110_900
        )
        self.assertEqual(refund.invoice_line_ids.mlm_return, "goods")
        self.assertEqual(self._sum(refund), (-45, -42))

    def test_credit_note_in_another_currency(self):
        other = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        invoice = self._sale(self.juan, quantity=10)
        refund = self._new_credit(
            invoice,
            {
                "product_id": self.product.id,
                "quantity": 10,
                "price_unit": 22_180,
                "mlm_return": "money",
            },
            currency_id=other.id,
        )
        self.assertEqual(self._sum(refund), (0, -14))

    def test_retail_margin(self):
        """291,000 above the distributor price: money lowers it, goods take their part."""
        invoice = self._sale(self.clara, quantity=10, price_unit=140_000)
        self.assertEqual(self._ledger(invoice).retail, 291_000)
        money = self._credit(invoice, price_unit=9_100, mlm_return="money")
        self.assertEqual(self._ledger(money).retail, -91_000)
        goods = self._credit(invoice, quantity=5)
        self.assertEqual(self._ledger(goods).retail, -100_000)
        rest = self._credit(invoice, price_unit=50_000, quantity=5, mlm_return="money")
        self.assertEqual(self._ledger(rest).retail, -100_000)

    def test_package_stays_with_who_gets_money(self):
        package = self.env["mlm.package"].create({"code": "T-3", "name": "T-3"})
        product = self._create_product_with_volume(
            "T3", 1_000_000, 1_000_000, mlm_package_id=package.id
        )
        invoice = self._sale(self.juan, quantity=2, product=product)
        money = self._credit(invoice, price_unit=11_090, mlm_return="money")
        self.assertEqual(self._ledger(money).package_qty, 0)
        goods = self._credit(invoice, quantity=1)
        self.assertEqual(self._ledger(goods).package_qty, -1)

    # -- the wizard ----------------------------------------------------------

    def _wizard(self, invoice, **values):
        return (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2026-08-20", **values})
        )

    def test_wizard_says_what_is_given_back(self):
        invoice = self._sale(self.juan, quantity=10)
        wizard = self._wizard(invoice, mlm_return="money")
        self.assertTrue(wizard.mlm_is_sale)
        wizard.refund_moves()
        refund = wizard.new_move_ids
        self.assertEqual(refund.invoice_line_ids.mlm_return, "money")
        refund.invoice_line_ids.price_unit = 11_090
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(refund), (0, -14))

    def test_wizard_makes_the_invoice_anew(self):
        invoice = self._sale(self.juan, quantity=10)
        wizard = self._wizard(invoice)
        wizard.modify_moves()
        new = wizard.new_move_ids
        self._capture()
        self.assertEqual(self._sum(invoice, *invoice.reversal_move_ids), (0, 0))
        new.invoice_date = "2026-08-20"
        new.action_post()
        self._pay(new, "2026-08-20")
        self._capture()
        self.assertEqual(self._sum(new), (150, 140))

    def test_by_somebody_who_only_invoices(self):
        """Writing, posting and looking need no rights of the network."""
        invoice = self._sale(self.clara, quantity=10, price_unit=140_000)
        user = new_test_user(
            self.env,
            "volume_invoicing",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        wizard = self._wizard(invoice, mlm_return="money").with_user(user).sudo(False)
        self.assertTrue(wizard.mlm_is_sale)
        wizard.refund_moves()
        refund = wizard.new_move_ids
        with Form(refund) as form, form.invoice_line_ids.edit(0) as line:
            line.price_unit = 14_000
            self.assertEqual(line.mlm_return, "money")
        refund.action_post()
        self.assertFalse(refund.mlm_not_counted)
        self.env["account.move"].with_user(user).search([("mlm_is_uncounted", "=", True)])
        self._capture()
        self.assertEqual(self._sum(refund), (0, -14))

    def test_form_asks_when_the_price_falls(self):
        invoice = self._sale(self.juan, quantity=10)
        refund = self._credit(invoice, post=False)
        with Form(refund) as form, form.invoice_line_ids.edit(0) as line:
            self.assertEqual(line.mlm_return, "goods")
            line.price_unit = 11_090
            self.assertFalse(line.mlm_return)
            line.mlm_return = "goods"
            line.quantity = 5
            self.assertEqual(line.mlm_return, "goods")
        self.assertEqual(refund.invoice_line_ids.mlm_return, "goods")

    def test_units_back_on_the_invoice_come_out_again(self):
        """A whole credit note leaves nothing of an invoice that took units back itself."""
        line = {"product_id": self.product.id, "price_unit": 110_900}
        for kept, sums in (("goods", ((-150, -140), (30, 28))), ("money", ((0, -140), (0, 28)))):
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.juan.partner_id.id,
                    "invoice_date": "2026-08-18",
                    "invoice_line_ids": [
                        Command.create({**line, "quantity": quantity}) for quantity in (10, -2)
                    ],
                }
            )
            invoice.action_post()
            self._pay(invoice)
            self._capture()
            self.assertEqual(self._sum(invoice), (120, 112))
            refund = self._credit(invoice, post=False)
            refund.invoice_line_ids.filtered(lambda one: one.quantity > 0).mlm_return = kept
            refund.action_post()
            self._capture()
            taken = [
                (sum(rows.mapped("pv")), sum(rows.mapped("cv")))
                for one in refund.invoice_line_ids.sorted("quantity", reverse=True)
                for rows in [self.env["mlm.volume.entry"].search([("move_line_id", "=", one.id)])]
            ]
            self.assertEqual(tuple(taken), sums)
