# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .certificate_common import CertificateCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCertificatePublic(CertificateCommon, HttpCase):
    """What the page of a verification code says to whoever has it."""

    def setUp(self):
        super().setUp()
        self.maria.partner_id.name = "María Gómez"
        self._run()
        self._issue()

    def test_valid_void_and_unknown(self):
        income = self._of()
        answer = self.url_open(f"/certificado/{income.code}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertIn('data-page="valid"', answer.text)
        self.assertIn("M. G.", answer.text)
        self.assertIn(income.tax_number[-4:], answer.text)
        self.assertNotIn("Gómez", answer.text)
        self.assertNotIn(income.tax_number, answer.text)
        self._adjust()
        self._issue()
        page = self.url_open(f"/certificado/{income.code}").text
        self.assertIn('data-page="void"', page)
        self.assertIn("Another one has replaced it", page)
        answer = self.url_open("/certificado/nobody-has-it")
        self.assertEqual(answer.status_code, 404)
        self.assertIn('data-page="unknown"', answer.text)

    def test_document_of_who_may_read_it(self):
        url = f"/mlm/co/certificate/{self._of().id}"
        accountant = self.users["accountant"]
        accountant.password = "accountant of the test"
        self.authenticate(accountant.login, "accountant of the test")
        first, second = self.url_open(url), self.url_open(url)
        self.assertEqual(first.headers["Content-Type"], "application/pdf")
        self.assertEqual(first.content, second.content)
        self.assertEqual(self.url_open("/mlm/co/certificate/999999999").status_code, 404)
