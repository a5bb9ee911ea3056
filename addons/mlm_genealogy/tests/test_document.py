import runpy

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import misc, mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .. import document
from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestDocument(GenealogyCommon):
    def test_one_form_for_each_type(self):
        for kind, written, stored in (
            ("cc", "52.000.222", "52000222"),
            ("cc", " 1 020 304 050 ", "1020304050"),
            ("cc", "C.C. No. 52000222", "52000222"),
            ("cc", "1,020,304,050", "1020304050"),
            ("ce", "345.678", "345678"),
            ("ti", "1020304050", "1020304050"),
            ("passport", "ab-123 456", "AB123456"),
            ("pep", "123456789012345", "123456789012345"),
            ("ppt", "1.234.567", "1234567"),
            ("nit", "800.197.268-4", "800197268-4"),
            ("nit", "8001972684", "800197268-4"),
            ("nit", "899999068 - 1", "899999068-1"),
            ("nit", "520002228", "52000222-8"),
            ("nit", "10203040508", "1020304050-8"),
            ("foreign_id", "v-12.345.678", "V12345678"),
            ("foreign_nit", "20-12345678-6", "20123456786"),
            ("other", "x 1", "X1"),
        ):
            self.assertEqual(document.normalise(kind, written), stored, (kind, written))
            self.assertEqual(document.normalise(kind, stored), stored, (kind, stored))

    def test_what_does_not_fit(self):
        for kind, written in (
            ("cc", "abc"),
            ("cc", "12"),
            ("cc", "12345678901"),
            ("cc", "012345"),
            ("cc", "52000222.0"),
            ("cc", "1,02030405E+09"),
            ("cc", "5.2000.222"),
            ("cc", "52000222-1"),
            ("cc", "５２０００２２２"),
            ("ce", "12345678"),
            ("ti", "123456789"),
            ("passport", "ABCDEF"),
            ("passport", "1,02030405E+09"),
            ("passport", "A<script>1"),
            ("pep", "1234"),
            ("ppt", "123456789"),
            ("nit", "800197268"),
            ("nit", "800197268-5"),
            # one of ten numbers without a check digit looks as if it had one
            ("nit", "900123455"),
            ("nit", "1020304058"),
            ("nit", "52000229"),
            ("nit", "1-9"),
            ("foreign_id", "Ñ12345"),
            ("other", ""),
            ("x", "52000222"),
            (False, "52000222"),
        ):
            with self.assertRaises(document.DocumentError, msg=(kind, written)):
                document.normalise(kind, written)

    def test_the_sentence_names_type_and_remedy(self):
        with self.assertRaises(document.DocumentError) as caught:
            document.normalise("ppt", "12")
        self.assertEqual(
            caught.exception.text(self.env),
            "Temporary Protection Permit (PPT): “12” is not valid. Expected: 4 to 8 digits.",
        )

    def test_identity_card_and_its_nit_are_one_number(self):
        self.assertEqual(document.key("nit", "1.020.304.050-8"), document.key("cc", "1020304050"))
        self.assertTrue(document.may_be_one("cc", "nit"))
        self.assertFalse(document.may_be_one("cc", "ce"))
        self.assertTrue(document.may_be_one("cc", None))

    def test_enrolment_checks_by_type(self):
        self.company.country_id = self.env.ref("base.co")
        self.assertEqual(self.enrol("Ana", vat="1.020.304.050").vat, "1020304050")
        eva = self.enrol("Eva", document_type="ce", vat="345 678")
        self.assertEqual(eva.vat, "345678")
        for kind, number in (("nit", "900123456-1"), ("cc", "abc"), (None, "900123456-8")):
            with self.assertRaises(UserError):
                self.enrol("Leo", document_type=kind, vat=number)
        # Colombia's check of tax numbers would look at it, and speak of a NIT
        with self.assertRaisesRegex(UserError, "Choose which document it is"):
            self.enrol("Leo", document_type="other", vat="X1")
        self.company.country_id = self.env.ref("base.pa")
        self.assertEqual(self.enrol("Leo", document_type="other", vat="x 1").vat, "X1")

    def test_wizard_asks_for_the_type_first(self):
        self.company.country_id = self.env.ref("base.co")
        form = Form(self.env["mlm.enrol.wizard"])
        self.assertEqual(form.document_type, "cc")
        form.name, form.sponsor_id = "Ana", self.root
        # seven and nine digits, and one that would be a NIT with its check digit
        for number in ("1234567", "123456789", "8001972684"):
            form.vat = number
        form.vat = "52.000.222"
        self.assertEqual(form.vat, "52000222")
        form.country_id = self.env["res.country"]
        ana = self.Distributor.browse(form.save().action_enrol()["res_id"])
        self.assertEqual(ana.vat, "52000222")

        form = Form(self.env["mlm.enrol.wizard"])
        form.name, form.sponsor_id = "Firm", self.root
        form.country_id = self.env["res.country"]
        with mute_logger("odoo.tests.form.onchange"):
            form.document_type, form.vat = "nit", "800197268-5"
        with self.assertRaisesRegex(UserError, "check digit"):
            form.save().action_enrol()

    def test_same_number_of_another_type_is_somebody_else(self):
        found = self.Distributor._find_duplicates(
            [
                {"vat": "345678", "document_type": "cc"},
                {"vat": "345678", "document_type": "ce"},
                {"vat": "3.456.78", "document_type": "ppt"},
                {"vat": "345.678", "document_type": "cc"},
            ]
        )
        self.assertEqual([[one["row"] for one in matches] for matches in found], [[], [], [], [0]])

    def test_waiting_applications_get_the_one_form(self):
        values = {
            "company_id": self.company.id,
            "channel": "portal",
            "sponsor_id": self.root.id,
            "name": "Ana",
            "email": "ana@example.com",
        }
        found = as_internal(self.env["mlm.application"]).create([{**values, "vat": "52000222"}] * 3)
        numbers = ("52.000.222", "abc", "1 020 304 050")
        for one, number in zip(found, numbers, strict=True):
            self.env.cr.execute(
                "UPDATE mlm_application SET vat = %s WHERE id = %s", [number, one.id]
            )
        path = misc.file_path("mlm_genealogy/migrations/19.0.2.1.0/pre-documents.py")
        for __ in range(2):
            runpy.run_path(path)["migrate"](self.env.cr, "19.0.2.0.0")
        self.env.invalidate_all()
        self.assertEqual(found.mapped("vat"), ["52000222", "abc", "1020304050"])
