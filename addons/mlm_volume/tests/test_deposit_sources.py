from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal

from .deposit_common import DepositCommon


@freeze_time("2026-09-07 15:00:00")
class TestDepositSources(DepositCommon):
    """Files of gateways, proofs of buyers, and what of them a cycle waits for."""

    # -- files of gateways and collectors ----------------------------------------

    def test_file_of_a_gateway_is_paid_at_its_own_time(self):
        invoice = self._open_invoice()
        text = (
            "Fecha;Hora;Valor;Referencia;Pagador;Transacción\n"
            f"23/08/2026;23:30:05;110.900;{invoice.name};Juan;991\n"
        )
        deposit = self._read(text)
        # 23:30 in Bogotá is the next day in UTC; the day stays
        self.assertEqual(deposit.paid_at, datetime(2026, 8, 24, 4, 30, 5))
        self.assertEqual((deposit.paid_on, deposit.amount), (date(2026, 8, 23), 110_900))
        self.assertEqual(self._read(text), deposit, "read twice is once")
        deposit.action_match()
        self.assertEqual(deposit.payment_id.date, date(2026, 8, 23))
        self._capture()
        row = self._ledger(invoice)
        self.assertEqual((row.period_id, row.moment), (self.cycle[924], deposit.paid_at))

    def test_time_of_a_file(self):
        zone = ZoneInfo(self.network.tz)
        for text, clock in (
            ("11:30 p. m.", (23, 30)),
            ("12:05 AM", (0, 5)),
            ("9:15", (9, 15)),
            ("23:59:59.120", (23, 59)),
        ):
            with self.subTest(text):
                found = self._read(f"date,time,amount,reference\n2026-08-20,{text},5000,{text}\n")
                paid = found.sorted("id")[-1:].paid_at.replace(tzinfo=timezone.utc)
                local = paid.astimezone(zone)
                self.assertEqual((local.hour, local.minute), clock)
        with self.assertRaisesRegex(UserError, "25:70.*not a time"):
            self._read("date,time,amount,reference\n2026-08-20,25:70,5000,A\n")

    def test_two_lines_alike_are_two_payments_and_none_when_read_again(self):
        text = "date,amount,reference,payer\n" + "".join(
            f"2026-08-20,5000,PAGO,{name}\n" for name in ("ANA", "LUIS", "LUIS")
        )
        self.assertEqual(len(self._read(text)), 3)
        self.assertEqual(len(self._read(text)), 3)

    def test_bad_lines_are_named_and_nothing_is_read(self):
        with self.assertRaisesRegex(UserError, "Line 3.*yesterday.*\n.*Line 4.*-5"):
            self._read(
                "date,amount,reference\n2026-08-20,5000,A\nyesterday,5000,B\n2026-08-20,-5,C\n"
            )
        with self.assertRaisesRegex(UserError, "Line 2.*in the future"):
            self._read("date,amount,reference\n2099-08-20,5000,A\n")
        self.assertFalse(self.env["mlm.deposit"].search([("source", "=", "file")]))

    # -- proofs ----------------------------------------------------------------

    def _proof(self, invoice, **values):
        return as_internal(self.env["mlm.deposit"]).create(
            {
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "source": "proof",
                "amount": invoice.amount_residual,
                "paid_on": "2026-08-22",
                "chosen_id": invoice.id,
                "distributor_id": self.juan.id,
                **values,
            }
        )

    def test_proof_says_whose_the_money_is_and_is_no_money(self):
        invoice = self._open_invoice()
        self._open_invoice(self.maria)
        proof = self._as_clerk(self._proof(invoice))
        with self.assertRaisesRegex(UserError, "not money"):
            proof.action_match()
        deposit = self._line("CONSIGNACION 0042")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "proof"))
        # the buyer wrote it: somebody looks at it first
        deposit.action_match_sure()
        self.assertEqual(deposit.state, "open")
        # and it holds up no cycle
        domain = [*self.cycle[924]._open_deposits_domain(), ("id", "=", proof.id)]
        self.assertFalse(self.env["mlm.deposit"].search(domain))
        deposit.action_match()
        self.assertEqual((proof.state, proof.settled_id), ("matched", invoice))

    def test_proof_of_an_order_that_has_no_invoice_yet(self):
        order = self._order(self.juan)
        proof = as_internal(self.env["mlm.deposit"]).create(
            {
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "source": "proof",
                "amount": order.amount_total,
                "paid_on": "2026-08-22",
                "reference": order.name,
                "distributor_id": self.juan.id,
            }
        )
        self._order(self.maria)
        deposit = self._line("CONSIGNACION 0043")
        self.assertEqual((deposit.order_id, deposit.agrees), (order, "proof"))
        deposit.action_match()
        self.assertEqual((proof.state, proof.settled_id), ("matched", order.invoice_ids))

    def test_proposals_of_many_are_asked_for_at_once(self):
        invoices = [self._open_invoice(), self._open_invoice(self.maria)]
        deposits = self._line(invoices[0].name)

        def queries(deposits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(deposits.mapped("invoice_id")))
            return self.env.cr.sql_log_count - before

        found = []
        # each of its own amount, with its own proof and a choice of some
        for number in range(6):
            invoice = self._invoice(self._order(self.juan, quantity=number + 2))
            self._proof(invoice, paid_on="2026-08-24")
            deposit = self._line(f"CONSIGNACION {number}", amount=invoice.amount_residual)
            if number % 2:
                deposit.chosen_id = invoice
            deposits += deposit
            found.append(queries(deposits))
        # the first ones fill the caches of the server, and know no choice yet
        self.assertEqual(len(set(found[2:])), 1, found)
        self.assertEqual(deposits.mapped("agrees"), ["both"] + ["proof", "chosen"] * 3)

    def test_a_proof_speaks_for_the_money_of_its_days_only(self):
        invoice = self._open_invoice()
        self._open_invoice(self.maria)
        self._proof(invoice, paid_on="2026-08-22")
        near, far = (
            self._line("EFECTIVO", day="2026-08-27"),
            self._line("EFECTIVO", day="2026-08-28"),
        )
        self.assertEqual((near + far).mapped("agrees"), ["proof", False])

    # -- the cycle ---------------------------------------------------------------

    def test_the_day_begins_with_what_nobody_has_identified(self):
        deposit = self._line("Interest", day="2026-08-20")
        auditor = new_test_user(
            self.env,
            "deposit_auditor",
            groups="mlm_base.group_auditor",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

        def shown(user):
            cards = self.env["mlm.today"].with_user(user)._get_cards("commissions")
            return {one["code"]: one for one in cards if one}.get("deposits")

        card = shown(self.clerk)
        self.assertEqual(card["count"], 1)
        self.assertEqual(self.env["mlm.deposit"].search(card["open"]["domain"]), deposit)
        self.assertEqual(card["button"]["open"], {"model": "mlm.deposit", "id": deposit.id})
        self.assertFalse(shown(auditor).get("button"))  # who only reads decides nothing
        deposit.reason = "Interest of the bank"
        deposit.action_waive()
        self.assertFalse(shown(self.clerk))

    def test_cycle_closes_when_each_is_matched_or_waived(self):
        deposit = self._line("Interest", day="2026-08-20")
        later = self._line("Later", day="2026-08-27")
        blockers = {one["code"]: one for one in self.cycle[924]._get_blockers("close", None)}
        self.assertEqual((blockers["deposits"]["count"], blockers["deposits"]["stops"]), (1, True))
        with self.assertRaisesRegex(UserError, "deposits to identify"):
            self.cycle[924].action_close()
        with self.assertRaisesRegex(UserError, "why it pays no order"):
            deposit.action_waive()
        deposit.reason = "Interest of the bank"
        deposit.action_waive()
        self.assertEqual((deposit.state, deposit.decided_by_id), ("waived", self.clerk))
        self.cycle[924].action_close()
        self.assertEqual((self.cycle[924].state, later.state), ("closed", "open"))
        deposit.action_reopen()
        self.assertEqual(deposit.state, "open")

    # -- who may ---------------------------------------------------------------

    def test_nobody_writes_what_came_in(self):
        deposit = self._line("X")
        for values in ({"amount": 1}, {"is_waived": True}, {"settled_id": False}):
            with self.assertRaises(AccessError):
                deposit.write(values)
        with self.assertRaises(AccessError):
            self._as_clerk(self.env["mlm.deposit"]).create({"amount": 1})

    def test_auditor_reads_and_decides_nothing(self):
        auditor = new_test_user(self.env, "deposit_auditor", groups="mlm_base.group_auditor")
        deposit = self._line("X").with_user(auditor)
        self.assertEqual(deposit.amount, 110_900)
        for method in ("action_match", "action_waive", "action_reopen"):
            with self.assertRaises(AccessError):
                getattr(deposit, method)()
