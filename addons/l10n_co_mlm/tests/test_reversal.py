import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.common import CommissionCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReversal(CommissionCommon):
    """Withholding of an adjustment that is taken back, in both years (RULES 36)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.co")

    def setUp(self):
        super().setUp()
        repartition = self.tax.invoice_repartition_line_ids.filtered("account_id")

        def lines(model, company, payees, day, document):
            """Ten percent, whatever the law of the day gives."""
            return {
                payee: [
                    {
                        "code": "renta",
                        "name": "Withholding",
                        "reason": "Of the test",
                        "account_id": repartition.account_id.id,
                        "tax_repartition_line_id": repartition.id,
                        "base_e4": gross[""],
                        "rate_e6": 100_000,
                        "amount_e4": gross[""] // 10,
                        "basis": False,
                    }
                ]
                for payee, gross in payees.items()
            }

        self.patch(self.registry["mlm.deduction"], "_get_deduction_lines", lines)

    def _posted_adjustment(self, **values):
        asked = self._as(self.env["mlm.adjustment"], "manager").create(
            {
                "distributor_id": self.juan.id,
                "amount_input": 100_000,
                "reason": "A bonus that the import forgot",
                "accounting_date": date(2026, 8, 20),
                **values,
            }
        )
        return self._approve(asked)

    def _approve(self, asked):
        if asked.date_problem:
            self._as(asked, "accountant")._allow_date("It belongs to that year")
        self._as(asked, "approver").action_approve()
        self.env.invalidate_all()
        return asked.with_env(self.env)

    def _back(self, asked, day, **values):
        """What takes it back, asked for as of a day."""
        back = self._as(asked, "manager").action_take_back()["res_id"]
        back = self._as(self.env["mlm.adjustment"].browse(back), "manager")
        back.write({"accounting_date": day, **values})
        return back

    def _booked(self, adjustment, account):
        lines = adjustment.move_id.line_ids
        return sum(lines.filtered(lambda line: line.account_id == account).mapped("balance"))

    def _check(self, adjustment, withheld, net):
        self.assertEqual((adjustment.deducted, adjustment.net), (-withheld, net))
        self.assertEqual(self._booked(adjustment, self.expense), adjustment.amount)
        self.assertEqual(self._booked(adjustment, self.withheld), withheld)
        self.assertEqual(self._booked(adjustment, self.payable), -net)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_same_year_deducts_the_withholding(self):
        back = self._back(self._posted_adjustment(), date(2026, 12, 31))
        self.assertFalse(back.mlm_co_is_later_year)
        self._check(self._approve(back), 10_000, -90_000)

    def test_later_year_takes_the_whole_gross(self):
        back = self._back(self._posted_adjustment(), date(2027, 1, 1))
        self.assertTrue(back.mlm_co_is_later_year)
        back = self._approve(back)
        self.assertFalse(back.deduction_ids)
        self._check(back, 0, -100_000)

    def test_later_year_with_the_declaration(self):
        back = self._back(self._posted_adjustment(), date(2027, 1, 1), mlm_co_unclaimed=True)
        with self.assertRaisesRegex(UserError, "Attach what the person has declared"):
            self._approve(back)
        back.mlm_co_unclaimed_file = base64.b64encode(b"signed")
        back = self._approve(back)
        self._check(back, 10_000, -90_000)
        with self.assertRaisesRegex(UserError, "posted"):
            self._as(back, "manager").mlm_co_unclaimed = False
        with self.assertRaises(AccessError):
            self._as(back, "approver").mlm_co_unclaimed = False

    def test_year_is_that_of_the_open_day(self):
        """The day of the request is locked: the first open one is in the next year."""
        asked = self._posted_adjustment()
        back = self._back(asked, date(2026, 12, 31))
        self.company.fiscalyear_lock_date = date(2026, 12, 31)
        back = self._approve(back)
        self.assertEqual(back.accounting_date, date(2027, 1, 1))
        self._check(back, 0, -100_000)

    def test_parts_in_both_years_sum_exactly(self):
        asked = self._posted_adjustment(amount_input=100_001)
        first = self._approve(self._back(asked, date(2026, 12, 31), amount_input=-33_334))
        later = self._back(asked, date(2027, 1, 1), amount_input=-33_333)
        second = self._approve(later)
        self.assertFalse(second.deduction_ids)
        values = {"mlm_co_unclaimed": True, "mlm_co_unclaimed_file": base64.b64encode(b"x")}
        third = self._approve(self._back(asked, date(2027, 1, 2), **values))
        self.assertEqual(sum((asked + first + second + third).mapped("amount_e4")), 0)
        # what stays withheld is the share of the part whose withholding was not given back
        rest = sum((asked + first + third).mapped("deducted_e4"))
        self.assertEqual(round(rest / 10_000, 1), 3_333.3)
        self.assertFalse(asked.can_be_taken_back)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_goods_come_back_and_their_tax_stays(self):
        accounts = self.env["account.account"]
        delivered, assumed = (
            accounts.create({"code": code, "name": code, "account_type": kind})
            for code, kind in (("143599", "asset_current"), ("531521", "expense"))
        )
        self.company.write(
            {"mlm_in_kind_account_id": delivered.id, "mlm_assumed_account_id": assumed.id}
        )
        asked = self._posted_adjustment(kind="prize", given_as="goods")
        self.assertEqual((self._booked(asked, assumed), asked.net), (10_000, 0))
        back = self._approve(self._back(asked, date(2027, 1, 1)))
        self.assertEqual(back.deduction_ids.mapped("code"), ["in_kind"])
        self.assertEqual(self._booked(back, delivered), 100_000)
        self.assertEqual((self._booked(back, assumed), back.net), (0, 0))
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_elsewhere_it_is_as_everywhere(self):
        asked = self._posted_adjustment()
        self.company.country_id = self.env.ref("base.ec")
        back = self._back(asked, date(2027, 1, 1))
        self.assertFalse(back.mlm_co_is_later_year)
        self._check(self._approve(back), 10_000, -90_000)
