# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from .. import _post_init


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSalesAccount(TransactionCase):
    """Sales are booked on 413500; core proposes 417500, the account of returns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Colombia", "country_id": cls.env.ref("base.co").id}
        )
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.chart.try_loading("co", company=cls.company, install_demo=False)
        cls.trade = cls.chart.ref("co_puc_413500")
        cls.returns = cls.chart.ref("co_puc_417500")
        cls.journal = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "sale")]
        )
        cls.product = cls.env["product.product"].create({"name": "Coffee"})
        cls.users = {
            role: new_test_user(
                cls.env,
                f"sales account {role}",
                groups=f"base.group_user,mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
                lang="en_US",
            )
            for role in ("accountant", "manager", "auditor", "admin", "support", "approver")
        }

    def _as(self, records, role):
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_user(self.users[role])

    def _problem(self, role="accountant"):
        return self._as(self.company, role).mlm_sales_problem

    def _before(self):
        """As the company was before: all that core's chart sets, and choices of people."""
        self.company.income_account_id = self.returns
        self.journal.default_account_id = self.returns

    def _invoice_account(self):
        self.env.invalidate_all()
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.env["res.partner"].create({"name": "Juan"}).id,
                "invoice_line_ids": [Command.create({"product_id": self.product.id})],
            }
        )
        return move.invoice_line_ids.account_id

    def test_a_new_company_books_sales_on_trade(self):
        self.assertEqual(self.company.income_account_id, self.trade)
        self.assertEqual(self.journal.default_account_id, self.trade)
        category = self.env["product.category"].create({"name": "Tea"})
        self.assertEqual(category.property_account_income_categ_id, self.trade)
        self.assertEqual(self._invoice_account(), self.trade)
        self.assertFalse(self._problem())

    def test_nothing_of_an_existing_company_changes_by_itself(self):
        self._before()
        _post_init(self.env)
        self.chart.try_loading("co", company=self.company, install_demo=False)
        self.assertEqual(self.company.income_account_id, self.returns)
        self.assertEqual(self._invoice_account(), self.returns)

    def test_the_problem_is_named_with_its_remedy(self):
        self._before()
        self.assertRegex(
            self._problem(),
            "Sales of Colombia are booked as returns, on 417500 .*default income account of the"
            " company; the journal .*“Correct” sets 413500 ",
        )

    def test_categories_and_products_with_an_account_of_their_own(self):
        category = self.env["product.category"].create(
            {"name": "Creams", "property_account_income_categ_id": self.returns.id}
        )
        self.product.property_account_income_id = self.returns
        self.assertIn("set in: 1 product categories; 1 products.", self._problem())
        self._as(self.company, "accountant").action_mlm_correct_sales()
        self.assertEqual(category.property_account_income_categ_id, self.trade)
        self.assertEqual(self.product.property_account_income_id, self.trade)

    def test_corrected_by_the_accountant(self):
        self._before()
        message = self._as(self.company, "accountant").action_mlm_correct_sales()["params"]
        self.assertRegex(message["message"], "booked on 413500 .* from now on")
        self.assertEqual(self.company.income_account_id, self.trade)
        self.assertEqual(self.journal.default_account_id, self.trade)
        self.assertEqual(self._invoice_account(), self.trade)
        self.assertFalse(self._problem())

    def test_other_choices_stay(self):
        other = self.trade.copy({"code": "413599"})
        own = self.journal.copy({"code": "OWN", "default_account_id": other.id})
        self._before()
        self._as(self.company, "accountant").action_mlm_correct_sales()
        self.assertEqual(own.default_account_id, other)

    def test_the_cycle_says_so_before_it_is_closed(self):
        self._before()
        network = self.company.mlm_network_id
        network.first_cycle = 924
        self.env["mlm.period"]._ensure_until(network, date(2026, 9, 6))
        cycle = self.env["mlm.period"].search([("network_id", "=", network.id)], limit=1)
        for role in ("manager", "accountant", "auditor"):
            self.assertEqual(self._as(cycle, role).mlm_sales_problem, self._problem(role))
            arch = self._as(cycle, role).get_view(view_type="form")["arch"]
            self.assertIn('name="mlm_sales_problem"', arch)
            self.assertEqual("action_mlm_correct_sales" in arch, role == "accountant", role)
        self._as(cycle, "accountant").action_mlm_correct_sales()
        self.assertFalse(self._as(cycle, "manager").mlm_sales_problem)

    def test_the_settings_correct_it(self):
        self._before()
        settings = self._as(self.env["res.config.settings"], "admin").sudo().create({})
        self.assertEqual(settings.mlm_sales_problem, self._problem())
        settings.action_mlm_correct_sales()
        self.assertEqual(self.company.income_account_id, self.trade)

    def test_others_correct_nothing(self):
        self._before()
        for role in ("manager", "auditor", "support", "approver"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(self.company, role).action_mlm_correct_sales()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.users["elsewhere"] = new_test_user(
            self.env,
            "sales account elsewhere",
            groups="base.group_user,mlm_base.group_accountant",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        with self.assertRaises(AccessError):
            self._as(self.company, "elsewhere").action_mlm_correct_sales()
        self.assertEqual(self.company.income_account_id, self.returns)

    def test_without_an_account_of_trade(self):
        self._before()
        self.trade.code = "419900"
        self.assertIn("Create the income account 413500", self._problem())
        with self.assertRaisesRegex(UserError, "Create the income account 413500"):
            self._as(self.company, "accountant").action_mlm_correct_sales()
