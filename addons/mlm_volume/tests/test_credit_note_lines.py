from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user

from .credit_common import CreditCommon


class TestCreditNoteLines(CreditCommon):
    """Which line of the sale a credit note takes back, and what the wizard and the form ask."""

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
        with self.assertRaisesRegex(UserError, "Returned"):
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
