# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import runpy

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import misc

from odoo.addons.mlm_genealogy.tests.application_common import Applications
from odoo.addons.mlm_genealogy.tests.common import GenealogyCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestApplication(Applications, GenealogyCommon):
    def test_an_identity_card_is_no_nit(self):
        self.company.country_id = self.env.ref("base.co")
        self.take_at_once()
        ana = self.enrol("Ana")
        for kind, vat, code in (
            ("cc", "52000222", "national_citizen_id"),
            ("ce", "345678", "foreign_resident_card"),
            ("passport", "AB123456", "passport"),
        ):
            application = self.submit(
                sponsor=ana,
                contracts=self.env["mlm.contract"],
                name=f"Person {kind}",
                document_type=kind,
                vat=vat,
                email=f"{kind}@example.com",
                phone=f"+57 300 {vat[-6:]}",
            )
            partner = application.distributor_id.partner_id
            self.assertEqual(partner.vat, vat)
            self.assertEqual(partner.l10n_latam_identification_type_id.l10n_co_document_code, code)

    def test_wizard_stores_the_type_of_the_localization(self):
        self.company.country_id = self.env.ref("base.co")
        types = self.env["l10n_latam.identification.type"]
        for kind, number, stored, code in (
            ("cc", "1.234.567", "1234567", "national_citizen_id"),
            ("ti", "1020304051", "1020304051", "id_card"),
            ("ppt", "7654321", "7654321", "PPT"),
            ("pep", "123456789012345", "123456789012345", "PEP"),
            ("nit", "800.197.268-4", "800197268-4", "rut"),
        ):
            form = Form(self.env["mlm.enrol.wizard"])
            form.name, form.sponsor_id, form.document_type = kind, self.root, kind
            form.vat = number
            member = self.Distributor.browse(form.save().action_enrol()["res_id"])
            self.assertEqual(member.vat, stored)
            self.assertEqual(
                member.partner_id.l10n_latam_identification_type_id,
                types.search([("l10n_co_document_code", "=", code)], limit=1),
            )
            again = Form(self.env["mlm.enrol.wizard"])
            again.partner_id = member.partner_id
            self.assertEqual(again.document_type, kind)

    def test_contact_of_a_member_is_checked_by_its_type(self):
        self.company.country_id = self.env.ref("base.co")
        partner = self.enrol("Ana", vat="52000222").partner_id
        self.assertFalse(partner.with_context(active_test=False).country_id)
        partner.vat = "1.020.304.050"
        self.assertEqual(partner.vat, "1020304050")
        for number in ("abc", "800197268-5"):
            with self.assertRaisesRegex(ValidationError, "Citizenship Card"):
                partner.vat = number
        nit = self.env.ref("l10n_co.rut")
        with self.assertRaisesRegex(ValidationError, "check digit"):
            partner.write({"l10n_latam_identification_type_id": nit.id, "vat": "800197268-5"})
        partner.write({"l10n_latam_identification_type_id": nit.id, "vat": "800.197.268-4"})
        self.assertEqual(partner.vat, "800197268-4")

    def test_known_by_number_and_type(self):
        self.company.country_id = self.env.ref("base.co")
        card = self.enrol("Ana", vat="52000222")
        foreign = self.enrol("Eva", document_type="ce", vat="345678")

        def found(kind, number):
            person = {"vat": number, "document_type": kind}
            return [one["distributor_id"] for one in self.Distributor._find_duplicates([person])[0]]

        self.assertEqual(found("cc", "52.000.222"), [card.id])
        self.assertEqual(found("nit", "52000222-8"), [card.id])
        self.assertEqual(found("nit", "520002228"), [card.id])
        self.assertEqual(found("cc", "345678"), [])
        self.assertEqual(found("ce", "345.678"), [foreign.id])
        self.assertEqual(found(None, "345678"), [foreign.id])
        # and enrolment itself finds the same: another type is somebody else
        self.assertEqual(self.enrol("Leo", document_type="cc", vat="345678").vat, "345678")
        with self.assertRaisesRegex(UserError, "document number"):
            self.enrol("Twin", document_type="nit", vat="52000222-8")

    def test_stored_numbers_get_their_one_form(self):
        self.company.country_id = self.env.ref("base.co")
        card = self.enrol("Ana", vat="52000222").partner_id
        firm = self.enrol("Firm", vat="800197268-4", document_type="nit").partner_id
        bad = self.enrol("Leo", vat="52000333").partner_id
        outside = self.env["res.partner"].create({"name": "No Member"})
        stored = {card: "52.000.222", firm: "8001972684", bad: "abc", outside: "52.000.444"}
        for partner, number in stored.items():
            self.env.cr.execute(
                "UPDATE res_partner SET vat = %s, l10n_latam_identification_type_id ="
                " coalesce(%s, l10n_latam_identification_type_id) WHERE id = %s",
                [number, card.l10n_latam_identification_type_id.id, partner.id]
                if partner == outside
                else [number, None, partner.id],
            )
        path = misc.file_path("l10n_co_mlm/migrations/19.0.1.1.0/post-documents.py")
        for __ in range(2):
            runpy.run_path(path)["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(
            [partner.vat for partner in stored], ["52000222", "800197268-4", "abc", "52.000.444"]
        )
