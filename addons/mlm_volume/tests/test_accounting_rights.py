from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import VolumeCommon


class TestAccountingRights(VolumeCommon):
    """What the accountant and the auditor of the network see in accounting, by their role alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls._user(role, cls.company) for role in ("accountant", "auditor")}
        cls.move = cls()._sale(cls.juan)

    @classmethod
    def _user(cls, role, company):
        return new_test_user(
            cls.env,
            f"{role} of {company.id}",
            groups=f"base.group_user,mlm_base.group_{role}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _as(self, records, role):
        return records.with_user(self.users[role]).sudo(False)

    def test_both_open_accounting_with_all_items(self):
        for role in self.users:
            with self.subTest(role):
                menus = self._as(self.env["ir.ui.menu"], role)._visible_menu_ids()
                for menu in ("menu_finance", "menu_action_move_journal_line_form"):
                    self.assertIn(self.env.ref(f"account.{menu}").id, menus)
                view = self._as(self.env["account.move"], role).get_view(view_type="form")
                self.assertIn('name="aml_tab"', view["arch"])
                self.assertTrue(self._as(self.move, role).line_ids.mapped("account_id.code"))

    def test_the_auditor_writes_nothing_in_accounting(self):
        for model in ("account.move", "account.move.line", "account.partial.reconcile"):
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(self._as(self.env[model], "auditor").has_access(operation))

    def test_other_roles_get_no_accounting(self):
        shows = self.env.ref("account.group_account_readonly")
        for role in ("support", "warehouse", "approver", "manager", "network_manager", "admin"):
            self.assertNotIn(shows, self.env.ref(f"mlm_base.group_{role}").all_implied_ids, role)

    def test_the_accountant_of_another_company_sees_no_entry_of_this_one(self):
        other = self.setup_other_company(name="Other", mlm_network_id=self.network.id)["company"]
        self.users["elsewhere"] = self._user("accountant", other)
        items = self._as(self.env["account.move.line"], "elsewhere").search([])
        self.assertFalse(items & self.move.line_ids)
        with self.assertRaises(AccessError):
            self._as(self.move, "elsewhere").read(["line_ids"])
