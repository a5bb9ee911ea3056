from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestPartner(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", email="ana@example.com")
        cls.Merge = cls.env["base.partner.merge.automatic.wizard"]

    def test_deletion_is_refused(self):
        with self.assertRaisesRegex(UserError, "Archive the contact"):
            self.ana.partner_id.unlink()

    def test_smart_button(self):
        partner = self.ana.partner_id
        self.assertEqual(partner.mlm_distributor_count, 1)
        self.assertEqual(partner.action_view_mlm_distributor()["res_id"], self.ana.id)

    def test_merge_moves_the_membership(self):
        double = self.env["res.partner"].create({"name": "Ana", "email": "ana@example.com"})
        old = self.ana.partner_id
        self.Merge._merge((old | double).ids, double)
        self.assertEqual(self.ana.partner_id, double)
        self.assertFalse(old.exists())
        self.assert_laws()

    def test_who_may_edit_contacts_hands_no_membership_on(self):
        """Merging a member into somebody else is a transfer: a manager's."""
        friend = self.env["res.partner"].create({"name": "Friend", "email": "ana@example.com"})
        both = self.ana.partner_id | friend
        for role, groups in (
            ("support", "mlm_base.group_support"),
            ("books", "mlm_base.group_accountant,base.group_partner_manager"),
            ("clerk", "base.group_user,base.group_partner_manager"),
        ):
            user = new_test_user(self.env, f"merge_{role}", groups)
            wizard = (
                self.Merge.with_user(user)
                .sudo(False)
                .create({"partner_ids": [Command.set(both.ids)], "dst_partner_id": friend.id})
            )
            with self.subTest(role), self.assertRaisesRegex(UserError, "belongs to the network"):
                wizard.action_merge()
            self.assertEqual(self.ana.partner_id, both - friend)
        wizard.dst_partner_id = self.ana.partner_id
        wizard.action_merge()
        self.assertFalse(friend.exists())
        other = self.env["res.partner"].create({"name": "Other", "email": "ana@example.com"})
        manager = new_test_user(self.env, "merge_manager", "mlm_base.group_manager")
        merge = self.Merge.with_user(manager).sudo(False)
        both = self.ana.partner_id | other
        merge.create(
            {"partner_ids": [Command.set(both.ids)], "dst_partner_id": other.id}
        ).action_merge()
        self.assertEqual(self.ana.partner_id, other)
        self.assert_laws()

    def test_another_company_learns_and_changes_nothing_of_a_membership(self):
        """Contacts are shared, memberships are not: neither their codes nor their company."""
        eva = self.enrol("Eva")
        other = self.env["res.company"].create({"name": "Other"})
        outsider = new_test_user(
            self.env,
            "partner_outsider",
            "mlm_base.group_admin",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        outside = self.env(user=outsider, su=False, context={})
        both = (self.ana.partner_id | eva.partner_id).with_env(outside)
        merge = self.Merge.with_env(outside).create(
            {"partner_ids": [Command.set(both.ids)], "dst_partner_id": both[:1].id}
        )
        both.write({"email": "same@example.com"})
        for call in (
            both.unlink,
            merge.action_merge,
            lambda: both[:1].write({"company_id": other.id}),
        ):
            with self.assertRaises(UserError) as refusal:
                call()
            for secret in (self.ana.code, eva.code, self.company.name):
                self.assertNotIn(secret, str(refusal.exception))
        self.ana.partner_id.company_id = self.company

    def test_merge_of_two_members_is_refused(self):
        eva = self.enrol(
            "Ana", email="ana@example.com", accepted_duplicates=True, reason="Not the same"
        )
        with self.assertRaisesRegex(UserError, "at most one"):
            self.Merge._merge((self.ana | eva).partner_id.ids, eva.partner_id)
        self.assertTrue(self.ana.partner_id.exists())
