# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mlm_base.tests.today_common import TodayTests

from ..tax import Payee
from .profile_common import ProfileCommon

TODAY = date(2026, 8, 20)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestProfilePayee(TodayTests, ProfileCommon):
    def _payee(self, member, day=TODAY):
        partner = member.partner_id
        return self.Profile._get_payees(self.company, partner, day)[partner.id]

    def test_default_profile(self):
        payee = self._payee(self.maria)
        self.assertEqual(payee.missing, ("profile",))
        self.assertEqual(
            payee, Payee(person="natural", resident=True, missing=("profile",)), "nothing else"
        )
        self.assertEqual(self._payee(self.juan).missing, ("profile", "number"))

    def test_confirmed_profile(self):
        self._profile(
            confirm=True,
            declarant=True,
            art383=True,
            art383_exempt=True,
            art383_deductions=250_000.5,
            contract_over_limit=True,
        )
        payee = self._payee(self.maria)
        self.assertEqual((payee.municipality, payee.activity), ("11001", "4799"))
        self.assertEqual((payee.declarant, payee.contract_over_limit), (True, True))
        self.assertEqual((payee.art383, payee.art383_exempt), (True, True))
        self.assertEqual(payee.art383_deductions_e4, 2_500_005_000)
        self.assertEqual(payee.missing, ())

    def test_missing(self):
        profile = self._profile(municipality_id=False)
        self.assertEqual(self._payee(self.maria).missing, ("profile",), "not confirmed")
        self._as(profile, "accountant").action_confirm()
        self.assertEqual(self._payee(self.maria).missing, ("municipality",))
        self._profile(
            self.juan, confirm=True, resident=False, municipality_id=False, activity_id=False
        )
        self.assertEqual(self._payee(self.juan).missing, ("number",), "ICA is for residents")

    def test_profile_of_another_company(self):
        self._profile(confirm=True)
        other = self.env["res.company"].create({"name": "Other"})
        partner = self.maria.partner_id
        payee = self.Profile._get_payees(other, partner, TODAY)[partner.id]
        self.assertEqual(payee.missing, ("profile",))

    def test_one_statement_for_everybody(self):
        people = self.maria + self.juan + self.yenny
        for member in people:
            self._profile(member, confirm=True)
        counts = []
        for asked in (self.maria, people):
            partners = asked.partner_id
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(
                set(self.Profile._get_payees(self.company, partners, TODAY)), set(partners.ids)
            )
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts, [1, 1])

    # -- payouts that wait -----------------------------------------------------------

    def test_hold_reasons(self):
        statements = self._posted_earlier().statement_ids
        maria = statements.filtered(lambda one: one.distributor_id == self.maria)
        deductions = self.env["mlm.deduction"]
        self.assertEqual(self.Profile._get_hold_reasons(statements), {}, "not of Colombia")
        self._in_colombia()
        reasons = deductions._get_hold_reasons(statements)
        self.assertEqual(reasons[maria.id], ["There is no confirmed tax profile."])
        self._profile(confirm=True, activity_id=False)
        reasons = deductions._get_hold_reasons(statements)
        self.assertEqual(reasons[maria.id], ["The tax profile has no activity (CIIU)."])
        self.assertEqual(deductions._get_hold_reasons(statements.browse()), {})

    def test_complete_person_is_not_held(self):
        statements = self._posted_earlier().statement_ids
        self._in_colombia()
        self._profile(confirm=True)
        self.assertNotIn(
            statements.filtered(lambda one: one.distributor_id == self.maria).id,
            self.env["mlm.deduction"]._get_hold_reasons(statements),
        )

    # -- who lacks what --------------------------------------------------------------

    def _gaps(self, role="accountant"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(self.env["mlm.co.gap"], role).search([])

    def test_people_in_a_run_under_way(self):
        self._in_colombia()
        self.assertFalse(self._gaps(), "nobody is paid anything")
        self.company.account_fiscal_country_id = self.env.ref("base.es")
        self._balanced_sales()
        self._preview()
        self.assertFalse(self._gaps(), "not of Colombia")
        self._in_colombia()
        gap = self._gaps()
        self.assertEqual(gap.distributor_id, self.maria)
        self.assertTrue(gap.no_profile and gap.no_rut and gap.holds)
        self.assertFalse(gap.no_number or gap.no_municipality or gap.no_activity)

    def test_people_paid(self):
        self._posted_earlier()
        self._in_colombia()
        gap = self._gaps()
        self.assertEqual(gap.distributor_id, self.maria)
        self.assertGreater(gap.balance, 0)
        self.assertEqual(gap.lack_text, "Tax profile, RUT")
        profile = self._profile(municipality_id=False)
        self.assertEqual(self._gaps().draft_id, profile)
        self.assertEqual(self._gaps().action_profile()["res_id"], profile.id)
        self._as(profile, "accountant").action_confirm()
        gap = self._gaps()
        self.assertTrue(gap.no_municipality and gap.no_rut and gap.holds)
        self._as(profile, "accountant").action_reopen()
        profile.municipality_id = self.bogota
        self._as(profile, "accountant").action_confirm()
        gap = self._gaps()
        self.assertTrue(gap.no_rut)
        self.assertFalse(gap.holds, "a RUT alone holds nothing")

    def test_gaps_by_role(self):
        for role in ("support", "manager", "approver", "accountant", "auditor"):
            self._gaps(role)
        with self.assertRaises(AccessError):
            self._gaps("warehouse")

    # -- on the person ---------------------------------------------------------------

    def test_sentence_on_the_person(self):
        text = "mlm_co_profile_text"
        self.assertFalse(self._as(self.maria, "support")[text], "not of Colombia")
        self._in_colombia()
        self.env.invalidate_all()
        self.assertEqual(self._as(self.maria, "support")[text], "None yet: payouts are held")
        action = self._as(self.maria, "support").action_mlm_co_profile()
        self.assertFalse(action["res_id"])
        profile = self._profile()
        self.env.invalidate_all()
        self.assertIn("To confirm", self._as(self.maria, "support")[text])
        self._as(profile, "accountant").action_confirm()
        self.env.invalidate_all()
        self.assertEqual(self._as(self.maria, "support")[text], profile.summary)
        action = self._as(self.maria, "support").action_mlm_co_profile()
        self.assertEqual(action["res_id"], profile.id)
        with self.assertRaises(AccessError):
            self._as(self.maria, "warehouse").read([text])

    # -- the board -------------------------------------------------------------------

    def test_board(self):
        self._posted_earlier()
        self._in_colombia()
        accountant = self.users["accountant"]
        self.assertEqual(self.cards(accountant)["co_gaps"]["count"], 1)
        self.assertNotIn("co_profiles", self.cards(accountant))
        profile = self._profile(role="support")
        card = self.cards(accountant)["co_profiles"]
        self.assertEqual((card["count"], card["waits"]), (1, True))
        self.assertEqual(card["button"]["open"]["id"], profile.id)
        self.assertFalse(self.cards(self.users["approver"])["co_profiles"]["waits"])
        self._as(profile, "accountant").action_confirm()
        self.assertNotIn("co_profiles", self.cards(accountant))
        self.assertNotIn("co_gaps", self.cards(accountant))
        self.assertNotIn("co_ending", self.cards(accountant))
        soon = fields.Date.context_today(self.Profile) + timedelta(days=9)
        self._as(profile, "accountant").date_to = soon
        self.assertEqual(self.cards(accountant)["co_ending"]["count"], 1)
        next_one = self._profile(date_from=soon + timedelta(days=1))
        self._as(next_one, "accountant").action_confirm()
        self.assertNotIn("co_ending", self.cards(accountant))

    def test_cards_open(self):
        self._posted_earlier()
        self._in_colombia()
        self._profile(self.juan)
        ending = self._profile(self.yenny, confirm=True)
        self._as(ending, "accountant").date_to = fields.Date.context_today(self.Profile)
        for role in ("support", "manager", "approver", "accountant", "auditor", "admin"):
            codes = self.assert_opens(self.users[role])
            self.assertLessEqual({"co_profiles", "co_gaps", "co_ending"}, codes)
