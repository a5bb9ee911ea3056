from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tools import SQL

from .common import VolumeCommon


class TestPaidMoment(VolumeCommon):
    """The moment of a sale is that of its payment (RULES 52); Bogotá is five hours behind."""

    def _paid(self, day, registered, **values):
        invoice = self._invoice(self._order(self.juan), "2026-08-18")
        payment = self._pay(invoice, day)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_payment SET create_date = %s WHERE id = %s", [registered, payment.id]
        )
        payment.invalidate_recordset(["create_date"])
        payment.write(values)
        self._capture()
        return invoice, payment, self._ledger(invoice)

    def test_registered_on_its_day(self):
        invoice, payment, entry = self._paid("2026-08-19", "2026-08-20 02:40:00")
        self.assertEqual(entry.moment, datetime(2026, 8, 20, 2, 40))
        self.assertEqual(entry.moment_text, "19 Aug 2026 21:40")
        self.assertEqual(payment.mlm_paid_text, "19 Aug 2026 21:40")
        shown = f"19 Aug 2026 21:40 · {self.cycle[924].display_name}"
        self.assertEqual(invoice.mlm_sold_text, shown)
        self.assertEqual(invoice.invoice_line_ids.sale_line_ids.order_id.mlm_sold_text, shown)

    def test_registered_later_knows_the_day_only(self):
        invoice, payment, entry = self._paid("2026-08-19", "2026-08-20 15:00:00")
        self.assertEqual(entry.moment, datetime(2026, 8, 19, 17))
        self.assertEqual(entry.moment_text, "19 Aug 2026")
        # the payment has its day already
        self.assertFalse(payment.mlm_paid_text)
        self.assertEqual(invoice.mlm_sold_text, f"19 Aug 2026 · {self.cycle[924].display_name}")

    def test_two_payments(self):
        """The last one says it; where one of its day has no time, the sale has none."""
        invoice = self._invoice(self._order(self.juan), "2026-08-18")
        first = self._pay(invoice, "2026-08-19", amount=10_000)
        second = self._pay(invoice, "2026-08-19")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_payment SET create_date = '2026-08-19 15:00' WHERE id = %s",
            [first.id],
        )
        self.env.cr.execute(
            "UPDATE account_payment SET create_date = '2026-08-19 16:30' WHERE id = %s",
            [second.id],
        )
        self.env.invalidate_all()
        day = fields.Date.to_date("2026-08-19")
        self.assertEqual(invoice._mlm_sale_moment(day), datetime(2026, 8, 19, 16, 30))
        self.env.cr.execute(
            "UPDATE account_payment SET create_date = '2026-08-21 15:00' WHERE id = %s",
            [first.id],
        )
        self.env.invalidate_all()
        self.assertEqual(invoice._mlm_sale_moment(day), datetime(2026, 8, 19, 17))

    def _transaction(self, moment):
        provider = self.env["payment.provider"].create(
            {"name": "Gateway", "code": "none", "state": "test", "company_id": self.company.id}
        )
        method = self.env["payment.method"].create({"name": "Card", "code": "mlm_card"})
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": "mlm-online",
                "amount": 1,
                "currency_id": self.company.currency_id.id,
                "partner_id": self.juan.partner_id.id,
            }
        )
        transaction.write({"state": "done", "last_state_change": moment})
        return transaction

    def test_online_payment_on_sunday_evening(self):
        """Who records it works in UTC, where it is Monday already, and the next cycle."""
        moment = datetime(2026, 8, 24, 3, 15)
        transaction = self._transaction(moment)
        __, payment, entry = self._paid(
            "2026-08-24", "2026-08-24 03:16:00", payment_transaction_id=transaction.id
        )
        self.assertEqual(entry.moment, moment)
        self.assertEqual(entry.period_id, self.cycle[924])
        self.assertEqual(payment.mlm_paid_text, "23 Aug 2026 22:15")

    # -- late payments -------------------------------------------------------

    def test_late_payment_into_an_open_cycle(self):
        with freeze_time("2026-08-26 15:00:00"):
            invoice = self._invoice(self._order(self.juan), "2026-08-18")
            wizard = (
                self.env["account.payment.register"]
                .with_context(active_model="account.move", active_ids=invoice.ids)
                .create({"payment_date": "2026-08-19", "journal_id": self.bank.id})
            )
            own, present = self.cycle[924].display_name, self.cycle[925].display_name
            text = (
                f"Late payment: paid on 19 Aug 2026, it counts in {own}, and not in {present},"
                " in which it is registered."
            )
            self.assertEqual(wizard.mlm_late_text, text)
            wizard.payment_date = "2026-08-25"
            self.assertFalse(wizard.mlm_late_text)
        invoice, payment, entry = self._paid("2026-08-19", "2026-08-26 15:00:00")
        self.assertEqual(payment.mlm_late_text, text)
        # the ledger row is as of today, long after the cycle
        self.assertTrue(entry.is_late)
        cycle = self.cycle[924]
        self.assertEqual(cycle.late_count, 1)
        listed = self.env["mlm.volume.entry"].search(cycle.action_view_late()["domain"])
        self.assertEqual(listed, entry)

    def test_payment_within_its_cycle_is_not_late(self):
        __, payment, __ = self._paid("2026-08-19", "2026-08-22 15:00:00")
        self.assertFalse(payment.mlm_late_text)

    def test_last_second_of_the_cycle_is_not_late(self):
        """Rows say themselves when they were recorded, so the condition is asked alone. (The
        demo adds to it what only a real row has.)"""
        cycle = self.cycle[924]
        end = cycle._end_moment()
        for moment, late in ((end - timedelta(seconds=1), False), (end, True)):
            query = SQL(
                """SELECT %s FROM (SELECT %s::timestamp AS recorded_at, 0 AS move_line_id) entry,
                                  (SELECT %s::date AS date_end) period, (SELECT %s AS tz) network""",
                self.env["mlm.volume.entry"]._get_late_condition(),
                moment,
                cycle.date_end,
                self.network.tz,
            )
            self.assertEqual(self.env.execute_query(query), [(late,)])

    def test_late_payment_of_a_closed_cycle(self):
        self.cycle[924].action_close()
        __, payment, entry = self._paid("2026-08-19", "2026-08-26 15:00:00")
        self.assertEqual(entry.period_id, self.cycle[925])
        self.assertIn("which takes no more sales. It counts in", payment.mlm_late_text)
        self.assertIn(self.cycle[925].display_name, payment.mlm_late_text)
