# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .test_companies import COMMON, TestCompanies


@tagged("post_install", "-at_install")
class TestSisters(TestCompanies):
    """The same questions by the staff of another company of the same network.

    What is common (trees, cycles, plans, runs) they read and do not change; of people at home
    elsewhere they learn no name here, as the network says, and nothing else that is personal.
    """

    allow_inherited_tests_method = True

    @classmethod
    def make_other(cls):
        network = cls.company.mlm_network_id
        network.name = "The network"
        network.names_elsewhere = "code"
        cls.company.name = "The first company"  # known to the others of its network
        other = cls.env["res.company"].create(
            {
                "name": "The other company",
                "mlm_network_id": network.id,
                "currency_id": cls.company.currency_id.id,
            }
        )
        for rate in cls.env["mlm.exchange.rate"].search([("company_id", "=", cls.company.id)]):
            rate.copy({"company_id": other.id})
        # the runs are made by people who lead the network
        for user in cls.users.values():
            user.company_ids += other
        return other

    def is_common(self, model):
        path = self.company_path(model) or ""
        return model._name in COMMON or path == "id" or path.endswith("network_id")

    def test_what_is_common_is_read(self):
        for name in ("mlm.period", "mlm.plan.version", "mlm.run", "mlm.tree", "mlm.distributor"):
            model = self.env[name].with_user(self.outsiders["auditor"]).sudo(False)
            self.assertTrue(model.search([], limit=1), name)

    def test_amounts_of_people_elsewhere_are_not_read(self):
        for name in ("mlm.earning", "mlm.statement"):
            for role in ("auditor", "accountant", "manager", "approver"):
                model = self.env[name].with_user(self.outsiders[role]).sudo(False)
                self.assertFalse(model.search([]), (name, role))
        leader = self.outsiders["manager"]
        leader.group_ids += self.env.ref("mlm_base.group_network_manager")
        leader = self.env["mlm.earning"].with_user(leader).sudo(False)
        self.assertTrue(leader.search([], limit=1))
