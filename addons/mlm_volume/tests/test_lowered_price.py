from odoo import Command
from odoo.exceptions import UserError

from .common import VolumeCommon


class TestLoweredPrice(VolumeCommon):
    """A lowered price is a discount (RULES 1, 43)."""

    def test_lowered_unit_price_of_an_order(self):
        invoice = self._sale(self.juan, price_unit=99_810)
        self.assertEqual(self._sum(invoice), (15, 12.6))
        self.assertEqual(invoice.invoice_line_ids.sale_line_ids.order_id.mlm_cv, 12.6)

    def test_lowered_on_the_invoice(self):
        invoice = self._order(self.juan)._create_invoices()
        invoice.invoice_date = "2026-08-18"
        invoice.invoice_line_ids.price_unit = 99_810
        invoice.action_post()
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 12.6))

    def test_lowered_on_an_invoice_without_order(self):
        for price, cv in ((99_810, 12.6), (110_900, 14), (120_000, 14)):
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.juan.partner_id.id,
                    "invoice_date": "2026-08-18",
                    "invoice_line_ids": [
                        Command.create({"product_id": self.product.id, "price_unit": price})
                    ],
                }
            )
            invoice.action_post()
            self._pay(invoice)
            self._capture()
            self.assertEqual(self._sum(invoice), (15, cv))

    def test_price_list_is_no_discount(self):
        """The distributors' price is theirs; what is below it is a discount."""
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Distributors",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.product.id,
                            "compute_price": "fixed",
                            "fixed_price": 80_000,
                        }
                    )
                ],
            }
        )
        self.juan.partner_id.property_product_pricelist = pricelist
        order = self._order(self.juan)
        self.assertEqual(order.order_line.price_unit, 80_000)
        self.assertEqual(order.mlm_cv, 14)
        self.assertEqual(self._order(self.juan, price_unit=72_000).mlm_cv, 12.6)

    def test_price_and_percentage_together(self):
        self.assertEqual(self._order(self.juan, price_unit=99_810, discount=10).mlm_cv, 11.34)

    def test_box_price(self):
        box = self.env["uom.uom"].create(
            {"name": "Box", "relative_factor": 6, "relative_uom_id": self.product.uom_id.id}
        )
        invoice = self._sale(self.juan, product_uom_id=box.id, price_unit=598_860)
        self.assertEqual(self._sum(invoice), (90, 75.6))

    def test_discount_of_the_whole_order(self):
        """The discount wizard's negative line cuts CV as its percentage would."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.juan.partner_id.id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "product_uom_qty": 10})
                ],
            }
        )
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()
        order.action_confirm()
        self.assertEqual(order.amount_untaxed, 998_100)
        self.assertEqual((order.mlm_pv, order.mlm_cv), (150, 126))
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (150, 126))
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=False)
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (0, 0))

    def _discounted(self, price, discount, **line):
        """Posted invoice of ten pieces at ``price`` each with a line that takes ``discount``."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.juan.partner_id.id,
                "invoice_date": "2026-08-18",
                "invoice_line_ids": self._two_lines(price, discount, **line),
            }
        )
        invoice.action_post()
        self._pay(invoice)
        self._capture()
        return invoice

    def _two_lines(self, price, discount, quantity=10, **line):
        return [
            Command.create(
                {
                    "product_id": self.product.id,
                    "quantity": quantity,
                    "price_unit": price,
                    "tax_ids": False,
                    **line,
                }
            ),
            Command.create({"name": "Discount", "price_unit": -discount, "tax_ids": False}),
        ]

    def test_half_of_the_money_by_a_note_with_its_own_discount_line(self):
        """The note gives back 500 - 50 of 1,000 - 100 (in thousands): half of the CV."""
        invoice = self._discounted(110_900, 110_900)
        self.assertEqual(self._sum(invoice), (150, 126))
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.juan.partner_id.id,
                "invoice_date": "2026-08-20",
                "reversed_entry_id": invoice.id,
                "invoice_line_ids": self._two_lines(55_450, 55_450, mlm_return="money"),
            }
        )
        refund.invoice_line_ids[:1].mlm_return = "money"
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (150, 63))

    def test_a_discount_line_on_a_note_asks(self):
        """Full price less nine tenths is money given back, as nine tenths off are."""
        invoice = self._sale(self.juan, quantity=10)
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=False)
        goods = refund.invoice_line_ids
        self.assertEqual(goods.mlm_return, "goods")
        refund.invoice_line_ids = [
            Command.create({"name": "Kept", "price_unit": -998_100, "tax_ids": False})
        ]
        self.assertFalse(goods.mlm_return)
        with self.assertRaisesRegex(UserError, "Returned"):
            refund.action_post()
        goods.mlm_return = "money"
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (150, 126))

    def test_units_back_on_the_invoice_itself(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.clara.partner_id.id,
                "invoice_date": "2026-08-18",
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.product.id, "quantity": quantity, "price_unit": 140_000}
                    )
                    for quantity in (3, -1)
                ],
            }
        )
        invoice.action_post()
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (30, 28))
        self.assertEqual(sum(self._ledger(invoice).mapped("retail")), 2 * 29_100)
