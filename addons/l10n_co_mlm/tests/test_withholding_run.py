# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .exact_common import ExactCommon
from .law_common import VECTORS

LIMIT = 172_834_200


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholdingRun(ExactCommon):
    """What posted runs withhold from whom, and where it is booked (facts of Colombia, §2)."""

    def _statement(self, run, payee):
        return run.statement_ids.filtered(lambda one: one.distributor_id == payee)

    # -- who -------------------------------------------------------------------

    def test_known_person_in_bogota(self):
        """1,000,000: 100,000 of income tax, 9,660 of ICA, 890,340 to pay."""
        self._profile(activity_id=self._activity("4610").id, confirm=True)
        run = self._post(924, {self.maria: 1_000_000})
        self.assertEqual(
            self._withheld(run, self.maria),
            {"renta": (1_000_000, 10, 100_000), "reteica": (1_000_000, 0.966, 9_660)},
        )
        move = run.statement_ids.move_id
        self.assertEqual(
            self._booked(move, "529505", "236520", "236800", "233520"),
            [1_000_000, -100_000, -9_660, -890_340],
        )
        self.assertEqual(sum(move.line_ids.mapped("balance")), 0)
        taxes = move.line_ids.tax_repartition_line_id.tax_id
        self.assertEqual(set(taxes.mapped("amount")), {-10, -0.966})
        self.assertEqual(
            self._paid("52000222"), {(2026, run.accounting_date.month): (1_000_000, 100_000)}
        )
        self.assertEqual(run.statement_ids.tax_number, "52000222")
        self.assertFalse(run.statement_ids.hold_reason)
        self._assert_laws()

    def test_everybody(self):
        """A company, SIMPLE, a self-withholder, who is responsible for VAT, and who is unknown."""
        people = self.env["mlm.distributor"]
        for place, (code, values) in enumerate(
            {
                "SIMPLE": {"simple": True, "vat_responsible": True},
                "AUTO": {"self_withholder": True},
                "VAT": {"vat_responsible": True, "declarant": True},
            }.items()
        ):
            member = self._enrol(
                code, "JUAN" if place else "YENNY", "left" if place < 2 else "right"
            )
            self._document(member, f"5200055{place}", "national_citizen_id")
            self._profile(member, confirm=True, **values)
            people += member
        self._document(self.maria, "800197268-4", "rut")
        self._profile(person="legal", declarant=True, vat_responsible=True, confirm=True)
        simple, auto, vat = people
        run = self._post(924, dict.fromkeys([self.maria, self.juan, *people], 333_333))
        ica = (333_333, 1.104, 3_680)
        for payee, expected in (
            (self.maria, {"renta": (333_333, 11, 36_667), "reteica": ica}),
            (simple, {}),
            (auto, {"reteica": ica}),
            (vat, {"renta": (333_333, 10, 33_333), "reteica": ica}),
            # the highest rate of Bogotá for who has no profile
            (self.juan, {"renta": (333_333, 10, 33_333), "reteica": (333_333, 1.38, 4_600)}),
        ):
            self.assertEqual(self._withheld(run, payee), expected, payee.code)
        lines = self._statement(run, self.juan).deduction_ids
        self.assertEqual(lines[0].basis["default"], ["profile"])
        self.assertIn("no confirmed tax profile", self._statement(run, self.juan).hold_reason)
        self.assertFalse(self._statement(run, simple).hold_reason)
        self.assertEqual(self._statement(run, self.maria).tax_number, "800197268")
        move = run.statement_ids.move_id
        deducted = 36_667 + 2 * 33_333 + 3 * 3_680 + 4_600
        self.assertEqual(
            self._booked(move, "529505", "236520", "236800", "233520"),
            [5 * 333_333, -103_333, -15_640, deducted - 5 * 333_333],
        )
        self._assert_laws()

    def test_preview_says_what_is_posted(self):
        self._profile(confirm=True)
        run = self._paying(924, {self.maria: 1_234_567, self.juan: 7_654_321})
        expected = run.deducted_e4
        told = run._get_statement(self.juan)
        self.assertGreater(expected, 0)
        run = self._posted_of(run)
        self.assertEqual(run.deducted_e4, expected)
        self.assertEqual(sum(run.statement_ids.mapped("deducted_e4")), expected)
        self.assertEqual(run._get_statement(self.juan)["deductions"], told["deductions"])

    def test_concept_of_a_bonus(self):
        """One bonus is fees: each concept has its line, rounded by itself, on its account."""
        run = self._paying(924, {self.maria: {0: 100_005, 1: 200_005}})
        fees = run._bonuses()[1].code
        self.env["mlm.co.concept"].create(
            {"company_id": self.company.id, "bonus": fees, "concept": "fees"}
        )
        self._profile(activity_id=self._activity("4610").id, confirm=True)
        run = self._posted_of(run)
        self.assertEqual(
            sorted((line.code, line.base, line.amount) for line in run.statement_ids.deduction_ids),
            [("renta", 100_005, 10_001), ("renta", 200_005, 20_001), ("reteica", 300_010, 2_898)],
        )
        move = run.statement_ids.move_id
        self.assertEqual(
            self._booked(move, "236520", "236515", "236800"), [-10_001, -20_001, -2_898]
        )

    def test_below_zero(self):
        """From what is taken nothing is withheld, and the year is lower from then on."""
        self._adjust(self.maria, LIMIT, date(2026, 8, 20))
        run = self._post(924, {self.maria: -5_000_000, self.juan: 100})
        statement = self._statement(run, self.maria)
        self.assertFalse(statement.deduction_ids)
        self.assertEqual(statement.net, -5_000_000)
        run = self._post(925, {self.maria: 5_000_000})
        self.assertEqual(self._withheld(run, self.maria)["renta"], (5_000_000, 10, 500_000))
        run = self._post(926, {self.maria: 1_000})
        self.assertEqual(self._withheld(run, self.maria)["renta"], (1_000, 11, 110))
        self._assert_laws()

    # -- the year --------------------------------------------------------------

    def test_year_that_crosses_the_limit(self):
        """The published payments, each in a cycle: the one that crosses has the higher rate."""
        for number, one in enumerate(VECTORS["switch"], 924):
            run = self._post(number, {self.maria: one["paid"]})
            expected = (one["paid"], one["percent"], int(one["withheld"]))
            found = self._withheld(run, self.maria).get("renta", (*expected[:2], 0))
            self.assertEqual(found, expected, number)
        line = run.statement_ids.deduction_ids.filtered(lambda one: one.code == "renta")
        self.assertEqual(line.basis["before_e4"], (LIMIT + 1) * 10_000)
        self.assertEqual(line.basis["switched"], "year")
        self.assertEqual(sum(base for base, __ in self._paid("52000222").values()), 192_834_201)
        self._assert_laws()

    def test_adjustments_count(self):
        """An adjustment is a document like any other, and lowers the year when taken back."""
        prize = self._adjust(self.maria, LIMIT, date(2026, 8, 20))
        self.assertEqual(self._figures(prize.deduction_ids)["renta"], (LIMIT, 10, 17_283_420))
        self.assertEqual(prize.tax_number, "52000222")
        over = self._adjust(self.maria, 1_000, date(2026, 8, 20))
        self.assertEqual(self._figures(over.deduction_ids)["renta"], (1_000, 11, 110))
        run = self._post(924, {self.maria: 1_000})
        self.assertEqual(self._withheld(run, self.maria)["renta"], (1_000, 11, 110))
        back = prize.action_take_back()["res_id"]
        self.env["mlm.adjustment"].browse(back)._post_adjustments(self.env.uid)
        run = self._post(925, {self.maria: 1_000})
        self.assertEqual(self._withheld(run, self.maria)["renta"], (1_000, 10, 100))
        total = [sum(values) for values in zip(*self._paid("52000222").values(), strict=True)]
        self.assertEqual(total, [3_000, 110 + 110 + 100])
        self._assert_laws()

    def test_adjustments_of_one_approval(self):
        """The one that was asked for first counts before the next one."""
        asked = self.env["mlm.adjustment"]
        for pesos in (LIMIT, 1_000):
            asked += self._ask(self.maria, pesos, date(2026, 8, 20))
        asked._post_adjustments(self.env.uid)
        rates = [self._figures(one.deduction_ids)["renta"][1] for one in asked]
        self.assertEqual(rates, [10, 11])
        self._assert_laws()

    def test_year_without_uvt(self):
        """The run stops and names the year; with its UVT the year begins anew."""
        self._adjust(self.maria, LIMIT, date(2026, 12, 31))
        run = self._approved(924, {self.maria: 1_000}, date(2027, 1, 4))
        self._as(run, "accountant")._allow_date("The cycle was closed late")
        run._start_posting()
        with self.assertRaisesRegex(UserError, "UVT of 2027 is missing"):
            run._post_all()
        self.env["mlm.co.uvt"].create({"year": 2027, "value": 55_000, "norm": "Resolución"})
        run._post_all()
        self.assertEqual(self._withheld(run, self.maria)["renta"], (1_000, 10, 100))
        self.assertEqual(self._paid("52000222")[2027, 1], (1_000, 100))

    def test_month_of_article_383(self):
        """The table is for what is paid in a month, less what was withheld in it."""
        self._profile(art383=True, confirm=True)
        for number, day, pesos, withheld in (
            (924, date(2026, 10, 5), 6_000_000, 194_649),
            (925, date(2026, 10, 12), 4_000_000, 1_124_032 - 194_649),
            (926, date(2026, 11, 3), 4_975_530, 0),
        ):
            run = self._post(number, {self.maria: pesos}, day)
            found = self._withheld(run, self.maria).get("renta", (0, 0, 0))
            self.assertEqual(found[2], withheld, number)
        self.assertEqual(self._paid("52000222")[2026, 10], (10_000_000, 1_124_032))
        self._assert_laws()

    # -- ICA -------------------------------------------------------------------

    def _in(self, code):
        return self.env["mlm.co.municipality"].search([("code", "=", code)])

    def _ica_agent(self, town, agent=True):
        self.agents.create(
            {
                "company_id": self.company.id,
                "municipality_id": town.id,
                "agent": agent,
                "date_from": "2015-01-01",
            }
        )

    def test_no_agent_elsewhere(self):
        self._profile(municipality_id=self._in("05001").id, confirm=True)
        run = self._post(924, {self.maria: 10_000_000})
        self.assertEqual(set(self._withheld(run, self.maria)), {"renta"})

    def test_agent_without_a_rate_stops(self):
        medellin = self._in("05001")
        self._ica_agent(medellin)
        self._profile(municipality_id=medellin.id, confirm=True)
        run = self._approved(924, {self.maria: 10_000_000})
        run._start_posting()
        with self.assertRaisesRegex(
            UserError, r"(?s)ReteICA in Medellín.*4799.*withholds ICA there"
        ):
            run._post_all()
        self.env["mlm.co.ica.rate"].create(
            {
                "municipality_id": medellin.id,
                "activity_id": self.trade.id,
                "per_mil": 7,
                "base_uvt": 15,
                "date_from": "2026-01-01",
                "norm": "Acuerdo",
            }
        )
        run._post_all()
        self.assertEqual(self._withheld(run, self.maria)["reteica"], (10_000_000, 0.7, 70_000))
        self.assertEqual(self._booked(run.statement_ids.move_id, "236800"), [-70_000])

    def test_place_of_which_nothing_is_said_stops(self):
        self._profile(municipality_id=self._in("05001").id, confirm=True)
        own = self.agents.search([("company_id", "=", self.company.id)])
        own.filtered(lambda one: not one.municipality_id).date_to = date(2026, 1, 1)
        run = self._approved(924, {self.maria: 10_000_000})
        run._start_posting()
        with self.assertRaisesRegex(UserError, "Nothing says whether .* withholds ICA in Medellín"):
            run._post_all()
        self._ica_agent(self._in("05001"), agent=False)
        run._post_all()
        self.assertEqual(set(self._withheld(run, self.maria)), {"renta"})

    def test_under_the_minimum_of_ica(self):
        self._profile(confirm=True)
        run = self._post(924, {self.maria: 209_495})
        self.assertEqual(set(self._withheld(run, self.maria)), {"renta"})
        run = self._post(925, {self.maria: 209_496})
        self.assertEqual(set(self._withheld(run, self.maria)), {"renta", "reteica"})

    # -- settings ----------------------------------------------------------------

    def test_settings(self):
        self._profile(declarant=True, municipality_id=self._in("05001").id, confirm=True)
        self.company.mlm_co_declarant_rate = "legal"
        run = self._post(924, {self.maria: 1_000})
        self.assertEqual(self._withheld(run, self.maria)["renta"], (1_000, 11, 110))
        self.company.mlm_co_concept = "services"
        self.company.mlm_co_rounding = 1_000
        run = self._post(925, {self.maria: 10_012_345})
        self.assertEqual(self._withheld(run, self.maria)["renta"], (10_012_345, 4, 400_000))
        self.assertEqual(self._booked(run.statement_ids.move_id, "236525"), [-400_000])
        self.company.mlm_co_is_agent = False
        run = self._post(926, {self.maria: 10_000_000})
        self.assertFalse(self._withheld(run, self.maria))

    def test_tax_without_an_account_stops(self):
        tax = self.env["account.chart.template"].with_company(self.company).ref("l10n_co_tax_18")
        tax.invoice_repartition_line_ids.account_id = False
        run = self._approved(924, {self.maria: 1_000})
        run._start_posting()
        with self.assertRaisesRegex(UserError, "has no tax .* with an account"):
            run._post_all()

    def test_company_with_another_chart(self):
        """Without core's taxes of Colombia the one rate of the settings is withheld."""
        self.company.chart_template = "generic_coa"
        run = self._post(924, {self.maria: 5_000_000})
        self.assertEqual(self._withheld(run, self.maria), {"withholding": (5_000_000, 10, 500_000)})
