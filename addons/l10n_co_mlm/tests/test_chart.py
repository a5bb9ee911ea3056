# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from .. import _post_init

FIELDS = (
    "mlm_journal_id",
    "mlm_expense_account_id",
    "mlm_payable_account_id",
    "mlm_assumed_account_id",
    "mlm_withholding_tax_id",
)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestChart(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Colombia", "country_id": cls.env.ref("base.co").id}
        )
        cls.env.user.company_ids += cls.company
        cls.templates = cls.env["account.chart.template"].with_company(cls.company)
        cls.templates.try_loading("co", company=cls.company, install_demo=False)

    def check(self):
        company = self.company.with_company(self.company)
        self.assertEqual(company.mlm_expense_account_id.code, "529505")
        payable = company.mlm_payable_account_id
        self.assertEqual(payable.code, "233520")
        self.assertEqual(payable.account_type, "liability_payable")
        self.assertTrue(payable.reconcile)
        self.assertEqual(company.mlm_assumed_account_id.code, "531520")
        self.assertEqual(company.mlm_journal_id.code, "COM")
        self.assertEqual(company.mlm_journal_id.type, "general")
        tax = company.mlm_withholding_tax_id
        self.assertEqual(tax.amount, -10)
        accounts = tax.invoice_repartition_line_ids.account_id
        self.assertEqual(accounts.code, "236520")

    def test_new_company(self):
        self.check()

    def test_company_whose_chart_was_loaded_before(self):
        """The hook adds what is missing and nothing twice."""
        self.company.write(dict.fromkeys(FIELDS, False))
        for name in ("mlm_commission_journal", "co_puc_233520", "co_puc_529505", "co_puc_531520"):
            self.templates.ref(name).unlink()
        for _time in range(2):
            _post_init(self.env)
            self.check()
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("code", "=", "COM")]
        )
        self.assertEqual(len(journals), 1)

    def test_own_choices_are_kept(self):
        other = self.company.mlm_journal_id.copy({"code": "COM2"})
        self.company.mlm_journal_id = other
        _post_init(self.env)
        self.assertEqual(self.company.mlm_journal_id, other)
