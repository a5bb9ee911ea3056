# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One network, Colombia in pesos and Ecuador in dollars: from the orders to the portal."""

from io import BytesIO

import yaml
from mlm_engine.scenario import load
from openpyxl import load_workbook

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.mlm_base.exact import from_e4

SCENARIO = """
scenario: 3
title: Two countries
plan:
  plan: two_countries
  name: Two countries
  version: 1
  currency: {base: USD, company: COP}
  rounding: {mode: half_up, unit: 0.01}
  trees: [{code: pairs, kind: binary}]
  periods: {month: {kind: month, anchor_number: 1, anchor_start: 2026-01-01}}
  activity: {period: month, pv: 10}
  catalog: [{code: TEA, name: Tea, price: 90000, retail: 120000, pv: 20, cv: 20}]
  bonuses:
    - {code: uni, rule: unilevel, name: Levels, period: month, params: {rates: [10, 5]}}
    - {code: retail, rule: retail_profit, name: Retail profit, period: month}
    - {code: match, rule: matching, name: Matching, period: month, params: {rates: [20], bonuses: [uni]}}
company: {code: CO, currency: COP, rates: [{from: 2026-01-01, rate: 4500}]}
companies: [{code: EC, name: Ecuador, country: EC, currency: USD}]
cycles: [8]
distributors:
  - {code: ANA, name: Ana, place: root}
  - {code: ECU, name: Eugenia, home: EC, sponsor: ANA, place: {parent: ANA, leg: left}}
  - {code: COL, name: Colón, home: CO, sponsor: ECU, place: {parent: ECU, leg: left}}
  - {code: CLI, name: Clienta, kind: customer, home: EC, sponsor: COL}
sales:
  - {buyer: ANA, paid: 2026-08-03, lines: [{pv: 10, cv: 10, price: 45000}]}
  - {buyer: ECU, paid: 2026-08-04, lines: [{pv: 100, cv: 100, price: 100}]}
  - {buyer: COL, company: EC, paid: 2026-08-05, lines: [{product: TEA, qty: 5}]}
  - {buyer: CLI, paid: 2026-08-07, price_list: retail, lines: [{product: TEA}]}
expect:
  8:
    # Levels, 10 % and 5 % of CV in points: ANA of ECU's 100 and COL's 100: 15, 67,500 pesos; ECU of
    # COL's 100 and of CLI's 20: 11.00 dollars; COL of CLI's 20: 2, 9,000 pesos.
    # Retail: COL 6.67 dollars above the distributor price of 20.00: 30,015 pesos.
    # Matching, 20 % of levels: ANA of ECU's 11.00 dollars: 2.20, 9,900 pesos; ECU of COL's 9,000
    # pesos: 1,800, 0.40 dollars.
    earnings:
      ANA: {uni: 67500, match: 9900}
      ECU: {uni: 11, match: 0.4}
      COL: {uni: 9000, retail: 30015}
    complete: true
    companies:
      CO: {earned: 116415, withheld: 11641.5, payable: 104773.5}
      EC: {earned: 11.4, withheld: 1.14, payable: 10.26}
"""


@tagged("post_install", "-at_install")
class TestTwoCountries(HttpCase):
    def play(self, charge=False):
        self.here = self.env.company
        self.network = self.here.mlm_network_id
        self.network.charge_sellers = charge
        with mute_logger("odoo.addons.account.models.chart_template"):
            played = self.env["mlm.scenario.player"]._play(load(yaml.safe_load(SCENARIO)))
        self.assertEqual(played["differences"], [])
        self.assertEqual(played["laws"], [])
        self.there = self.network.company_ids - self.here
        self.computed = self.env["mlm.run"].search([("network_id", "=", self.network.id)])
        people = self.env["mlm.distributor"].search([("network_id", "=", self.network.id)])
        self.people = {one.code: one for one in people}

    def balance(self, account, company):
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("company_id", "=", company.id)]
        )
        return round(sum(lines.mapped("balance")), 2)

    def test_books(self):
        """Each company's own: expense = earned, payable and withheld make it up."""
        self.play()
        for company, earned, net in ((self.here, 116_415, 104_773.5), (self.there, 11.4, 10.26)):
            with self.subTest(company.name):
                self.assertEqual(self.balance(company.mlm_expense_account_id, company), earned)
                self.assertEqual(self.balance(company.mlm_payable_account_id, company), -net)
                statements = self.computed.statement_ids.filtered(
                    lambda one, company=company: one.company_id == company
                )
                self.assertEqual(statements.currency_id, company.currency_id)
                self.assertEqual(round(sum(statements.mapped("gross")), 2), earned)
                moves = statements.move_id
                self.assertEqual(moves.company_id, company)
                self.assertEqual(moves.line_ids.currency_id, company.currency_id)
        self.assertEqual(self.computed._verify(), [])
        self.assertEqual(self.computed._audit()["differences"], [])
        # in pesos, the currency of the plan: 11.40 dollars are 51,300
        self.assertEqual(self.computed.currency_id.name, "COP")
        self.assertEqual(self.computed.amount_e4, (116_415 + 51_300) * 10_000)

    def test_an_accountant_sees_the_own_company(self):
        self.play()
        accountant = new_test_user(
            self.env,
            "accountant of ecuador",
            "base.group_user,mlm_base.group_accountant,account.group_account_manager",
            company_id=self.there.id,
            company_ids=[(6, 0, self.there.ids)],
        )
        env = self.env(user=accountant, su=False, context={})
        payees = env["mlm.statement"].search([]).distributor_id
        self.assertEqual(payees.mapped("code"), ["ECU"])
        self.assertEqual(set(env["mlm.earning"].search([]).payee_id.mapped("code")), {"ECU"})
        moves = env["account.move"].search([("journal_id.code", "=", "COM")])
        self.assertEqual(moves.company_id, self.there)
        # the upline is known by code and name, and by nothing else
        ana = env["mlm.distributor"].search([("code", "=", "ANA")])
        self.assertEqual(ana.name, "Ana")
        self.assertFalse(ana.email or ana.vat or ana.phone or ana.city)
        self.assertIn(self.here.name, ana.elsewhere)
        self.assertFalse(env["mlm.distributor"].search([("code", "=", "ECU")]).elsewhere)

    def test_a_leader_knows_the_own_team_abroad(self):
        """How staff see people of another company says nothing of distributors."""
        self.play()
        self.network.names_elsewhere = "code"
        ana = self.people["ANA"]
        user = new_test_user(
            self.env,
            "portal leader",
            "base.group_portal",
            partner_id=ana.partner_id.id,
            name="Ana",
            company_id=self.here.id,
            company_ids=[(6, 0, self.here.ids)],
        )
        self.env.invalidate_all()
        team = self.env["mlm.portal.team"].with_user(user).sudo()
        member = self.env["mlm.distributor"].with_user(user).sudo()._current_for_user(user)
        found = team._get(member)
        self.assertEqual([one["name"] for one in found["members"]], ["Eugenia"])

    def test_sums_are_of_one_currency(self):
        """Pesos and dollars are not added up; Odoo would, one for one, without market rates."""
        self.play()
        amounts = ["currency_id:array_agg_distinct", "amount:sum", "amount:sum_currency"]
        earnings = self.env["mlm.earning"].with_company(self.here)
        found = {
            company: (len(currencies), total, turned)
            for company, currencies, total, turned in earnings._read_group(
                [("amount", "!=", 0)], ["company_id"], amounts
            )
        }
        self.assertEqual(found[self.here], (1, 116_415, 116_415))
        self.assertEqual(found[self.there], (1, 11.4, False))
        ((currencies, _total, turned),) = earnings._read_group([], [], amounts)
        self.assertEqual((len(currencies), turned), (2, False))

    def test_explanation_in_the_money_of_the_payee(self):
        self.play()
        for code, shown, currency in (("ECU", "11.40", "USD"), ("ANA", "77,400", "COP")):
            wizard = self.env["mlm.explanation"].create(
                {"run_id": self.computed.id, "distributor_id": self.people[code].id}
            )
            text = html2plaintext(wizard.html).replace("\N{NO-BREAK SPACE}", " ")
            self.assertRegex(text, f"{shown} {currency}")
        sale = self.env["mlm.volume.entry"].search(
            [("network_id", "=", self.network.id), ("buyer_id", "=", self.people["COL"].id)]
        )
        text = html2plaintext(self.env["mlm.explanation"].create({"entry_id": sale.id}).html)
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        # ten of a hundred points to Ecuador, five to Colombia
        self.assertRegex(text, r"\b10 USD")
        self.assertRegex(text, r"22,500 COP")

    def test_reports_say_whose_money(self):
        self.play()
        number = int(self.computed.action_xlsx()["url"].split("/")[3].split("?")[0])
        book = load_workbook(BytesIO(self.env["ir.attachment"].browse(number).raw))
        entries = [
            row[:4]
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            if row[1] and str(row[1]).startswith("COM/")
        ]
        self.assertEqual(
            {(row[0], row[3]) for row in entries},
            {(self.here.name, "COP"), (self.there.name, "USD")},
        )
        # ECU's matching of COL: a peso is turned through the point, 4,500 of which are one
        rows = self.env["mlm.commission.report"]._read_rows(self.computed)
        (matched,) = [
            row for chunk in rows for row in chunk if row["per"] and row["payee"] == "ECU"
        ]
        self.assertEqual(
            (matched["fx"], matched["per"], matched["amount"]), (1, 4500, from_e4(4_000))
        )

    def test_portal(self):
        """Everybody reads the own money in the own currency, and how it came about."""
        self.play()
        for code, shown, currency, matched in (
            ("ECU", "11.40", "USD", "9,000 COP × 20 % ÷ 4,500"),
            ("ANA", "77,400", "COP", "11 USD × 20 % × 4,500"),
        ):
            person = self.people[code]
            new_test_user(
                self.env,
                f"portal {code}",
                "base.group_portal",
                partner_id=person.partner_id.id,
                name=person.name,
                company_id=person.company_id.id,
                company_ids=[(6, 0, person.company_id.ids)],
                lang="en_US",
            )
            self.authenticate(f"portal {code}", f"portal {code}")
            with self.subTest(code):
                for page in ("/my/network/earnings", f"/my/network/earnings/{self.computed.id}"):
                    text = self.url_open(page).text.replace("\N{NO-BREAK SPACE}", " ")
                    text = text.partition("<main")[2]
                    self.assertIn(f"{shown} {currency}", text)
                    if page.endswith(str(self.computed.id)):
                        self.assertIn(matched, " ".join(html2plaintext(text).split()))
                    # what somebody below earned may be told in that one's money, sums never
                    self.assertNotIn(f"{shown} {'COP' if currency == 'USD' else 'USD'}", text)

    def test_companies_that_sold_are_charged(self):
        """EC sold 220 CV of 230, CO 10. Of 116,415 pesos that CO paid, EC bears 220 parts of 230:
        111,353.48, in dollars 24.75; of 11.40 dollars that EC paid, CO bears 10 of 230: 0.50, in
        pesos 2,250."""
        self.play(charge=True)
        charges = {
            (one.company_id, one.seller_id): (one.amount_e4, one.seller_amount_e4)
            for one in self.computed.charge_ids
        }
        self.assertEqual(
            charges,
            {
                (self.here, self.there): (1_113_534_800, 247_500),
                (self.there, self.here): (5_000, 22_500_000),
            },
        )
        # what stays as expense is what was sold: nothing is made or lost but by rounding
        expense = self.balance(self.here.mlm_expense_account_id, self.here)
        self.assertEqual(expense, round(116_415 - 111_353.48 + 2_250, 2))
        expense = self.balance(self.there.mlm_expense_account_id, self.there)
        self.assertEqual(expense, round(11.4 - 0.5 + 24.75, 2))
        for charge in self.computed.charge_ids:
            self.assertEqual(charge.move_id.company_id, charge.company_id)
            self.assertEqual(charge.seller_move_id.company_id, charge.seller_id)
        self.assertEqual(self.env["mlm.law"]._check_all(), [])
        # a second time nothing comes of it
        self.computed._charge_sellers()
        self.assertEqual(len(self.computed.charge_ids), 2)
