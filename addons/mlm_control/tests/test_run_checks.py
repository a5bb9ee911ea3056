from datetime import datetime

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.mlm_commission.tests.common import CommissionCommon

SATURDAY = "2026-08-22"  # the last days of cycle 924 are the 22nd and the 23rd


class TestRunChecks(CommissionCommon):
    """MARÍA's binary: 2,000 matched × 11 % × 4,500 = 990,000."""

    def _cases(self, run, kind=None):
        return run.check_ids.filtered(lambda case: not kind or case.kind == kind)

    def _pay_juan(self):
        """29,100 of retail profit: JUAN is paid too."""
        self._sale(self.juan, product=self.big)
        self._sale(self.clara, price_unit=140_000)

    def _refund(self, invoice, day):
        refund = invoice._reverse_moves([{"invoice_date": day, "date": day}])
        refund.action_post()
        self._pay(refund, day)
        self._capture()
        return refund

    # -- purchases of the last days --------------------------------------------

    def test_ordinary_week_has_no_case(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self.assertFalse(run.check_ids)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "approved")

    def test_purchase_that_lifts_nothing(self):
        self._balanced_sales(left=2, right=2)
        self._sale(self.yenny, product=self.big, day=SATURDAY)
        run = self._preview()
        # YENNY is active already and earns nothing: no case
        self.assertFalse(run.check_ids)

    def test_own_purchase_alone_made_active(self):
        for member, quantity in ((self.juan, 2), (self.yenny, 2)):
            self._sale(member, quantity, product=self.big)
        self._sale(self.maria, product=self.big, day=SATURDAY)
        case = self._cases(self._preview())
        self.assertEqual((case.kind, case.distributor_id), ("last_days", self.maria))
        self.assertEqual(case.at_stake, 990_000)
        self.assertTrue(case.facts["active"])
        self.assertEqual(case.facts["without_e4"], 0)
        self.assertIn("active instead of inactive", case.text)

    def test_rank_made_by_the_purchases_of_others(self):
        self._sale(self.maria, product=self.big)
        self._sale(self.juan, product=self.big)
        self._sale(self.yenny, 2, product=self.big)
        self._sale(self.juan, product=self.big, day=SATURDAY)
        case = self._cases(self._preview())
        # without JUAN's second: 1,000 matched × 10 % × 4,500
        self.assertEqual(case.at_stake, 990_000 - 450_000)
        self.assertFalse(case.facts["active"])
        self.assertEqual((case.facts["rank"], case.facts["rank_without"]), (1, 0))
        self.assertEqual(case.facts["buyers"], [[self.juan.id, 500_000]])
        self.assertIn("rank Bronze instead of No rank", case.text)
        self.assertIn("JUAN (50 PV)", case.text)

    def test_sales_to_customers_are_no_case(self):
        self._sale(self.clara, 4, price_unit=140_000, day=SATURDAY)
        run = self._preview()
        self.assertEqual(run.amount, 4 * 29_100)
        self.assertFalse(run.check_ids)

    def test_switched_off(self):
        self.network.check_days = 0
        self._sale(self.juan, 2, product=self.big)
        self._sale(self.yenny, 2, product=self.big)
        self._sale(self.maria, product=self.big, day=SATURDAY)
        self.assertFalse(self._preview().check_ids)

    # -- bought, qualified, returned -------------------------------------------

    def test_qualified_then_returned(self):
        self._sale(self.juan, 2, product=self.big)
        self._sale(self.yenny, 2, product=self.big)
        invoice = self._sale(self.maria, product=self.big)
        self._posted()
        self._refund(invoice, "2026-08-26")
        case = self._cases(self._preview(925), "returned")
        self.assertEqual(case.distributor_id, self.maria)
        self.assertEqual(case.at_stake, 990_000)
        (fact,) = case.facts["cycles"]
        self.assertEqual((fact["cycle"], fact["active"], fact["without_e4"]), (924, True, 0))
        self.assertIn("Cycle 924: active instead of inactive", case.text)
        self.assertIn("50 PV", case.text)

    def test_return_before_approval_is_seen_in_the_next_preview(self):
        """The cycle is closed: the return counts in the next one, and the preview of
        this one says what depends on the purchase."""
        self._sale(self.juan, 2, product=self.big)
        self._sale(self.yenny, 2, product=self.big)
        invoice = self._sale(self.maria, product=self.big)
        self.assertFalse(self._preview().check_ids)
        self._refund(invoice, "2026-08-26")
        run = self._preview()
        self.assertEqual(run.amount, 990_000)
        case = self._cases(run)
        self.assertEqual((case.kind, case.at_stake), ("returned", 990_000))

    def test_return_that_changes_nothing_is_no_case(self):
        self._balanced_sales(left=2, right=2)
        invoice = self._sale(self.maria)
        self._posted()
        self._refund(invoice, "2026-08-26")
        self.assertFalse(self._cases(self._preview(925), "returned"))

    # -- people ------------------------------------------------------------------

    def _share(self, field, value):
        for member in (self.maria, self.juan):
            member.partner_id[field] = value

    def test_shared_bank_account(self):
        self._balanced_sales(left=2, right=2)
        self._pay_juan()
        for member, number in ((self.maria, "123-456-789"), (self.juan, "123456789")):
            self.env["res.partner.bank"].create(
                {"partner_id": member.partner_id.id, "acc_number": number}
            )
        case = self._cases(self._preview())
        self.assertEqual(case.kind, "shared_bank")
        self.assertEqual(case.distributor_ids, self.maria | self.juan)
        self.assertEqual(case.at_stake, 990_000 + 29_100)
        self.assertIn("•••6789", case.text)
        self.assertNotIn("12345", case.text)

    def test_unpaid_people_may_share(self):
        self._balanced_sales(left=2, right=2)
        self._share("phone", "+57 300 123 4567")
        self.assertFalse(self._preview().check_ids)

    def test_shared_phone_in_two_spellings(self):
        self.company.country_id = self.env.ref("base.co")
        self._balanced_sales(left=2, right=2)
        self._pay_juan()
        self.maria.partner_id.phone = "+57 300 123 4567"
        self.juan.partner_id.phone = "3001234567"
        self.assertEqual(self._cases(self._preview()).kind, "shared_phone")

    def test_shared_address_needs_three(self):
        self._balanced_sales(left=2, right=2)
        self._pay_juan()
        self._share("street", "Calle 10 # 5-20")
        self.assertFalse(self._preview().check_ids)
        self.network.check_shared_address = 2
        self.juan.partner_id.street = "CALLE 10 #5-20"
        self.assertEqual(self._cases(self._preview()).kind, "shared_address")

    def test_shared_internet_address(self):
        self.network.check_shared_login = 2
        self._balanced_sales(left=2, right=2)
        self._pay_juan()
        for member in (self.maria, self.juan):
            user = self.env["res.users"].create(
                {
                    "name": member.name,
                    "login": f"login_{member.code}",
                    "partner_id": member.partner_id.id,
                    "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                }
            )
            self.env["res.device.log"].create(
                {
                    "session_identifier": member.code,
                    "user_id": user.id,
                    "ip_address": "190.0.2.7",
                    "first_activity": datetime(2026, 8, 20),
                    "last_activity": datetime(2026, 8, 20),
                }
            )
        self.assertEqual(self._cases(self._preview()).kind, "shared_login")

    def _enrol_line(self, count, sponsor=None, **values):
        """People of cycle 924 placed one below the other on YENNY's right leg."""
        above, line = "YENNY", []
        for number in range(count):
            code = f"NEW{number}"
            line.append(
                self._enrol(
                    code,
                    sponsor or above,
                    joined_at=datetime(2026, 8, 18, 12),
                    placement={"parent_code": above, "leg": "right"},
                    **values,
                )
            )
            above = code
        return self.env["mlm.distributor"].union(*line)

    def test_stack_of_one_sponsor(self):
        self.network.check_stack_sponsor = 3
        line = self._enrol_line(3, sponsor="YENNY")
        self._sale(line[1])
        case = self._cases(self._preview())
        self.assertEqual((case.kind, case.distributor_id), ("stack", self.yenny))
        self.assertEqual(case.facts["people"], line.ids)
        self.assertIn("NEW0, NEW1, NEW2", case.text)
        self.assertIn("15 PV", case.text)

    def test_stack_from_one_address(self):
        line = self._enrol_line(3, street="Carrera 7 # 12-34", city="Bogotá")
        case = self._cases(self._preview())
        self.assertEqual((case.kind, case.distributor_id), ("stack", line[0]))
        self.assertIn("Carrera 7 # 12-34, Bogotá", case.text)

    def test_short_line_is_no_stack(self):
        self._enrol_line(2, street="Carrera 7 # 12-34")
        self.assertFalse(self._preview().check_ids)

    # -- decisions ----------------------------------------------------------------

    def _run_with_case(self):
        self._sale(self.juan, 2, product=self.big)
        self._sale(self.yenny, 2, product=self.big)
        self._sale(self.maria, product=self.big, day=SATURDAY)
        return self._preview()

    def _clear(self, cases, role="manager", reason="The customers were asked", **values):
        wizard = self._as(self.env["mlm.run.check.wizard"], role).create(
            {
                "decision": "cleared",
                "check_ids": [(6, 0, cases.ids)],
                "reason": reason,
                **values,
            }
        )
        wizard.action_decide()

    def test_approval_waits_and_names_the_case(self):
        run = self._run_with_case()
        self._as(run, "manager").action_submit()
        with self.assertRaisesRegex(UserError, r"open cases \(1\)(.|\n)*MARIA"):
            self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "submitted")
        self._clear(run.check_ids, "approver")
        self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "approved")

    def test_decision_is_on_record(self):
        run = self._run_with_case()
        self._clear(run.check_ids)
        decision = run.check_ids.clearance_id
        self.assertEqual(
            (decision.author_id, decision.reason, decision.decision),
            (self.users["manager"], "The customers were asked", "cleared"),
        )
        self.assertIn("active instead of inactive", decision.text)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.Error),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE mlm_run_clearance SET reason = 'no'")

    def test_who_decides(self):
        case = self._run_with_case().check_ids
        for role in ("accountant", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(case, role)._decide("cleared", "because")
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as(case, "manager")._decide("cleared", "  ")
        for operation in ("write", "create", "unlink"):
            self.assertFalse(self._as(case, "manager").has_access(operation))
        self.assertFalse(self._as(case, "support").has_access("read"))

    def test_nobody_decides_the_own_case(self):
        case = self._run_with_case().check_ids
        self.users["manager"].partner_id = self.maria.partner_id
        with self.assertRaisesRegex(UserError, "is about you"):
            self._as(case, "manager")._decide("cleared", "It was me")

    def test_opened_again(self):
        run = self._run_with_case()
        self._clear(run.check_ids)
        self._as(run.check_ids, "approver")._decide("open", "The invoice is missing")
        self.assertEqual(run.check_ids.state, "open")
        self._as(run, "manager").action_submit()
        with self.assertRaisesRegex(UserError, "has open cases"):
            self._as(run, "approver").action_approve()

    def test_not_after_approval(self):
        run = self._run_with_case()
        self._clear(run.check_ids)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "this needs “Preview"):
            self._as(run.check_ids, "manager")._decide("open", "too late")

    def test_next_preview_finds_the_decision(self):
        self._clear(self._run_with_case().check_ids)
        self.assertEqual(self._preview().check_ids.state, "cleared")

    def test_other_facts_are_another_case(self):
        self._clear(self._run_with_case().check_ids)
        self.cycle[924].action_reopen()
        self._sale(self.yenny, product=self.big)
        self._sale(self.juan, product=self.big)
        self.assertEqual(self._preview().check_ids.state, "open")

    def test_lasting_decision_counts_in_later_cycles(self):
        self._balanced_sales(left=2, right=2)
        self._pay_juan()
        self._share("phone", "3001234567")
        run = self._preview()
        self._clear(run.check_ids, is_lasting=True)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = run.period_id.pay_date
        self._as(run, "manager").action_post()
        self._balanced_sales(left=2, right=2, day="2026-08-26")
        self._sale(self.clara, price_unit=140_000, day="2026-08-26")
        self.assertEqual(self._preview(925).check_ids.state, "cleared")

    def test_discarded_preview_takes_its_cases_along(self):
        run = self._run_with_case()
        self._clear(run.check_ids)
        self._as(run, "manager").action_discard()
        self.assertFalse(run.check_ids)
        self.assertTrue(self.env["mlm.run.clearance"].search([("run_number", "=", run.number)]))

    def test_texts_in_spanish(self):
        self.env["res.lang"]._activate_lang("es_CO")
        case = self._run_with_case().check_ids.with_context(lang="es_CO")
        self.assertTrue(case.text)
