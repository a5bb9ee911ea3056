from datetime import datetime

from odoo.tests import TransactionCase


class GenealogyCommon(TransactionCase):
    """A company of its own with a root, and helpers to enrol people below."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, tracking_disable=True, mail_create_nolog=True)
        )
        cls.company = cls.env["res.company"].create({"name": "Network of the Test"})
        cls.network = cls.company.mlm_network_id
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.Distributor = cls.env["mlm.distributor"]
        cls.Position = cls.env["mlm.position"]
        cls.Link = cls.env["mlm.link"]
        cls.Event = cls.env["mlm.genealogy.event"]
        cls.tree = cls.env["mlm.tree"].create(
            {"name": "Binary", "code": "binary", "network_id": cls.network.id}
        )
        cls.root = cls.Distributor._enrol(
            [{"name": "Root", "joined_at": datetime(2020, 1, 1), "placement": {}}]
        )
        cls.head = cls.root.position_ids

    @classmethod
    def enrol(cls, name, sponsor=None, **values):
        sponsor = cls.root if sponsor is None else sponsor
        return cls.Distributor._enrol([{"name": name, "sponsor_id": sponsor.id, **values}])

    def assert_laws(self):
        self.assertEqual(self.env["mlm.law"]._check_all(), [])

    def assert_path(self, distributor, *uplines):
        """Assert who is above, nearest first."""
        expected = [upline.id for upline in uplines]
        self.assertEqual(distributor._upline_ids(), expected)
