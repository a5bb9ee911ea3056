# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from types import SimpleNamespace

from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from .network_common import NetworkCommon


class TestNetwork(NetworkCommon):
    # -- what belongs to the network -------------------------------------------

    def test_one_plan_one_calendar_one_run(self):
        self._sales()
        run = self._preview()
        there = self.second.mlm_network_id
        self.assertEqual((run.network_id, run.period_id.network_id), (there, there))
        self.assertEqual(run.version_id.network_id, there)
        self.assertEqual(run.currency_id, self.env.ref("base.COP"))
        self.assertEqual(run.money_company_id, self.company)
        # what a point is comes with the plan
        self.assertEqual(there.currency_id, self.env.ref("base.USD"))
        self.assertEqual(there.money_currency_id, self.env.ref("base.COP"))
        payees = self.env["mlm.earning"].search(
            [*run._id_domain("mlm.earning"), ("amount_e4", "!=", 0)]
        )
        self.assertEqual(payees.payee_id, self.juan + self.ana)
        found = {one.payee_id.code: (one.company_id, one.currency_id.name) for one in payees}
        self.assertEqual(found, {"JUAN": (self.company, "COP"), "ANA": (self.second, "USD")})
        self.assertEqual(payees.network_id, there)

    def _other_plan(self, old, new):
        text = self.version.document
        for one, other in (
            (old, new),
            ("plan: gano_excel_co_2026", "plan: other"),
            ("valid_from: 2026-01-01", "valid_from: 2026-08-24"),
        ):
            self.assertIn(one, text)
            text = text.replace(one, other)
        return self.env["mlm.plan.version"]._import_document(text, self.network)

    def test_plan_in_the_currency_of_no_company(self):
        version = self._other_plan("company: COP", "company: EUR")
        with self.assertRaisesRegex(UserError, "EUR, and no company .* keeps its books in it"):
            version._publish_at_once()

    def test_plan_that_counts_in_other_points(self):
        version = self._other_plan("base: USD", "base: EUR")
        with self.assertRaisesRegex(UserError, "counts in EUR, and the points of .* are USD"):
            version._publish_at_once()

    def test_rate_of_each_company_stays_once_it_paid(self):
        rate = self.env["mlm.exchange.rate"].create(
            {
                "company_id": self.second.id,
                "currency_id": self.env.ref("base.EUR").id,
                "date_from": "2026-01-01",
                "rate_e6": 1_100_000,
            }
        )
        self._post(self._approved())
        self.assertFalse(rate._get_uses(), "no bonus is in euros")
        ours = rate.search([("company_id", "=", self.company.id)])
        self.assertEqual(list(ours._get_uses()), [ours])

    # -- posting ---------------------------------------------------------------

    def test_each_company_pays_its_people(self):
        run = self._post(self._approved())
        self.assertEqual(run.state, "posted")
        self.assertEqual(run.accounting_date, run.period_id.pay_date)
        self.assertEqual(
            {one.company_id: (one.payee_ids, one.move_id.name) for one in run.chunk_ids},
            {
                self.company: (self.juan.ids, "COM/924/0001"),
                self.second: (self.ana.ids, "COM/924/0001"),
            },
        )
        for company, person in ((self.company, self.juan), (self.second, self.ana)):
            chunk = run.chunk_ids.filtered(lambda one, c=company: one.company_id == c)
            move, statement = (
                chunk.move_id,
                run.statement_ids.filtered(lambda one, p=person: one.distributor_id == p),
            )
            self.assertEqual((move.company_id, statement.company_id), (company, company))
            self.assertEqual(move.journal_id, company.mlm_journal_id)
            self.assertEqual(move.currency_id, company.currency_id)
            self.assertEqual(statement.currency_id, company.currency_id)
            self.assertEqual(statement.move_id, move)
            self.assertGreater(statement.gross, 0)
            owed = move.line_ids.filtered(
                lambda line, c=company: line.account_id == c.mlm_payable_account_id
            )
            self.assertEqual(owed.partner_id, person.partner_id)
            self.assertAlmostEqual(-owed.balance, statement.net, 2)
        # only the first company withholds
        here, there = run.statement_ids.sorted(lambda one: one.company_id.id)
        self.assertGreater(here.deducted, 0)
        self.assertEqual(there.deducted, 0)
        self.assertFalse(self.env["mlm.law"]._check_all())
        self.assertFalse(run._verify())

    def test_entries_of_a_company_are_numbered_without_holes(self):
        self.company.mlm_chunk_size = self.second.mlm_chunk_size = 1
        self._balanced_sales(left=2, right=2)
        run = self._post(self._approved())
        names = {
            company: sorted(move.name for move in moves)
            for company, moves in run.chunk_ids.move_id.grouped("company_id").items()
        }
        paid = len(run.statement_ids.filtered(lambda one: one.company_id == self.company))
        self.assertGreater(paid, 1)
        self.assertEqual(
            names,
            {
                self.company: [f"COM/924/{number:04d}" for number in range(1, paid + 1)],
                self.second: ["COM/924/0001"],
            },
        )

    def test_lock_of_one_company_moves_no_other(self):
        run = self._approved()
        asked = run.accounting_date
        self.second.fiscalyear_lock_date = "2026-09-30"
        self._post(run)
        dates = {one.company_id: str(one.move_id.date) for one in run.chunk_ids}
        self.assertEqual(dates, {self.company: str(asked), self.second: "2026-10-01"})
        self.assertEqual(run.accounting_date, asked)
        said = [str(body) for body in run.message_ids.mapped("body") if "is locked" in str(body)]
        self.assertEqual(len(said), 1)
        self.assertIn("Company of Ana", said[0])
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_missing_accounts_are_said_for_all_at_once(self):
        run = self._approved()
        self.company.mlm_payable_account_id = False
        self.second.mlm_journal_id = False
        with self.assertRaises(UserError) as caught:
            self._as(run, "manager").action_post()
        here, there = str(caught.exception).split("\n")
        self.assertRegex(here, f"{self.company.name}.*commissions payable account")
        self.assertRegex(there, "Company of Ana.*commission journal")
        self.assertEqual(run.state, "approved")
        self.assertFalse(run.chunk_ids)

    def test_company_that_pays_nobody_needs_no_accounts(self):
        self.second.mlm_journal_id = False
        self._sale(self.clara, price_unit=140_000)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = run.period_id.pay_date
        self._post(run)
        self.assertEqual((run.state, run.chunk_ids.company_id), ("posted", self.company))

    # -- money of several currencies -------------------------------------------

    def test_totals_of_each_company(self):
        self._sales()
        run = self._preview()
        here, there = run.company_total_ids
        self.assertEqual((here.company_id, there.company_id), (self.company, self.second))
        self.assertEqual((here.currency_id.name, there.currency_id.name), ("COP", "USD"))
        self.assertEqual((here.payees, there.payees), (1, 1))
        earned = run._gross_by_payee()
        for total, person in ((here, self.juan), (there, self.ana)):
            self.assertEqual(total.amount_e4, earned[person.id])
            self.assertEqual(total.net_e4, total.amount_e4 - total.deducted_e4)
        self.assertEqual(here.deducted_e4, here.amount_e4 // 10)
        self.assertFalse(there.deducted_e4)
        self.env.cr.execute(
            "UPDATE mlm_run_total SET net_e4 = net_e4 + 1 WHERE id = %s", [there.id]
        )
        self.env.invalidate_all()
        self.assertIn("runs_add_up", {one["law"] for one in self.env["mlm.law"]._check_all()})

    def test_totals_are_said_in_the_currency_of_the_run(self):
        self._sales()
        run = self._with_homes(self._preview())
        gross = run._gross_by_payee()
        run._store_totals()
        # a dollar is 4,000 pesos
        amount_e4 = gross[self.juan.id] + 4_000 * gross[self.ana.id]
        self.assertEqual(run.amount_e4, amount_e4)
        self.assertEqual(sum(run.bonus_total_ids.mapped("amount_e4")), amount_e4)
        self.assertEqual(run.net_e4, amount_e4 - gross[self.juan.id] // 10)
        summary = run._get_summary()
        worth = {self.juan.id: gross[self.juan.id], self.ana.id: 4_000 * gross[self.ana.id]}
        self.assertEqual(
            [(one["id"], round(one["amount"] * 10_000)) for one in summary["top"]],
            sorted(worth.items(), key=lambda one: -one[1]),
        )
        self.assertAlmostEqual(summary["top_share"], 100)
        broken = {one["law"] for one in self.env["mlm.law"]._check_all()}
        self.assertNotIn("runs_add_up", broken)
        as_internal(run).write({"amount_e4": amount_e4 + 1})
        broken = {one["law"] for one in self.env["mlm.law"]._check_all()}
        self.assertIn("runs_add_up", broken)

    def test_money_is_turned_half_up_the_same_way_everywhere(self):
        run = self._preview()
        as_internal(run).write(
            {
                "fx_e6": 1_000_000,
                "homes": {str(self.second.id): {"fx_e6": 4_000_000, "unit_e4": 100}},
            }
        )
        for amount, turned in ((1, 0), (2, 1), (-2, -1), (6, 2), (10**15 + 2, 250_000_000_000_001)):
            with self.subTest(amount):
                self.assertEqual(run._turn_e4(amount, self.second), turned)
                ((found, own),) = self.env.execute_query(
                    SQL(
                        "SELECT %s, %s",
                        run._turned(SQL("%s::bigint", amount), SQL("%s::int", self.second.id)),
                        run._turned(SQL("%s::bigint", amount), SQL("NULL::int")),
                    )
                )
                self.assertEqual((found, own), (turned, amount))

    def test_rounding_of_each_row(self):
        """100 pesos at 12,000 pesos and 3 dollars for a point are 0.03 dollars, half up."""
        self._sales()
        run = self._with_homes(self._preview())
        law = self.env["mlm.law"]
        bonus = run.version_id.bonus_ids.filtered(lambda one: one.rule == "binary")[:1]
        row = {
            "payee_id": self.ana.id,
            "bonus_id": bonus.id,
            "source_id": self.juan.id,
            "base_e4": 1_000_000,
            "rate_e6": 1_000_000,
            "fx_e6": 3_000_000,
            "per_e6": 12_000_000_000,
        }
        before = set(law._find_rows_are_exact(run, 50))
        good = self._store_more(run, 1, **row, amount_e4=300)
        self.assertEqual(set(law._find_rows_are_exact(run, 50)), before)
        self.assertAlmostEqual(good.unrounded, 0.025, 6)
        self.assertAlmostEqual(good.fx, 0.00025, 6)
        self._store_more(run, 2, **row, amount_e4=200)
        (wrong,) = set(law._find_rows_are_exact(run, 50)) - before
        self.assertRegex(wrong, "paid 200, .* is 300 ")

    # -- what the engine gets ----------------------------------------------------

    def test_companies_of_a_snapshot(self):
        self._sales()
        period = self.cycle[924]
        loader = self.env["mlm.snapshot"]
        full = loader._load(period, self.version)
        bare = SimpleNamespace(member_id=full.member_id, row_id=full.row_id)
        loader._load_homes(bare, period, self.version)
        unit_e4 = self.version._plan()["rounding"]["unit_e4"]
        self.assertEqual(
            bare.homes,
            [
                {
                    "company": str(self.company.id),
                    "currency": "COP",
                    "unit_e4": unit_e4,
                    "fx_e6": 4_500_000_000,
                    "rates": {},
                },
                {
                    "company": str(self.second.id),
                    "currency": "USD",
                    "unit_e4": 100,
                    "fx_e6": 1_000_000,
                    "rates": {},
                },
            ],
        )
        there = {self.ana.id, self.luz.id}
        self.assertEqual(
            bare.member_home.tolist(), [int(one in there) for one in full.member_id.tolist()]
        )
        entries = self.env["mlm.volume.entry"].browse(full.row_id.tolist())
        self.assertEqual(bare.row_seller.tolist(), [0, 0])
        self.assertEqual(bare.row_point_e6.tolist(), entries.mapped("point_e6"))

    def test_company_without_a_rate_is_named(self):
        self.env.ref("base.GBP").active = True
        third = self.env["res.company"].create(
            {
                "name": "Company Three",
                "currency_id": self.env.ref("base.GBP").id,
                "mlm_network_id": self.network.id,
            }
        )
        with self.assertRaisesRegex(
            UserError, "Company Three has no .* from USD to GBP on 2026-08-"
        ):
            self.env["mlm.snapshot"]._home(third, self.cycle[924], self.version)

    def test_everybody_is_paid_in_the_currency_of_the_home(self):
        """What is 29,100 pesos for JUAN is 6.47 dollars for ANA: 4,500 pesos a point."""
        run = self._post(self._approved())
        paid = {one.distributor_id: (one.gross, one.currency_id.name) for one in run.statement_ids}
        self.assertEqual(paid, {self.juan: (29_100, "COP"), self.ana: (6.47, "USD")})
        self.assertEqual(run.amount_e4, 291_000_000 + 64_700 * 4_500)
        self.assertFalse(self.env["mlm.law"]._check_all())
        self.assertFalse(run._verify())
