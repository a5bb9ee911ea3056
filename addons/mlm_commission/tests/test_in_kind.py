from odoo.exceptions import UserError

from .common import CommissionCommon

AWARDS = """\
  - code: prizes
    rule: award
    name: {es: Premios, en: Prizes}
    period: week
    params:
      awards:
        - {code: bonus, name: {es: Bono, en: Bonus}, amount: 10,
           requires: [{measure: own_pv_period, min: 1}]}
        - {code: trip, name: {es: Viaje a Cartagena, en: Trip to Cartagena}, amount: 100,
           kind: trip, requires: [{measure: own_pv_period, min: 1}]}
"""


class TestInKind(CommissionCommon):
    """A trip is earned at its value, taxed like money and not paid in cash (RULES 20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = cls.version.document.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        text = text.replace("catalog:", AWARDS + "catalog:", 1)
        cls.version = cls.env["mlm.plan.version"]._import_document(text)
        cls.version._publish_at_once()
        cls._lift_limits("guard_cv")  # a trip on few sales is a large part of them
        cls.delivered = cls.env["account.account"].create(
            {"code": "143599", "name": "Prizes delivered", "account_type": "asset_current"}
        )

    def _lines(self, run, account):
        return sum(
            run.chunk_ids.move_id.line_ids.filtered(lambda line: line.account_id == account).mapped(
                "balance"
            )
        )

    def test_trip_is_expense_and_base_and_not_paid(self):
        self.company.mlm_in_kind_account_id = self.delivered
        self._sale(self.yenny, day="2026-08-19", quantity=4)
        run = self._posted()
        self.assertEqual(self._amounts(run), {("YENNY", "prizes"): 110 * 4500})
        self.assertEqual(self._lines(run, self.expense), 495_000)
        self.assertEqual(self._lines(run, self.withheld), -49_500)
        self.assertEqual(self._lines(run, self.delivered), -450_000)
        # 45,000 in cash do not cover the withholding of 49,500: she owes the rest
        self.assertEqual(self._lines(run, self.payable), 4_500)
        statement = run.statement_ids
        self.assertEqual((statement.gross, statement.net), (495_000, -4_500))
        codes = statement.deduction_ids.mapped("code")
        self.assertEqual(codes, ["withholding", "in_kind"])
        self.assertIn("Trip to Cartagena", statement.deduction_ids[1].name)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_company_assumes_what_cash_does_not_cover(self):
        """RULES 59; and the person reads it in the own language."""
        assumed = self._have_assumed()
        self.company.mlm_in_kind_account_id = self.delivered
        self._sale(self.yenny, day="2026-08-19", quantity=4)
        preview = self._preview()
        expected = preview._get_statement(self.yenny)
        self.assertEqual((preview.deducted, expected["net"]), (495_000, "0"))
        self._as(preview, "manager").action_discard()
        run = self._posted()
        self.assertEqual(self._lines(run, self.expense), 495_000)
        self.assertEqual(self._lines(run, self.withheld), -49_500)
        self.assertEqual(self._lines(run, self.delivered), -450_000)
        self.assertEqual(self._lines(run, assumed), 4_500)
        self.assertEqual(self._lines(run, self.payable), 0)
        statement = run.statement_ids
        self.assertEqual(
            (statement.gross, statement.deducted, statement.net), (495_000, 495_000, 0)
        )
        line = statement.deduction_ids[-1]
        self.assertEqual((line.code, line.amount, line.base), ("assumed", -4_500, -4_500))
        self.assertEqual(run._get_statement(self.yenny)["deductions"], expected["deductions"])
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_nothing_is_assumed_where_cash_covers_it(self):
        self._have_assumed()
        company, own = self.company, self.env["mlm.run"]
        for gross, withheld, in_kind, assumed in (
            (100, 10, 90, 0),  # to the peso
            (100, 10, 91, 1),
            (100, 10, 100, 10),
            (90, 10, 100, 10),  # what was taken besides stays owed
            (100, 100, 0, 0),
        ):
            lines = [{"code": "withholding", "amount_e4": withheld}]
            lines.append({"code": "in_kind", "amount_e4": in_kind})
            found = own._get_assumed_line(company, gross, lines)
            with self.subTest(gross=gross, in_kind=in_kind):
                self.assertEqual(sum(one["amount_e4"] for one in found), -assumed)

    def _have_assumed(self):
        account = self.env["account.account"].create(
            {"code": "531520", "name": "Assumed taxes", "account_type": "expense"}
        )
        self.company.mlm_assumed_account_id = account
        return account

    def test_preview_expects_the_same(self):
        self.company.mlm_in_kind_account_id = self.delivered
        self._sale(self.yenny, day="2026-08-19", quantity=4)
        run = self._preview()
        self.assertEqual(run.deducted, 499_500)
        found = run._get_statement(self.yenny)
        self.assertEqual([line["code"] for line in found["deductions"]], ["withholding", "in_kind"])

    def test_account_is_asked_for(self):
        self._sale(self.yenny, day="2026-08-19", quantity=4)
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        with self.assertRaisesRegex(UserError, "no prizes in kind account"):
            self._as(run, "manager").action_post()
