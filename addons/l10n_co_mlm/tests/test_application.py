# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.mlm_genealogy.tests.common import GenealogyCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestApplication(GenealogyCommon):
    def test_an_identity_card_is_no_nit(self):
        self.company.country_id = self.env.ref("base.co")
        ana = self.enrol("Ana")
        for kind, vat, code in (
            ("cc", "52000222", "national_citizen_id"),
            ("ce", "345678", "foreign_resident_card"),
            ("passport", "AB123456", "passport"),
        ):
            application = self.env["mlm.application"]._submit(
                ana,
                {
                    "name": f"Person {kind}",
                    "document_type": kind,
                    "vat": vat,
                    "email": f"{kind}@example.com",
                    "phone": f"+57 300 {vat[-6:]}",
                    "city": "Cali",
                    "kind": "distributor",
                },
                self.env["mlm.contract"],
                "portal",
            )
            partner = application.distributor_id.partner_id
            self.assertEqual(partner.vat, vat)
            self.assertEqual(partner.l10n_latam_identification_type_id.l10n_co_document_code, code)
