from odoo.tests import TransactionCase, new_test_user, tagged

ROLES = (
    "auditor",
    "warehouse",
    "accountant",
    "support",
    "approver",
    "manager",
    "network_manager",
    "admin",
)


@tagged("post_install", "-at_install")
class TestRole(TransactionCase):
    def test_one_privilege_reads_all(self):
        privilege = self.env.ref("mlm_base.privilege_mlm")
        reader = self.env.ref("mlm_base.group_reader")
        for role in ROLES:
            group = self.env.ref(f"mlm_base.group_{role}")
            self.assertEqual(group.privilege_id, privilege)
            self.assertIn(reader, group.all_implied_ids)
        self.assertEqual(len(privilege.group_ids), len(ROLES))

    def test_nobody_computes_and_approves(self):
        manager = self.env.ref("mlm_base.group_manager")
        approver = self.env.ref("mlm_base.group_approver")
        admin = self.env.ref("mlm_base.group_admin")
        self.assertIn(manager, admin.all_implied_ids)
        for group in self.env["res.groups"].search([]):
            both = {manager, approver} <= set(group.all_implied_ids)
            self.assertFalse(both, group.full_name)

    def test_exchange_rate_access(self):
        Rate = self.env["mlm.exchange.rate"]
        for role in ROLES:
            user = new_test_user(self.env, f"rate_{role}", f"base.group_user,mlm_base.group_{role}")
            writes = role in ("manager", "network_manager", "admin")
            rates = Rate.with_user(user)
            self.assertTrue(rates.has_access("read"))
            for operation in ("create", "write", "unlink"):
                self.assertEqual(rates.has_access(operation), writes, (role, operation))
        portal = new_test_user(self.env, "rate_portal", "base.group_portal")
        self.assertFalse(Rate.with_user(portal).has_access("read"))

    def test_network_day(self):
        network = self.env["res.company"].create({"name": "Bogotá"}).mlm_network_id
        moment = self.env.cr.now().replace(2026, 8, 24, 4, 59, 59, 0)
        self.assertEqual(str(network._local_date(moment)), "2026-08-23")
        self.assertEqual(str(network._local_date(moment.replace(hour=5, minute=0))), "2026-08-24")
