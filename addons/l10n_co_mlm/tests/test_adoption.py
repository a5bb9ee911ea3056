# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from .test_chart import FIELDS


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAdoption(TransactionCase):
    """A company that made such accounts by hand, or threw the tax away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Colombia", "country_id": cls.env.ref("base.co").id}
        )
        cls.env.user.company_ids += cls.company
        cls.chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.chart.try_loading("co", company=cls.company, install_demo=False)

    def _forget(self, *names):
        """As they would be without the add-on: no external ids, nothing chosen."""
        names = [f"{self.company.id}_{name}" for name in names]
        self.env["ir.model.data"].search(
            [("module", "=", "account"), ("name", "in", names)]
        ).unlink()
        self.company.write(dict.fromkeys(FIELDS, False))

    def test_accounts_of_the_same_code_are_adopted(self):
        before = [self.company[name] for name in FIELDS]
        self._forget("co_puc_233520", "co_puc_529505", "mlm_commission_journal")
        self.chart._mlm_complete(self.company)
        self.assertEqual([self.company[name] for name in FIELDS], before)

    def test_missing_withholding_stops_nothing(self):
        self._forget("l10n_co_tax_18")
        self.chart._mlm_complete(self.company)
        self.assertFalse(self.company.mlm_withholding_tax_id)
        self.assertTrue(self.company.mlm_payable_account_id)
