from odoo.exceptions import UserError, ValidationError

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


class TestCapture(VolumeCommon):
    def test_paid_invoice_is_captured_once(self):
        invoice = self._sale(self.juan, quantity=3)
        entry = self._ledger(invoice)
        self.assertEqual(len(entry), 1)
        self.assertEqual(self._sum(invoice), (45, 42))
        self.assertEqual(entry.distributor_id, self.juan)
        self.assertEqual(entry.buyer_id, self.juan)
        self.assertEqual(entry.period_id, self.cycle[924])
        self.assertEqual(entry.position_id, self.juan.position_ids)
        invoice._mlm_capture()
        self.env["mlm.capture.queue"]._enqueue(invoice)
        self._capture()
        self.assertEqual(len(self._ledger(invoice)), 1)

    def test_unpaid_and_partly_paid_carry_no_volume(self):
        invoice = self._invoice(self._order(self.juan))
        self._capture()
        self.assertFalse(self._ledger(invoice))
        self._pay(invoice, amount=1_000)
        self._capture()
        self.assertFalse(self._ledger(invoice))
        self._pay(invoice, day="2026-08-26")
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_invoiced_rule_counts_without_payment(self):
        self.company.mlm_volume_rule = "invoiced"
        invoice = self._invoice(self._order(self.juan))
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))

    def test_payment_taken_back_nets_to_nothing(self):
        invoice = self._invoice(self._order(self.juan))
        payment = self._pay(invoice)
        self._capture()
        payment.action_draft()
        self._capture()
        entries = self._ledger(invoice)
        self.assertEqual(self._sum(invoice), (0, 0))
        self.assertEqual(entries.mapped("entry_no"), [0, 1])
        self.assertEqual(entries[1].origin_id, entries[0])
        self.assertEqual(entries[1].period_id, entries[0].period_id)
        payment.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))
        self.assertEqual(len(self._ledger(invoice)), 3)

    def test_cancelled_after_the_close_counts_in_the_next_cycle(self):
        invoice = self._invoice(self._order(self.juan))
        payment = self._pay(invoice)
        self._capture()
        self.cycle[924].action_close()
        payment.action_draft()
        invoice.button_draft()
        invoice.button_cancel()
        self._capture()
        delta = self._ledger(invoice)[-1]
        self.assertEqual(delta.pv_e4, -150_000)
        self.assertEqual(delta.kind, "change")
        self.assertNotEqual(delta.period_id, self.cycle[924])
        self.assertEqual(self._sum(invoice), (0, 0))
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_late_payment_goes_to_the_first_open_cycle(self):
        invoice = self._invoice(self._order(self.juan))
        self.cycle[924].action_close()
        self._pay(invoice, day="2026-08-21")
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_waiting_payment_is_captured_by_the_close(self):
        invoice = self._invoice(self._order(self.juan))
        self._pay(invoice)
        self.env.flush_all()
        self.cycle[924].action_close()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[924])

    def test_credit_note_points_at_what_it_takes_back(self):
        invoice = self._sale(self.juan, quantity=4)
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=False)
        refund.invoice_line_ids.quantity = 1
        refund.action_post()
        self._capture()
        entry = self._ledger(refund)
        self.assertEqual(entry.kind, "refund")
        self.assertEqual(entry.origin_id, self._ledger(invoice))
        self.assertEqual(self._sum(invoice, refund), (45, 42))

    def test_credit_note_of_an_unpaid_invoice_takes_nothing_back(self):
        """OCA/commission 503: a reversed sale nets to zero, not below it."""
        invoice = self._invoice(self._order(self.juan))
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=True)
        self._capture()
        self.assertEqual(self._sum(invoice, refund), (0, 0))
        self.assertFalse(self._ledger(refund))

    def test_customer_volume_goes_to_the_distributor(self):
        invoice = self._sale(self.clara, price_unit=140_000)
        entry = self._ledger(invoice)
        self.assertEqual(entry.distributor_id, self.juan)
        self.assertEqual(entry.buyer_id, self.clara)

    def test_retail_margin_of_a_customer_sale(self):
        """GX-RETAIL-01: 140,000 − 110,900 = 29,100, before tax."""
        invoice = self._sale(self.clara, price_unit=140_000)
        self.assertEqual(self._ledger(invoice).retail_e4, 291_000_000)
        self.assertEqual(self._ledger(invoice).retail, 29_100)

    def test_no_retail_margin_below_the_distributor_price(self):
        invoice = self._sale(self.clara, price_unit=100_000)
        self.assertEqual(self._ledger(invoice).retail_e4, 0)

    def test_no_retail_margin_on_own_purchases(self):
        invoice = self._sale(self.juan, price_unit=140_000)
        self.assertEqual(self._ledger(invoice).retail_e4, 0)

    def test_unknown_buyer_goes_to_the_root_queue(self):
        self.company.mlm_root_queue_id = self.maria
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner_a.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        self.assertEqual(order.mlm_distributor_id, self.maria)

    def test_invoice_without_order(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.juan.partner_id.id,
                "invoice_date": "2026-08-18",
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 2})],
            }
        )
        invoice.action_post()
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (30, 28))

    def test_values_are_of_the_day_of_confirmation(self):
        order = self._order(self.juan)
        self.product.mlm_volume_ids.pv_e4 = 990_000
        invoice = self._invoice(order)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))

    def test_price_list_has_values_of_its_own(self):
        pricelist = self.env["product.pricelist"].create({"name": "Retail"})
        self.product.product_tmpl_id.mlm_volume_ids = [
            (0, 0, {"pricelist_id": pricelist.id, "pv_e4": 10_000, "cv_e4": 20_000})
        ]
        found = self.product._mlm_unit_values(self.company, self.cycle[924].date_start, pricelist)
        self.assertEqual(found["mlm_unit_cv_e4"], 20_000)

    def test_empty_cv_is_the_wholesale_price(self):
        self.product.mlm_volume_ids.cv_is_price = True
        found = self.product._mlm_unit_values(self.company, self.cycle[924].date_start)
        self.assertEqual(found["mlm_unit_cv_e4"], 110_900 * 10_000)

    def test_discount_and_free_goods(self):
        invoice = self._sale(self.juan, discount=10)
        self.assertEqual(self._sum(invoice), (15, 12.6))
        free = self._invoice(self._order(self.juan, price_unit=0))
        self._capture()
        self.assertFalse(self._ledger(free))

    def test_suspended_people_create_no_volume(self):
        self.juan._suspend("Test")
        invoice = self._sale(self.juan)
        self.assertFalse(self._ledger(invoice))

    def test_package_of_the_product_is_counted(self):
        package = self.env["mlm.package"].create({"code": "T-1", "name": "T-1"})
        product = self._create_product_with_volume(
            "T1", 1_000_000, 1_000_000, mlm_package_id=package.id
        )
        invoice = self._sale(self.juan, quantity=2, product=product)
        self.assertEqual(self._ledger(invoice).package_id, package)
        self.assertEqual(self._ledger(invoice).package_qty, 2)

    def test_no_open_cycle_keeps_the_invoice_waiting(self):
        invoice = self._invoice(self._order(self.juan))
        for number in (924, 925, 926):
            self.cycle[number].action_close()
        as_internal(self.periods.search([("state", "=", "open")])).write({"state": "history"})
        self._pay(invoice)
        self._capture()
        waiting = self.env["mlm.capture.queue"].search([("move_id", "=", invoice.id)])
        self.assertIn("No open cycle", waiting.error)
        self.assertTrue(invoice.activity_ids)
        as_internal(self.cycle[926]).write({"state": "grace"})
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))
        self.assertFalse(waiting.exists())

    def test_overlapping_volumes_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "has a volume from"):
            self.product.product_tmpl_id.mlm_volume_ids = [
                (0, 0, {"date_from": "2026-01-01", "pv_e4": 1})
            ]

    def test_bad_points_name_the_product(self):
        with self.assertRaisesRegex(ValidationError, "Product 501.*“fifteen”"):
            self.product.mlm_volume_ids.pv_input = "fifteen"

    def test_order_shows_its_volume(self):
        order = self._order(self.juan, quantity=3)
        self.assertEqual((order.mlm_pv, order.mlm_cv), (45, 42))

    def test_credited_distributor_is_fixed_at_confirmation(self):
        order = self._order(self.clara)
        self.assertEqual(order.mlm_distributor_id, self.juan)
        order.partner_id = self.maria.partner_id
        self.assertEqual(order.mlm_distributor_id, self.juan)

    def test_closed_cycle_refuses_rows(self):
        self.cycle[924].action_close()
        with self.assertRaisesRegex(UserError, "takes no more volume"):
            self.env["mlm.volume.entry"]._insert_rows(
                [
                    {
                        "company_id": self.company.id,
                        "period_id": self.cycle[924].id,
                        "distributor_id": self.juan.id,
                        "kind": "sale",
                        "moment": "2026-08-18 12:00:00",
                    }
                ]
            )
