# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_portal.tests.common import PortalHttpCase

URL = "/my/network/earnings/certificates"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCertificates(PortalHttpCase):
    """ANA has a certificate of income tax, OTRO another one, EVA none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine, cls.other = (cls._certificate(code) for code in ("ANA", "OTRO"))

    @classmethod
    def _certificate(cls, code, **values):
        certificate = as_internal(cls.env["mlm.co.certificate"]).create(
            {
                "company_id": cls.company.id,
                "partner_id": cls.people[code].partner_id.id,
                "payee_name": cls.people[code].partner_id.name,
                "tax_number": f"1020304{code}",
                "kind": "income",
                "year": 2025,
                "period": 0,
                "municipality": "",
                "base_e4": 12_345_670_000,
                "withheld_e4": 1_234_570_000,
                "posted_e4": 1_234_570_000,
                "code": f"code-of-{code}",
                "issued_at": fields.Datetime.now(),
                **values,
            }
        )
        as_internal(cls.env["mlm.co.certificate.line"]).create(
            {
                "certificate_id": certificate.id,
                "concept": "commissions",
                "rate_e6": 100_000,
                "base_e4": certificate.base_e4,
                "withheld_e4": certificate.withheld_e4,
            }
        )
        return certificate

    def test_own(self):
        page = self._open(URL, "ANA")
        self.assertIn(f'data-certificate="{self.mine.id}"', page)
        self.assertIn("123,457", page)
        self.assertNotIn(f'data-certificate="{self.other.id}"', page)
        document = self.url_open(f"{URL}/{self.mine.id}")
        self.assertTrue(document.content.startswith(b"%PDF"))
        self.assertEqual(self.url_open(f"{URL}/{self.mine.id}").content, document.content)
        self.assertIn(URL, self._open("/my/network/earnings", "ANA"))

    def test_of_another_and_void(self):
        self._open(URL, "ANA")
        self.assertEqual(self.url_open(f"{URL}/{self.other.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/mlm/co/certificate/{self.mine.id}").status_code, 404)
        as_internal(self.mine).write({"state": "void", "voided_at": fields.Datetime.now()})
        self.assertEqual(self.url_open(f"{URL}/{self.mine.id}").status_code, 404)

    def test_none(self):
        self.assertIn("No certificate yet", self._open(URL, "EVA"))

    def test_unknown_codes_are_limited(self):
        self.company.mlm_limit_code_hour = 2
        self.env.ref("base.public_user").write(
            {"company_ids": [(4, self.company.id)], "company_id": self.company.id}
        )
        self.env.flush_all()
        answers = [self.url_open(f"/certificado/guess-{n}").status_code for n in range(3)]
        self.assertEqual(answers, [404, 404, 429])
        self.assertEqual(self.url_open(f"/certificado/{self.mine.code}").status_code, 200)
