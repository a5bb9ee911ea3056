# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.mlm_base.internal import as_internal

from ..models.certificate import mlm_co_certificate_issue
from .certificate_common import CertificateCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCertificate(CertificateCommon):
    def _text(self, certificate):
        pages = PdfFileReader(io.BytesIO(certificate._get_pdf())).pages
        text = " ".join(page.extract_text() for page in pages)
        return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())

    def test_says_what_the_ledger_says(self):
        self._run()
        issue = self._issue()
        every = self.env["mlm.co.certificate"].search([("company_id", "=", self.company.id)])
        self.assertEqual(issue.made_count, len(every))
        for kind, account in (("income", self.withheld), ("ica", self.ica_account)):
            found = every.filtered(lambda one, kind=kind: one.kind == kind)
            self.assertEqual(sum(found.mapped("withheld")), self._ledger(account))
        income, ica = self._of(), self._of("ica")
        statement = self.env["mlm.statement"].search([("distributor_id", "=", self.maria.id)])
        self.assertEqual((income.base, income.withheld), (statement.gross, statement.gross / 10))
        self.assertEqual((income.period, ica.period, ica.municipality), (0, 5, "11001"))
        self.assertEqual(ica.municipality_id.code, "11001")
        self.assertEqual(income.tax_number, statement.tax_number)
        self.assertEqual(income.payee_name, self.maria.partner_id.name)
        self.assertEqual(
            [(line.concept, line.rate, line.withheld) for line in income.line_ids],
            [("commissions", 10, income.withheld)],
        )
        self._check_laws()

    def test_same_figures_stay(self):
        self._run()
        made = self._issue().made_count
        first = self._of()
        again = self._issue()
        self.assertEqual((again.made_count, again.kept_count, again.void_count), (0, made, 0))
        self.assertEqual(self._of(), first)

    def test_other_figures_replace(self):
        self._run()
        self._issue()
        first = self._of()
        adjustment = self._adjust()
        self._issue()
        second = self._of()
        self.assertEqual((first.state, second.replaces_id), ("void", first))
        self.assertEqual(second.withheld, first.withheld + 10_000)
        self.assertNotEqual(second.code, first.code)
        self._take_back(adjustment)
        self.assertEqual(second.state, "void")
        self._check_laws()
        issue = self._issue()
        self.assertEqual((issue.made_count, issue.void_count), (2, 0))  # income and ICA
        third = self._of()
        self.assertEqual((third.replaces_id, third.withheld), (second, first.withheld))
        self.assertEqual(second.state, "void")
        self._check_laws()

    def test_what_is_taken_back_whole_has_none(self):
        adjustment = self._adjust(person=self.juan)
        self._issue()
        self.assertTrue(self._of(person=self.juan))
        self._take_back(adjustment)
        self._issue()
        self.assertFalse(self._of(person=self.juan))
        self.assertEqual(len(self._of(person=self.juan, state="void")), 1)

    def test_a_number_that_somebody_claims_gives_nothing(self):
        """Who was paid has the certificate, also when the number was corrected since."""
        self._adjust()
        self.maria.partner_id.vat = "52123457"
        self.juan.partner_id.vat = "52123456"
        self._issue()
        self.assertEqual(self._of().tax_number, "52123456")
        self.assertFalse(self._of(person=self.juan))

    def test_a_period_that_goes_on_is_said(self):
        self._adjust()
        self._issue()
        for kind, moment, goes_on in (
            ("income", "2026-12-31 15:00:00", False),
            ("ica", "2026-10-30 15:00:00", True),
        ):
            one = self._of(kind)
            one.partner_id.lang = "en_US"
            as_internal(one).write({"issued_at": moment})
            self.assertEqual("had not ended" in self._text(one), goes_on)

    def test_law_tells_a_certificate_that_differs(self):
        self._run()
        self._issue()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mlm_co_certificate SET posted_e4 = posted_e4 + 10000 WHERE id = %s",
            [self._of().id],
        )
        self.assertIn("mlm.co.certificate income", str(self.env["mlm.law"]._check_all()))

    def test_two_months_of_vat(self):
        gross = 1_000_000_0000
        self.patch(
            type(self),
            "_lines_of",
            lambda test, _gross: [test._line("reteiva", test.tax, gross, 150_000)],
        )
        self._adjust(person=self.juan, day="2026-09-20")
        self._adjust(person=self.juan, day="2026-10-20")
        self._adjust(person=self.juan, day="2026-11-20")
        self.juan.partner_id.lang = "en_US"
        self._issue()
        found = self._of("vat", person=self.juan).sorted("period")
        self.assertEqual(
            [(one.period, one.base, one.withheld) for one in found],
            [(5, 2_000_000, 300_000), (6, 1_000_000, 150_000)],
        )
        self.assertIn("VAT on which it was withheld", self._text(found[0]))

    def test_document_in_both_languages_is_kept(self):
        self._run()
        self._issue()
        self.maria.partner_id.lang = "en_US"
        self.company.vat = "900123456-8"
        income = self._of()
        content = income._get_pdf()
        self.assertTrue(content.startswith(b"%PDF"))
        text = self._text(income)
        for word in (
            "Certificate of income tax withheld",
            "Article 381",
            self.company.name,
            "900123456",
            self.maria.partner_id.name,
            income.tax_number,
            "10 %",
            income.code,
            "1.6.1.12.12",
        ):
            self.assertIn(word, text)
        self.maria.partner_id.name = "Another Name"
        self.assertEqual(income._get_pdf(), content)
        self.env["res.lang"]._activate_lang("es_CO")
        ica = self._of("ica").with_context(lang="es_CO")
        ica.partner_id.lang = "es_CO"
        text = self._text(ica)
        self.assertIn("Bogotá", text)
        self.assertIn("9,66 ‰", text)

    def test_who_may(self):
        self._run()
        self._issue()
        income = self._of()
        for role in ("support", "manager", "approver", "auditor", "accountant", "admin"):
            seen = self._as(income, role)
            self.assertEqual(seen.tax_number, income.tax_number)
            with self.assertRaises(AccessError):
                seen.write({"state": "void"})
            with self.assertRaises(AccessError):
                seen.unlink()
            if role != "accountant":
                with self.assertRaises(AccessError):
                    self._as(self.env["mlm.co.certificate.issue"], role).create({"year": 2026})
        with self.assertRaises(AccessError):
            self._as(self.env["mlm.co.certificate"], "accountant").create({"code": "forged"})
        other = self.env["res.company"].create({"name": "Other"})
        accountant = self.users["accountant"]
        accountant.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.env.invalidate_all()
        elsewhere = self.env["mlm.co.certificate"].with_user(accountant).sudo(False)
        self.assertFalse(elsewhere.with_context(allowed_company_ids=other.ids).search([]))

    def test_a_year_to_come_has_none(self):
        with self.assertRaises(ValidationError):
            self._as(self.env["mlm.co.certificate.issue"], "accountant").create({"year": 2999})

    def test_background(self):
        self.patch(mlm_co_certificate_issue, "INLINE", 0)
        self._run()
        issue = self._as(self.env["mlm.co.certificate.issue"], "accountant").create({"year": 2026})
        issue.action_issue()
        self.assertEqual(issue.state, "queued")
        issue.action_stop()
        self.assertEqual(issue.state, "failed")
        self.assertFalse(self._of())
        issue.action_issue()
        self.assertTrue(issue.with_env(self.env)._mlm_needs_process(None))
        issue.with_env(self.env)._work_once()
        self.env.invalidate_all()
        self.assertEqual((issue.state, bool(self._of())), ("done", True), issue.error)
