# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.mlm_genealogy.tests.test_identity import PDF

from .profile_common import ProfileCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestProfileRut(ProfileCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role, user in cls.users.items():
            user.password = f"{role}-password"

    def _get(self, role, url):
        user = self.users[role]
        self.authenticate(user.login, f"{role}-password")
        return self.url_open(url)

    def test_openings_are_on_record(self):
        profile = self._profile()
        self._as(profile, "accountant").rut_upload = PDF
        self.assertTrue(profile.rut_day)
        document = profile.rut_id
        self.assertEqual((document.type, document.distributor_id), ("rut", self.maria))
        self.assertEqual(document.create_uid, self.users["accountant"])
        self.assertFalse(self._as(profile, "accountant").read(["rut_upload"])[0]["rut_upload"])
        for role in ("accountant", "auditor"):
            response = self._get(role, f"/mlm/co/rut/{profile.id}")
            self.assertEqual(response.content, base64.b64decode(PDF))
        for role in ("warehouse",):
            self.assertEqual(self._get(role, f"/mlm/co/rut/{profile.id}").status_code, 404)
        self.env.invalidate_all()
        log = document.log_ids.sorted("id")
        self.assertEqual(log.mapped("action"), ["uploaded", "opened", "opened"])
        self.assertEqual(
            log.author_id, self.users["accountant"] | self.users["auditor"], "not the system"
        )

    def test_no_rut(self):
        profile = self._profile()
        self.assertEqual(self._get("accountant", f"/mlm/co/rut/{profile.id}").status_code, 404)
        self.assertEqual(self._get("accountant", "/mlm/co/rut/999999999").status_code, 404)
        with self.assertRaises(AccessError):
            self._as(profile, "auditor").rut_upload = PDF
        with self.assertRaisesRegex(UserError, "Only PDF"):
            self._as(profile, "support").rut_upload = base64.b64encode(b"<html>")

    def test_rut_of_a_former_holder_is_somebody_elses(self):
        profile = self._profile()
        profile.rut_upload = PDF
        heir = self.env["res.partner"].create({"name": "Heir"})
        self.env["mlm.identity.document"].flush_model()
        self.env.cr.execute(
            "UPDATE mlm_identity_document SET create_date = '2026-03-01' WHERE id = %s",
            [profile.rut_id.id],
        )
        self.maria._transfer(heir, reason="Estate")
        self.env.invalidate_all()
        other = self.Profile.create({"partner_id": heir.id})
        self.assertFalse(other.rut_id)
        self.assertTrue(profile.rut_id)
        with self.assertRaisesRegex(UserError, "no membership any more"):
            profile.rut_upload = PDF

    def test_template(self):
        response = self._get("manager", "/mlm/co/profile/import/template")
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(rows[0][:3], ("Code", "Document number", "Valid from"))
        self.assertEqual((rows[1][0], len(rows)), ("1042", 2))
        self.assertEqual(self._get("support", "/mlm/co/profile/import/template").status_code, 404)

    def test_bad_lines_as_a_file(self):
        record = self._as(self.env["mlm.co.profile.import"], "manager").create(
            {"file": base64.b64encode(b"x"), "name": "x.csv"}
        )
        url = f"/mlm/co/profile/import/{record.id}/problems"
        self.assertEqual(self._get("manager", url).status_code, 200)
        self.assertEqual(self._get("support", url).status_code, 404)
