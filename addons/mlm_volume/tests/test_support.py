from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from .common import VolumeCommon


class TestSupport(VolumeCommon):
    """Support sells to a caller from the quotation to the payment, and no further."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support, cls.warehouse = (
            new_test_user(
                cls.env,
                f"sales_{role}",
                groups=f"base.group_user,mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for role in ("support", "warehouse")
        )

    def _as_support(self, model):
        return self.env[model].with_user(self.support).sudo(False)

    def test_from_quotation_to_volume(self):
        with Form(self._as_support("sale.order")) as form:
            form.partner_id = self.juan.partner_id.with_env(form._env)
            with form.order_line.new() as line:
                line.product_id = self.product.with_env(form._env)
        order = form.record
        self.assertTrue(order.mlm_price_list_text)
        order.action_confirm()
        wizard = (
            self._as_support("sale.advance.payment.inv")
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "delivered"})
        )
        action = wizard.create_invoices()
        invoice = self._as_support("account.move").browse(action["res_id"])
        with Form(invoice) as form:
            form.invoice_date = "2026-08-18"
        invoice.action_post()
        action = invoice.action_register_payment()
        context = action["context"]
        with Form(self._as_support("account.payment.register").with_context(**context)) as register:
            register.journal_id = self.bank.with_env(register._env)
            register.payment_date = "2026-08-19"
        payment = register.record._create_payments()
        with Form(payment):
            pass
        self._capture()
        self.env.invalidate_all()
        self.assertEqual(self._sum(invoice.sudo()), (15, 14))
        with Form(invoice) as form:
            self.assertEqual(form.mlm_entry_count, 1)
        entries = self._as_support("mlm.volume.entry").search(
            invoice.action_mlm_entries()["domain"]
        )
        self.assertEqual(entries.pv, 15)
        with Form(order) as form:
            self.assertIn(self.cycle[924].display_name, form.mlm_sold_text)

    def test_limits(self):
        for model in ("account.account", "account.tax", "account.journal", "product.pricelist"):
            self.assertFalse(self._as_support(model).has_access("write"), model)
        self.assertFalse(self.support.has_group("account.group_account_user"))
        self.assertFalse(self.support.has_group("sales_team.group_sale_manager"))

    def test_every_menu_opens(self):
        """What support sees in a menu it may open: the views load, and so do records."""
        menus = self._as_support("ir.ui.menu").load_menus(debug=False)
        found = set()
        for menu in menus.values():
            if menu.get("action_model") != "ir.actions.act_window":
                continue
            action = self.env["ir.actions.act_window"].browse(menu["action_id"])
            with self.subTest(f"{menu['name']}: {action.name}"):
                model = self._as_support(action.res_model)
                for view_id, mode in action.views:
                    names = model.get_view(view_id, mode)["models"][action.res_model]
                    if mode in ("list", "kanban"):
                        model.web_search_read([], {name: {} for name in names}, limit=3)
                found.add(action.res_model)
        self.assertLessEqual({"sale.order", "account.move", "account.payment"}, found)

    def test_warehouse_stays_without(self):
        for model in ("sale.order", "account.move", "account.payment"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.warehouse).sudo(False).create({})
