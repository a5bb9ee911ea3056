# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal, as_system

from .withholding_common import WithholdingCommon

LIMIT = 172_834_200


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholding(WithholdingCommon):
    """Withholdings through posted runs: amounts, entries, words, and the year of a number."""

    def _run(self, **sales):
        self._balanced_sales(**{"left": 2, "right": 2, **sales})
        return self._posted()

    def _gross(self, run, member):
        return sum(
            run.statement_ids.filtered(lambda one: one.distributor_id == member).mapped("gross")
        )

    def _assert_laws(self):
        self.env.flush_all()
        self.assertFalse(self.env["mlm.law"]._check_all())

    # -- amounts ---------------------------------------------------------------

    def test_who_has_no_profile_is_a_natural_person(self):
        run = self._run()
        gross = self._gross(run, self.maria)
        self.assertTrue(gross)
        self.assertEqual(self._withheld(run, self.maria), {"renta": round(gross / 10)})
        statement = run.statement_ids.filtered(lambda one: one.distributor_id == self.maria)
        self.assertEqual(statement.tax_number, "52000222")
        self.assertIn("no confirmed tax profile", statement.hold_reason)
        withheld = statement.move_id.line_ids.filtered(
            lambda line: (
                line.account_id.code == "236520" and line.partner_id == self.maria.partner_id
            )
        )
        self.assertEqual(withheld.credit, round(gross / 10))
        self.assertEqual(withheld.tax_base_amount, gross)
        self.assertTrue(withheld.tax_line_id)
        self._assert_laws()

    def test_preview_says_what_is_posted(self):
        self._be_agent_in(self.bogota)
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        expected, said = run.deducted_e4, run._get_statement(self.maria)["deductions"]
        self.assertTrue(expected)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self._as(run, "manager").action_post()
        self.env.invalidate_all()
        self.assertEqual(run.deducted_e4, expected)
        self.assertEqual(run._get_statement(self.maria)["deductions"], said)

    def test_kinds_of_payees(self):
        self._be_agent_in(self.bogota)
        gross = self._gross(self._run(), self.maria)
        cases = {
            "legal": ({"person": "legal", "invoicer": True}, {"renta": 0.11}),
            "simple": ({"simple": True, "invoicer": True}, {}),
            "self": ({"self_withholder": True, "person": "legal", "invoicer": True}, {}),
            "bogota": ({"municipality_id": self.bogota.id}, {"renta": 0.10, "reteica": 0.00966}),
            "vat": ({"vat_responsible": True, "invoicer": True}, {"renta": 0.10}),
        }
        provider = self.env["mlm.deduction"].with_company(self.company)
        for name, (values, wanted) in cases.items():
            with self.subTest(name), self.env.cr.savepoint() as point:
                if values.get("person") == "legal":
                    self.maria.partner_id.write(
                        {
                            "is_company": True,
                            "l10n_latam_identification_type_id": self.env.ref("l10n_co.rut").id,
                            "vat": "900373076-4",
                        }
                    )
                self._profile(**values)
                run = self.env["mlm.run"].search([("state", "=", "posted")], limit=1)
                found = provider._get_deduction_lines(
                    self.company,
                    {self.maria.id: {"binary": int(gross * 10_000)}},
                    run.accounting_date,
                    run,
                )
                self.assertEqual(
                    {one["code"]: one["amount_e4"] for one in found.get(self.maria.id, [])},
                    {code: round(gross * rate) * 10_000 for code, rate in wanted.items()},
                )
                point.rollback()

    # -- the year --------------------------------------------------------------

    def test_the_payment_that_crosses_the_limit_has_the_higher_rate(self):
        self._paid_before(LIMIT - 100)
        run = self._run()
        gross = self._gross(run, self.maria)
        self.assertEqual(self._withheld(run, self.maria), {"renta": round(gross * 0.11)})
        self._assert_laws()

    def test_exactly_at_the_limit_stays(self):
        self._balanced_sales(left=2, right=2)
        gross = self._preview()._get_statement(self.maria)["gross"]
        self._paid_before(LIMIT - int(float(gross)))
        run = self._posted()
        self.assertEqual(self._withheld(run, self.maria), {"renta": round(float(gross) / 10)})

    def test_a_year_begins_again(self):
        self.env["mlm.co.paid"]._add(
            self.company, date(2025, 12, 30), {"52000222": ((LIMIT + 1) * 10_000, 0)}
        )
        run = self._run()
        gross = self._gross(run, self.maria)
        self.assertEqual(self._withheld(run, self.maria), {"renta": round(gross / 10)})

    def test_codes_of_one_number_count_together_whoever_is_posted_first(self):
        """Of two codes the one with the lower id comes first, in whatever order parts are posted."""
        self._number(self.juan, "52000222")
        self.company.mlm_chunk_size = 1
        self._balanced_sales(left=2, right=2)
        gross_e4 = self._preview()._gross_by_payee()[self.maria.id]
        self._paid_before(LIMIT - gross_e4 // 10_000)
        run = self._preview()
        self._store_more(
            run, payee_id=self.juan.id, bonus_id=run._bonuses()[0].id, amount_e4=5_000_000_000
        )
        run._store_totals()
        expected = run.deducted_e4
        as_internal(run).write({"state": "approved"})
        posting = as_system(run)
        posting._start_posting()
        chunks = posting.chunk_ids.sorted("number", reverse=True)
        self.assertEqual(chunks[:1].payee_ids, [self.juan.id])
        for chunk in chunks:
            posting._post_chunk(chunk)
        self.env.invalidate_all()
        self.assertEqual(self._withheld(run, self.juan)["renta"], 55_000)
        self.assertEqual(self._withheld(run, self.maria)["renta"] * 100_000, gross_e4)
        self.assertEqual(sum(run.statement_ids.mapped("deducted_e4")), expected)

    def test_what_is_taken_lowers_the_year_from_then_on(self):
        self._paid_before(LIMIT)
        self._paid_before(-50_000_000)
        run = self._run()
        gross = self._gross(run, self.maria)
        self.assertEqual(self._withheld(run, self.maria), {"renta": round(gross / 10)})
        self._assert_laws()

    # -- what is missing -------------------------------------------------------

    def test_a_missing_rate_stops_the_run_and_names_it(self):
        self._be_agent_in(self.cali)
        self._profile()
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "Cali"):
            self._as(run, "manager").action_post()

    def test_missing_data_of_a_person_stops_nobody(self):
        self._be_agent_in(self.bogota)
        run = self._run()
        highest = max(
            self.env["mlm.co.ica.rate"]
            .search([("municipality_id", "=", self.bogota.id)])
            .mapped("rate_e6")
        )
        gross = self._gross(run, self.maria)
        self.assertEqual(
            self._withheld(run, self.maria)["reteica"], round(gross * highest / 1_000_000)
        )

    # -- words -----------------------------------------------------------------

    def test_each_withholding_says_why(self):
        self._be_agent_in(self.bogota)
        self._profile(municipality_id=self.bogota.id)
        self._paid_before(LIMIT)
        run = self._run()
        lines = run.statement_ids.filtered(
            lambda one: one.distributor_id == self.maria
        ).deduction_ids.with_context(lang="en_US")
        said = {line.code: f"{line.told_name} / {line.told_reason}" for line in lines}
        self.assertIn("11 %", said["renta"].replace("\N{NO-BREAK SPACE}", " "))
        self.assertIn("172,834,200", said["renta"])
        self.assertIn("3,300 UVT", said["renta"])
        self.assertIn("392 ET", said["renta"])
        self.assertIn("Bogotá", said["reteica"])
        self.assertIn("9.66 ‰", said["reteica"])
        # nothing of a code or a placeholder is left in what a person reads
        for text in said.values():
            self.assertNotRegex(text, r"_|%\(|\{|None|False")
