from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import VolumeCommon

ROLES = ("support", "manager", "approver", "accountant", "warehouse", "auditor")


class TestRoles(VolumeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"volume_{role}",
                groups=f"base.group_user,mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
            )
            for role in ROLES
        }
        cls.users["portal"] = new_test_user(cls.env, "volume_portal", groups="base.group_portal")
        cls.users["employee"] = new_test_user(cls.env, "volume_employee")

    def test_staff_read_the_ledger_and_write_nothing(self):
        entry = self._ledger(self._sale(self.juan))
        for role in ROLES:
            with self.subTest(role):
                mine = entry.with_user(self.users[role]).sudo(False)
                self.assertEqual(mine.pv, 15)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(mine.has_access(operation))

    def test_others_do_not_see_the_ledger(self):
        entry = self._ledger(self._sale(self.juan))
        for role in ("portal", "employee"):
            with self.subTest(role), self.assertRaises(AccessError):
                entry.with_user(self.users[role]).sudo(False).read(["pv"])

    def test_only_the_manager_closes(self):
        for role in (*ROLES, "portal"):
            if role == "manager":
                continue
            with self.subTest(role), self.assertRaises(AccessError):
                self.cycle[924].with_user(self.users[role]).sudo(False).action_close()
        self.cycle[924].with_user(self.users["manager"]).sudo(False).action_close()
        self.assertEqual(self.cycle[924].state, "closed")

    def test_other_company_is_hidden(self):
        entry = self._ledger(self._sale(self.juan))
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "volume_stranger",
            groups="base.group_user,mlm_base.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        found = self.env["mlm.volume.entry"].with_user(stranger).sudo(False).search([])
        self.assertNotIn(entry, found)

    def test_manager_cannot_write_cycles_by_rpc(self):
        """A closed cycle taken open by a call would take rows that no run counts."""
        cycle = self.cycle[924].with_user(self.users["manager"]).sudo(False)
        cycle.action_close()
        for vals in (
            {"state": "open"},
            {"number": 999},
            {"date_end": "2026-09-30"},
            {"company_id": self.env["res.company"].create({"name": "Other"}).id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                cycle.write(vals)
        with self.assertRaises(AccessError):
            cycle.create({"number": 950, "state": "closed"})
        self.assertEqual(cycle.create({"number": 950}).state, "open")

    def test_capture_button_needs_the_right_to_change_the_invoice(self):
        invoice = self._sale(self.juan)
        with self.assertRaises(AccessError):
            invoice.with_user(self.users["warehouse"]).sudo(False).action_mlm_capture()

    def test_nobody_makes_volume_by_rpc(self):
        """Who may write orders and invoices does not say what they are worth."""
        seller = new_test_user(
            self.env,
            "volume_seller",
            groups="sales_team.group_sale_manager,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

        def mine(record):
            return record.with_user(seller).sudo(False)

        order = mine(self.env["sale.order"]).create(
            {
                "partner_id": self.juan.partner_id.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        with self.assertRaises(AccessError):
            order.order_line.mlm_unit_cv_e4 = 10**12
        order.action_confirm()
        with self.assertRaises(AccessError):
            order.order_line.write({"mlm_frozen": False})
        invoice = mine(order._create_invoices())
        for vals in ({"mlm_unit_pv_e4": 10**12}, {"mlm_frozen": True}):
            with self.assertRaises(AccessError):
                invoice.invoice_line_ids.write(vals)
        with self.assertRaises(AccessError):
            invoice.write({"invoice_line_ids": [(0, 0, {"mlm_unit_cv_e4": 10**12})]})
        with self.assertRaises(AccessError):
            invoice.mlm_buyer_id = self.clara
        invoice.invoice_date = "2026-08-18"
        invoice.action_post()
        with self.assertRaises(AccessError):
            invoice.mlm_distributor_id = self.maria
        self._pay(invoice.sudo())
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}], cancel=False)
        refund.action_post()
        self._capture()
        self.assertEqual(self._sum(invoice), (15, 14))
        self.assertEqual(self._sum(refund), (-15, -14))
        self.assertEqual(refund.sudo().mlm_distributor_id, self.juan)
