from unittest.mock import patch

from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestSearch(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maria = cls.enrol("María Fernanda Rojas", code="AB-700", placement={"strategy": "left"})
        cls.carlos = cls.enrol("Carlos Rojas", code="AB-701", placement={"strategy": "left"})
        cls.other_company = cls.env["res.company"].create({"name": "Another Network"})
        cls.stranger = (
            cls.Distributor.sudo()
            .with_context(allowed_company_ids=(cls.company | cls.other_company).ids)
            ._enrol(
                [{"name": "Rojas Abroad", "code": "AB-700", "company_id": cls.other_company.id}]
            )
        )

    def find(self, text, operator="ilike", model="mlm.distributor"):
        domain = [("network_id", "=", self.network.id)]
        found = self.env[model].name_search(text, domain, operator)
        return self.env[model].browse(id_ for id_, __ in found)

    def check_all(self):
        self.assertEqual(self.find("ab-70"), self.maria | self.carlos)
        self.assertEqual(self.find("AB-701"), self.carlos)
        self.assertEqual(self.find("rojas"), self.maria | self.carlos)
        self.assertEqual(self.find("Fernanda"), self.maria)
        self.assertFalse(self.find("Xochiquetzal"))
        self.assertFalse(self.find("fernanda", "like"))
        self.assertEqual(self.find("Fernanda", "like"), self.maria)
        positions = self.find("rojas", model="mlm.position")
        self.assertEqual(positions.distributor_id, self.maria | self.carlos)

    def test_few_matches(self):
        self.check_all()

    def test_many_matches(self):
        with patch("odoo.addons.mlm_genealogy.search.RARE", 0):
            self.check_all()

    def test_other_operators(self):
        everybody = self.Distributor.search([("company_id", "=", self.company.id)])
        domain = [("company_id", "=", self.company.id), ("display_name", "not ilike", "rojas")]
        self.assertEqual(self.Distributor.search(domain), everybody - self.maria - self.carlos)
        self.assertEqual(self.find("AB-700", "="), self.maria)
        self.assertEqual(self.find("").ids, everybody.ids)
        self.assertEqual(
            everybody.filtered_domain([("display_name", "ilike", "fernanda")]), self.maria
        )

    def test_company_rule(self):
        user = self.env["res.users"].create(
            {
                "name": "Reader",
                "login": "reader of the search",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(4, self.env.ref("mlm_base.group_reader").id)],
            }
        )
        for most in (1000, 0):
            with patch("odoo.addons.mlm_genealogy.search.RARE", most):
                found = self.Distributor.with_user(user).search(
                    [("display_name", "ilike", "Rojas")]
                )
                self.assertEqual(found, self.maria | self.carlos)

    def test_indexes(self):
        self.env.cr.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE '%\\_trgm'")
        names = {row[0] for row in self.env.cr.fetchall()}
        expected = {
            "mlm_distributor_code_trgm",
            "mlm_position_code_trgm",
            "res_partner_name_trgm",
        }
        self.assertEqual(expected if self.registry.has_trigram else set(), names & expected)
