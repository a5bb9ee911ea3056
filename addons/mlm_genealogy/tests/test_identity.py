import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon

PDF = base64.b64encode(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestIdentity(GenealogyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana")
        cls.Document = cls.env["mlm.identity.document"]
        cls.document = cls.Document.create(
            {"distributor_id": cls.ana.id, "upload": PDF, "file_name": "ana.pdf"}
        )
        cls.users = {
            role: new_test_user(
                cls.env,
                f"identity_{role}",
                f"base.group_user,mlm_base.group_{role}",
                password=f"identity_{role}",
                company_id=cls.company.id,
                company_ids=cls.company.ids,
            )
            for role in ("support", "auditor", "warehouse", "manager")
        }

    def _open(self, role, url=None):
        self.authenticate(f"identity_{role}", f"identity_{role}")
        return self.url_open(url or f"/mlm/identity/{self.document.id}")

    def _openings(self):
        self.env.invalidate_all()
        return self.env["mlm.access.log"].search([("action", "=", "opened")])

    def test_opening_is_on_record(self):
        for number, role in enumerate(("support", "auditor", "manager"), 1):
            response = self._open(role)
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.content, base64.b64decode(PDF))
            self.assertEqual(response.headers["Cache-Control"], "no-store")
            opening = self._openings()[0]
            self.assertEqual(len(self._openings()), number)
            self.assertEqual(opening.author_id, self.users[role])
            self.assertEqual(opening.document_id, self.document)
            self.assertTrue(opening.ip_address)

    def test_closed_to_others(self):
        new_test_user(self.env, "identity_portal", "base.group_portal", password="identity_portal")
        for role in ("warehouse", "portal"):
            self.assertEqual(self._open(role).status_code, 404)
        self.authenticate(None, None)
        response = self.url_open(f"/mlm/identity/{self.document.id}", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertFalse(self._openings())

    def test_no_other_way_to_the_content(self):
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "mlm.identity.document"), ("res_field", "=", "file")])
        )
        self.assertTrue(attachment)
        for role in ("support", "auditor", "manager"):
            for url in (
                f"/web/content/mlm.identity.document/{self.document.id}/file",
                f"/web/content/{attachment.id}",
                f"/web/image/mlm.identity.document/{self.document.id}/file",
            ):
                response = self._open(role, url)
                self.assertNotIn(b"%PDF", response.content, (role, url))
            user = self.users[role]
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                self.document.with_user(user).read(["file"])
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                attachment.with_user(user).read(["raw"])
            self.assertFalse(self.document.with_user(user).read(["upload"])[0]["upload"])
        self.assertFalse(self._openings())

    def test_limits(self):
        def upload(raw):
            content = base64.b64encode(raw)
            return self.Document.create({"distributor_id": self.ana.id, "upload": content})

        with self.assertRaisesRegex(UserError, "Only PDF, JPG and PNG"):
            upload(b"<html><script>alert(1)</script></html>")
        with self.assertRaisesRegex(UserError, "the limit is 10 MB"):
            upload(b"%PDF-1.4\n" + b"0" * (10 * 1024 * 1024))
        with self.assertRaisesRegex(UserError, "Choose the file"):
            self.Document.create({"distributor_id": self.ana.id})
        self.assertEqual(upload(PNG).file_name, "document.png")

    def test_erasure_leaves_the_record(self):
        self._open("support")
        self.document.with_user(self.users["manager"]).action_erase()
        self.assertFalse(self.document.has_file)
        self.assertFalse(self.document.sudo().file)
        self.assertEqual(
            sorted(self.document.log_ids.mapped("action")), ["erased", "opened", "uploaded"]
        )
        self.assertEqual(self._open("support").status_code, 404)
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.document.unlink()

    def test_who_may(self):
        support = self.Document.with_user(self.users["support"])
        own = support.create({"distributor_id": self.ana.id, "upload": PDF, "number": "52"})
        self.assertEqual(own.create_uid, self.users["support"])
        with self.assertRaises(AccessError):
            self.Document.with_user(self.users["auditor"]).create(
                {"distributor_id": self.ana.id, "upload": PDF}
            )
        with self.assertRaises(AccessError):
            self.Document.with_user(self.users["warehouse"]).search([])
        log = self.env["mlm.access.log"]
        self.assertTrue(log.with_user(self.users["auditor"]).search([]))
        with self.assertRaises(AccessError):
            log.with_user(self.users["support"]).search([])
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "identity_stranger",
            "base.group_user,mlm_base.group_admin",
            company_id=other.id,
            company_ids=other.ids,
        )
        for model in (self.Document, log):
            found = model.with_user(stranger).with_context(allowed_company_ids=other.ids)
            self.assertFalse(found.search([]))
