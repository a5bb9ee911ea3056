import base64
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


@freeze_time("2026-09-07 15:00:00")
class TestDeposit(VolumeCommon):
    """A box costs 110,900; cycle 924 ends on Sunday, 23 August 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank.mlm_deposits = True
        cls.clerk = new_test_user(
            cls.env,
            "deposit_clerk",
            groups="mlm_base.group_support,account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _line(self, reference, amount=110_900, day="2026-08-24", **values):
        """Deposit of a line of the bank's statement."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": day,
                "payment_ref": reference,
                "amount": amount,
                **values,
            }
        )
        return self._as_clerk(self.env["mlm.deposit"].search([("statement_line_id", "=", line.id)]))

    def _as_clerk(self, record):
        return record.with_user(self.clerk).sudo(False)

    def _open_invoice(self, person=None):
        return self._invoice(self._order(person or self.juan))

    # -- what is listed --------------------------------------------------------

    def test_what_came_in_is_listed_and_nothing_else(self):
        deposit = self._line("JUAN PEREZ")
        self.assertEqual((deposit.amount, deposit.state), (110_900, "open"))
        self.assertEqual(deposit.paid_on, date(2026, 8, 24))
        self.assertFalse(self._line("Fee", amount=-5_000))
        self.bank.mlm_deposits = False
        self.assertFalse(self._line("Loan"))

    def test_a_corrected_bank_line_corrects_its_deposit(self):
        invoice = self._open_invoice()
        deposit = self._line("?", amount=1)
        line = deposit.sudo().statement_line_id
        line.write({"amount": 110_900, "payment_ref": f"PAGO {invoice.name}"})
        self.assertEqual((deposit.amount, deposit.invoice_id), (110_900, invoice))
        deposit.paid_on = "2026-08-23"  # a Sunday, which the bank booked on Monday
        line.payment_ref = f"PAGO DE {invoice.name}"
        self.assertEqual(deposit.paid_on, date(2026, 8, 23))
        line.date = "2026-08-21"
        self.assertEqual(deposit.paid_on, date(2026, 8, 21))
        line.amount = -5
        self.assertFalse(deposit.exists())
        line.amount = 5
        found = self.env["mlm.deposit"].search([("statement_line_id", "=", line.id)])
        self.assertEqual((found.amount, found.state), (5, "open"))

    # -- what is proposed ------------------------------------------------------

    def test_reference_and_amount_propose_the_invoice(self):
        invoice, other = self._open_invoice(), self._open_invoice(self.maria)
        deposit = self._line(f"PAGO {invoice.name.replace('/', ' ')}")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "both"))
        deposit = self._line(f"pago {other.invoice_origin}")
        self.assertEqual(deposit.invoice_id, other)

    def test_code_of_the_buyer_is_a_reference_too(self):
        invoice = self._open_invoice()
        self._open_invoice(self.maria)
        self.assertEqual(self._line("consignacion codigo juan").invoice_id, invoice)
        self.juan.partner_id.name = "José Pérez Gil"
        deposit = self._line("EFECTIVO CALI", partner_name="JOSE PEREZ GIL")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "name"))
        # people choose their own names: somebody looks at it first
        deposit.action_match_sure()
        self.assertEqual(deposit.state, "open")

    def test_money_of_another_currency_pays_nothing(self):
        invoice = self._open_invoice()
        deposit = self._line(f"PAGO {invoice.name}")
        other = self.env["res.currency"].search([("id", "!=", invoice.currency_id.id)], limit=1)
        as_internal(deposit.sudo()).currency_id = other
        self.assertFalse(deposit.invoice_id)
        deposit.chosen_id = invoice
        with self.assertRaisesRegex(UserError, "register the payment"):
            deposit.action_match()

    def test_a_choice_that_is_paid_meanwhile_is_none(self):
        invoice, other = self._open_invoice(), self._open_invoice(self.maria)
        deposit = self._line("EFECTIVO")
        deposit.chosen_id = invoice
        self._line(invoice.name).action_match()
        deposit.invalidate_recordset()
        self.assertEqual((deposit.invoice_id, deposit.agrees), (other, "amount"))

    def test_a_longer_number_or_name_is_another_one(self):
        invoice = self._open_invoice()
        self._open_invoice(self.maria)
        for reference in (f"PAGO {invoice.name}7", "JUANA", "SANJUAN", "5 JUN"):
            self.assertFalse(self._line(reference).agrees, reference)
        for reference in ("Cód. JUAN-CALI", f"pago {invoice.name.replace('/', '')}. gracias"):
            self.assertEqual(self._line(reference).invoice_id, invoice, reference)

    def test_two_documents_of_one_buyer_are_not_guessed(self):
        self._open_invoice()
        self._open_invoice()
        deposit = self._line("JUAN")
        self.assertFalse(deposit.invoice_id or deposit.agrees)

    def test_amount_alone_is_only_a_hint(self):
        invoice = self._open_invoice()
        deposit = self._line("EFECTIVO")
        self.assertEqual((deposit.invoice_id, deposit.agrees), (invoice, "amount"))
        deposit.action_match_sure()
        self.assertEqual(deposit.state, "open")
        self.assertFalse(self._line("EFECTIVO", amount=110_901).invoice_id)

    # -- one click -------------------------------------------------------------

    def test_paid_on_sunday_counts_in_the_cycle_of_sunday(self):
        """The bank values it on Monday, which is in cycle 925; the operation was on Sunday."""
        invoice = self._open_invoice()
        deposit = self._line(f"PAGO {invoice.name}")
        deposit.paid_on = "2026-08-23"
        deposit.action_match()
        self.assertEqual((deposit.state, deposit.decided_by_id), ("matched", self.clerk))
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[924])

    def test_value_date_counts_where_nobody_says_otherwise(self):
        invoice = self._open_invoice()
        self._line(f"PAGO {invoice.name}").action_match()
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_told_after_the_cycle_closed_counts_in_the_first_open_one(self):
        invoice = self._open_invoice()
        self.cycle[924].action_close()
        deposit = self._line(f"PAGO {invoice.name}")
        deposit.paid_on = "2026-08-23"
        deposit.action_match()
        self._capture()
        self.assertEqual(self._ledger(invoice).period_id, self.cycle[925])

    def test_order_without_an_invoice_gets_one(self):
        order = self._order(self.juan)
        deposit = self._line(f"pago {order.name}")
        self.assertEqual((deposit.order_id, deposit.agrees), (order, "both"))
        deposit.action_match()
        self.assertEqual(deposit.settled_id, order.invoice_ids)
        self.assertEqual(order.invoice_ids.amount_residual, 0)

    def test_another_invoice_can_be_chosen(self):
        self._open_invoice()
        other = self._open_invoice(self.maria)
        deposit = self._line("JUAN")
        deposit.chosen_id = other
        deposit.action_match()
        self.assertEqual(deposit.settled_id, other)
        with self.assertRaisesRegex(UserError, "Matched"):
            deposit.action_match()
        with self.assertRaisesRegex(UserError, "Matched"):
            deposit.paid_on = "2026-08-20"

    def test_all_that_agree_are_matched_at_once(self):
        invoices = [self._open_invoice(), self._open_invoice(self.maria)]
        deposits = self._line(invoices[0].name) + self._line(invoices[1].name)
        unknown = self._line("?", amount=7)
        # of the role alone, which reads no invoices
        support = new_test_user(self.env, "deposit_support", groups="mlm_base.group_support")
        (deposits + unknown).with_user(support).action_match_sure()
        self.assertEqual(deposits.mapped("state"), ["matched"] * 2)
        self.assertEqual(unknown.state, "open")

    def test_two_lines_of_one_invoice_pay_it_once(self):
        invoice = self._open_invoice()
        first, second = self._line(f"PAGO {invoice.name}"), self._line(f"PAGO {invoice.name}")
        (first + second).action_match_sure()
        self.assertEqual((first.state, second.state), ("matched", "open"))

    def test_a_match_that_is_undone_waits_again(self):
        invoice = self._open_invoice()
        deposit = self._line(f"PAGO {invoice.name}")
        deposit.action_match()
        deposit.sudo().statement_line_id.action_undo_reconciliation()
        self.assertEqual((deposit.state, deposit.invoice_id), ("open", invoice))
        deposit.action_match()
        self.assertEqual(deposit.state, "matched")
        [paid] = self._read(
            f"date,amount,reference\n2026-08-20,110900,{self._open_invoice().name}\n"
        )
        paid.action_match()
        self.assertEqual(paid.state, "matched")
        paid.sudo().payment_id.action_draft()
        self.assertEqual(paid.state, "open")

    def test_money_of_a_broken_reconciliation_pays_once(self):
        invoice = self._open_invoice()
        [deposit] = self._read(f"date,amount,reference\n2026-08-20,110900,{invoice.name}\n")
        deposit.action_match()
        first = deposit.sudo().payment_id
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual((deposit.state, deposit.invoice_id), ("open", invoice))
        deposit.action_match()
        self.assertEqual((deposit.state, invoice.amount_residual), ("matched", 0))
        self.assertEqual((first.state, deposit.sudo().payment_id == first), ("canceled", False))

    def test_the_journal_of_a_file_is_the_only_one_on_which_buyers_pay(self):
        wizards = self.env["mlm.deposit.import"]
        self.assertEqual(wizards.new({}).journal_id, self.bank)
        self.bank.copy().mlm_deposits = True
        self.assertFalse(wizards.new({}).journal_id)

    def test_what_is_more_than_the_invoice_is_matched(self):
        invoice = self._open_invoice()
        [deposit] = self._read("date,amount,reference\n2026-08-20,120000,EFECTIVO\n")
        deposit.chosen_id = invoice
        deposit.action_match()
        self.assertEqual((deposit.state, invoice.amount_residual), ("matched", 0))

    def test_nothing_was_paid_on_a_day_to_come(self):
        deposit = self._line("X")
        with self.assertRaisesRegex(UserError, "in the future"):
            deposit.paid_on = date.today() + timedelta(days=40)

    def test_reconciled_by_the_accountant_is_matched(self):
        deposit = self._line("X")
        _liquidity, suspense, _other = deposit.sudo().statement_line_id._seek_for_lines()
        suspense.account_id = self.company_data["default_account_revenue"]
        self.assertEqual(deposit.state, "matched")

    # -- files of gateways and collectors ----------------------------------------

    def _read(self, text):
        wizard = self._as_clerk(self.env["mlm.deposit.import"]).create(
            {"journal_id": self.bank.id, "file": base64.b64encode(text.encode())}
        )
        wizard.action_import()
        return self._as_clerk(self.env["mlm.deposit"]).search([("source", "=", "file")])

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
