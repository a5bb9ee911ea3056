from odoo.exceptions import AccessError, UserError
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
            {"network_id": self.env["res.company"].create({"name": "Other"}).mlm_network_id.id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                cycle.write(vals)
        with self.assertRaises(AccessError):
            cycle.create({"number": 950, "state": "closed"})
        self.assertEqual(cycle.create({"number": 950}).state, "open")

    def test_manager_makes_no_cycle_before_a_closed_one(self):
        """A past cycle would take the volume of old days, and be paid after later ones."""
        cycles = self.periods.with_user(self.users["manager"]).sudo(False)
        cycles.browse(self.cycle[924].id).action_close()
        for number in (900, 923):
            with self.subTest(number), self.assertRaisesRegex(UserError, "Cycle 924, which is"):
                cycles.create({"number": number})
        self.assertEqual(cycles.create({"number": 927}).state, "open")

    def test_confirmed_order_keeps_who_is_credited(self):
        """`RULES.md` 1: whoever may write orders does not move their volume; the sponsor
        wizard does, and leaves a note."""
        order = self._order(self.juan)
        for role, groups in (
            ("seller", "sales_team.group_sale_manager"),
            ("stock", "mlm_base.group_warehouse,sales_team.group_sale_salesman_all_leads"),
            ("boss", "mlm_base.group_manager,sales_team.group_sale_manager"),
        ):
            user = new_test_user(
                self.env,
                f"volume_{role}",
                groups=groups,
                company_id=self.company.id,
                company_ids=[(6, 0, self.company.ids)],
            )
            mine = order.with_user(user).sudo(False)
            with self.subTest(role), self.assertRaisesRegex(AccessError, "is confirmed"):
                mine.write({"mlm_distributor_id": self.maria.id})
            mine.write({"mlm_distributor_id": self.juan.id, "client_order_ref": "same"})
        self.assertEqual(order._mlm_credit_to(self.maria), order)
        self.assertEqual(order.mlm_distributor_id, self.maria)
        quotation = order.copy()
        quotation.mlm_distributor_id = self.maria
        self.assertEqual(quotation.mlm_distributor_id, self.maria)

    def test_package_that_was_sold_keeps_its_code(self):
        """Plans know packages by their codes: swapped, they would swap what is earned."""
        package = self.env["mlm.package"].create({"code": "T-9", "name": "T-9"})
        product = self._create_product_with_volume("T9", 10_000, 10_000, mlm_package_id=package.id)
        package.code = "T-10"
        self._order(self.juan, product=product)
        for change in (
            lambda: package.write({"code": "T-11"}),
            lambda: package.write({"network_id": False}),
            package.unlink,
        ):
            with self.assertRaisesRegex(UserError, "use the code of T-9"):
                change()
        package.write({"code": "T-10", "network_id": self.network.id, "name": "Other"})

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
