from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


class TestCaptureChange(VolumeCommon):
    """Invoices that change after the capture, credit notes, units and currencies."""

    def _credit(self, invoice, quantity=None, day="2026-08-20"):
        refund = invoice._reverse_moves([{"invoice_date": day}], cancel=False)
        if quantity:
            refund.invoice_line_ids.quantity = quantity
        refund.action_post()
        return refund

    def _plain_invoice(self, distributor, product=None, quantity=1):
        """Invoice without an order, posted and paid."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": distributor.partner_id.id,
                "invoice_date": "2026-08-18",
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": (product or self.product).id, "quantity": quantity}
                    )
                ],
            }
        )
        invoice.action_post()
        self._pay(invoice)
        self._capture()
        return invoice

    def _by_person(self, *invoices):
        found = {}
        for invoice in invoices:
            for entry in self._ledger(invoice):
                name = entry.distributor_id.code
                found[name] = found.get(name, 0) + entry.pv
        return {name: pv for name, pv in found.items() if pv}

    def _draft(self, invoice):
        """Take the payment back and the invoice to draft; return the payment."""
        payment = invoice._mlm_payment_lines().move_id.origin_payment_id
        payment.action_draft()
        invoice.button_draft()
        return payment

    # -- changed after the capture ------------------------------------------

    def test_invoice_for_somebody_else(self):
        invoice = self._plain_invoice(self.juan)
        self.assertEqual(self._by_person(invoice), {"JUAN": 15})
        payment = self._draft(invoice)
        self._capture()
        invoice.partner_id = self.maria.partner_id
        invoice.action_post()
        payment.action_post()
        self._capture()
        self.assertEqual(self._by_person(invoice), {"MARIA": 15})
        self.assertEqual(invoice.mlm_buyer_id, self.maria)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_credited_person_corrected_before_the_draft_was_captured(self):
        invoice = self._plain_invoice(self.juan)
        payment = self._draft(invoice)
        invoice.mlm_distributor_id = self.maria
        invoice.action_post()
        payment.action_post()
        self._capture()
        self.assertEqual(self._by_person(invoice), {"MARIA": 15})
        self.assertEqual(self._ledger(invoice).mapped("entry_no"), [0, 1, 2])

    def test_who_is_credited_follows_the_order(self):
        """Copied at the confirmation and never said anew on the invoice (RULES 1)."""
        invoice = self._order(self.juan)._create_invoices()
        for record in (invoice, invoice.with_user(self.env.ref("base.user_admin"))):
            with self.assertRaisesRegex(AccessError, "JUAN"):
                record.mlm_distributor_id = self.maria
        invoice.mlm_distributor_id = self.juan
        # nor by an invoice that is made for somebody else and linked to the order
        order = self._order(self.juan)
        values = order._prepare_invoice() | {"mlm_distributor_id": self.maria.id}
        line = order.order_line._prepare_invoice_line()
        made = self.env["account.move"].create(
            {**values, "invoice_date": "2026-08-18", "invoice_line_ids": [Command.create(line)]}
        )
        made.action_post()
        self.assertEqual(made.mlm_distributor_id, self.juan)

    def test_invoice_of_another_product(self):
        package = self.env["mlm.package"].create({"code": "T-2", "name": "T-2"})
        other = self._create_product_with_volume("T2", 40_000, 30_000, mlm_package_id=package.id)
        invoice = self._plain_invoice(self.juan)
        payment = self._draft(invoice)
        invoice.invoice_line_ids.product_id = other
        self._capture()
        self.assertEqual(self._sum(invoice), (0, 0))
        invoice.action_post()
        payment.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice), (4, 3))
        packages = {
            entry.package_id: entry.package_qty for entry in self._ledger(invoice) if entry.pv > 0
        }
        self.assertEqual(packages[package], 1)

    def test_duplicated_invoice_is_a_new_sale(self):
        invoice = self._plain_invoice(self.juan)
        self.product.mlm_volume_ids.pv_e4 = 200_000
        copy = invoice.copy({"partner_id": self.maria.partner_id.id})
        copy.invoice_date = "2026-08-19"
        copy.action_post()
        self._pay(copy)
        self._capture()
        self.assertEqual(self._by_person(copy), {"MARIA": 20})

    # -- credit notes -------------------------------------------------------

    def test_credit_notes_take_back_no_more_than_the_invoice(self):
        invoice = self._sale(self.juan, quantity=4)
        first, second = self._credit(invoice, 3), self._credit(invoice, 3)
        self._capture()
        self.assertEqual(self._sum(invoice, first, second), (0, 0))
        self.assertEqual(self._sum(second), (-15, -14))
        first.button_draft()
        self._capture()
        self.assertEqual(self._sum(invoice, first, second), (15, 14))

    def test_credit_note_for_more_than_the_invoice(self):
        invoice = self._sale(self.juan)
        refund = self._credit(invoice, 5)
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (0, 0))

    def test_credit_note_of_an_invoice_older_than_the_ledger(self):
        """Sold before the go-live: it never counted here."""
        invoice = self._invoice(self._order(self.juan))
        self._pay(invoice)
        self.env["mlm.capture.queue"].search([]).unlink()
        as_internal(invoice.invoice_line_ids).write({"mlm_frozen": False})
        refund = self._credit(invoice)
        self._capture()
        self.assertFalse(self._ledger(refund))

    def test_return_of_somebody_who_left(self):
        invoice = self._sale(self.juan)
        self.juan._suspend("Test")
        refund = self._credit(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (0, 0))

    def test_return_takes_the_retail_margin_back(self):
        invoice = self._sale(self.clara, quantity=3, price_unit=140_000)
        refund = self._credit(invoice, 1)
        self._capture()
        self.assertEqual(self._ledger(refund).retail_e4, -291_000_000)

    def test_return_leaves_the_place_that_the_sale_went_to(self):
        """Sold while waiting for a place: no leg got the volume, none loses it."""
        late = self._enrol_waiting("LATE")
        invoice = self._sale(late)
        self.assertFalse(self._ledger(invoice).position_id)
        position = self.env["mlm.position"]._place(
            late, self.maria.position_ids, "right", datetime(2026, 8, 20, 12)
        )
        refund = self._credit(invoice, day="2026-08-21")
        self._capture()
        self.assertTrue(position)
        self.assertFalse(self._ledger(refund).position_id)

    # -- who and when -------------------------------------------------------

    def _enrol_waiting(self, code, **values):
        return self.env["mlm.distributor"]._enrol(
            [
                {
                    "name": code.title(),
                    "code": code,
                    "sponsor_code": "MARIA",
                    "joined_at": datetime(2026, 8, 1, 12),
                    **values,
                }
            ]
        )

    def test_placed_in_the_afternoon_of_the_purchase(self):
        """A payment knows its day only: 15:00 in Bogotá is after its noon."""
        new = self._enrol_waiting(
            "NEW",
            joined_at=datetime(2026, 8, 19, 20),
            placement={"parent_code": "MARIA", "leg": "right"},
        )
        invoice = self._sale(new)
        self.assertEqual(self._ledger(invoice).position_id, new.position_ids)

    def test_paid_before_the_enrolment(self):
        """Paid on Friday, enrolled on Monday: no run of the old cycle knows them."""
        new = self._enrol_waiting("NEW", joined_at=datetime(2026, 8, 24, 14))
        invoice = self._sale(new, day="2026-08-21")
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_enrolled_between_quotation_and_confirmation(self):
        self.company.mlm_root_queue_id = self.maria
        partner = self.env["res.partner"].create({"name": "Prospect"})
        order = self.env["sale.order"].create(
            {"partner_id": partner.id, "order_line": [(0, 0, {"product_id": self.product.id})]}
        )
        self.assertEqual(order.mlm_distributor_id, self.maria)
        new = self.env["mlm.distributor"]._enrol(
            [{"partner_id": partner.id, "code": "PRO", "sponsor_code": "JUAN"}]
        )
        order.action_confirm()
        self.assertEqual((order.mlm_buyer_id, order.mlm_distributor_id), (new, new))

    def test_confirmed_line_of_another_product(self):
        """Neither points nor package of what was ordered first stay with what is sold."""
        package = self.env["mlm.package"].create({"code": "T-4", "name": "T-4"})
        big = self._create_product_with_volume("T4", 900_000, 800_000, mlm_package_id=package.id)
        order = self._order(self.juan, product=big)
        self.assertEqual((order.mlm_pv, order.order_line.mlm_package_id), (90, package))
        order.order_line.product_id = self.product
        self.assertEqual((order.mlm_pv, order.mlm_cv), (15, 14))
        self.assertTrue(order.order_line.mlm_frozen)
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))
        self.assertFalse(self._ledger(invoice).package_id)

    def test_orders_credited_differently_are_invoiced_apart(self):
        orders = self._order(self.clara) + self._order(self.clara)
        orders[1]._mlm_credit_to(self.maria)
        invoices = orders._create_invoices()
        self.assertEqual(invoices.mlm_distributor_id, self.juan + self.maria)

    # -- units and currencies -----------------------------------------------

    def test_box_of_six_is_six_units(self):
        box = self.env["uom.uom"].create(
            {"name": "Box", "relative_factor": 6, "relative_uom_id": self.product.uom_id.id}
        )
        order = self._order(self.clara, product_uom_id=box.id, price_unit=840_000)
        self.assertEqual(order.mlm_pv, 90)
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (90, 84))
        self.assertEqual(self._ledger(invoice).retail_e4, 6 * 291_000_000)

    def test_distributor_price_in_another_currency(self):
        other = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        self.company.mlm_distributor_pricelist_id = self.env["product.pricelist"].create(
            {"name": "Distributors", "currency_id": other.id}
        )
        found = self.product._mlm_unit_values(self.company, self.cycle[924].date_start)
        self.assertEqual(found["mlm_unit_price_e4"], 1_109_000_000)

    # -- down payments and parts --------------------------------------------

    def _down_payment(self, order, percent):
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": percent,
            }
        )
        invoice = wizard._create_invoices(order)
        invoice.invoice_date = "2026-08-18"
        invoice.action_post()
        return invoice

    def test_all_paid_in_advance(self):
        order = self._order(self.juan)
        advance = self._down_payment(order, 100)
        self._pay(advance, "2026-08-19")
        self._capture()
        self.assertFalse(self._ledger(advance))
        final = order._create_invoices(final=True)
        final.invoice_date = "2026-08-26"
        final.action_post()
        self.assertEqual(final.amount_total, 0)
        self._capture()
        self.assertEqual(self._sum(final), (15, 14))

    def test_down_payment_still_open(self):
        order = self._order(self.juan)
        advance = self._down_payment(order, 50)
        final = order._create_invoices(final=True)
        final.invoice_date = "2026-08-19"
        final.action_post()
        self._pay(final)
        self._capture()
        self.assertFalse(self._ledger(final))
        self._pay(advance, "2026-08-20")
        self._capture()
        self.assertEqual(self._sum(final), (15, 14))

    def test_two_part_payments(self):
        invoice = self._invoice(self._order(self.juan))
        self._pay(invoice, "2026-08-19", 10_900)
        self._capture()
        self.assertFalse(self._ledger(invoice))
        self._pay(invoice, "2026-08-25", 100_000)
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_paid_by_a_bank_statement(self):
        invoice = self._invoice(self._order(self.juan))
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-08-20",
                "payment_ref": invoice.name,
                "amount": invoice.amount_total,
            }
        )
        receivable = invoice.line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = receivable.account_id
        (suspense + receivable).reconcile()
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))
        line.action_undo_reconciliation()
        self._capture()
        self.assertEqual(self._sum(invoice), (0, 0))

    def test_invoice_in_another_currency(self):
        """Retail margin is measured in the company's currency."""
        other = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": other.id}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.clara.partner_id.id,
                "pricelist_id": pricelist.id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "price_unit": 280_000})
                ],
            }
        )
        order.action_confirm()
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._ledger(invoice).retail_e4, 291_000_000)

    def test_waiting_invoice_is_announced_once(self):
        invoice = self._invoice(self._order(self.juan))
        as_internal(self.periods.search([])).write({"state": "history"})
        self._pay(invoice)
        self._capture()
        self._capture()
        self.assertEqual(len(invoice.activity_ids), 1)
