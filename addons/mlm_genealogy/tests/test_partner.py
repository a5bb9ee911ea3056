from odoo.exceptions import UserError
from odoo.tests import tagged

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

    def test_merge_of_two_members_is_refused(self):
        eva = self.enrol(
            "Ana", email="ana@example.com", accepted_duplicates=True, reason="Not the same"
        )
        with self.assertRaisesRegex(UserError, "at most one"):
            self.Merge._merge((self.ana | eva).partner_id.ids, eva.partner_id)
        self.assertTrue(self.ana.partner_id.exists())
