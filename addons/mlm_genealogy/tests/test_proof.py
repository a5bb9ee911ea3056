import base64

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon

PDF = base64.b64encode(b"%PDF-1.4\n%proof\n")


@tagged("post_install", "-at_install")
class TestProof(GenealogyCommon):
    """Files that prove something stay as they are, whoever asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana")
        cls.paper = cls.env["ir.attachment"].create(
            {
                "name": "letter.pdf",
                "datas": PDF,
                "res_model": "mlm.distributor",
                "res_id": cls.ana.id,
            }
        )
        cls.ana._suspend("Asked for it", treatment="hold", document=cls.paper)

    def changes(self, file):
        return {
            "overwritten": lambda: file.write({"datas": base64.b64encode(b"another")}),
            "raw": lambda: file.write({"raw": b"another"}),
            "renamed": lambda: file.write({"name": "other.pdf"}),
            "moved": lambda: file.write({"res_id": self.root.id}),
            "to another model": lambda: file.write({"res_model": "res.partner"}),
            "linked": lambda: file.write({"type": "url", "url": "https://example.com"}),
            "deleted": file.unlink,
        }

    def test_the_paper_of_a_change(self):
        for env in (self.env, self.env(su=True)):
            for name, change in self.changes(self.paper.with_env(env)).items():
                with self.subTest(name), self.assertRaisesRegex(UserError, "letter.pdf"):
                    change()
        # what changes nothing, and what is no part of the proof
        self.paper.write({"name": "letter.pdf", "description": "From the lawyer"})
        self.assertEqual(self.paper.raw, base64.b64decode(PDF))

    def test_who_has_no_right_is_told_no_name(self):
        """Names of papers say enough: “divorce.pdf” is told to nobody who may not touch it."""
        for groups in ("base.group_portal", "base.group_user", "mlm_base.group_warehouse"):
            stranger = new_test_user(self.env, f"proof_{groups}", groups)
            file = self.paper.with_user(stranger)
            for name, change in self.changes(file).items():
                with self.subTest(groups=groups, change=name):
                    with self.assertRaises(AccessError) as refusal:
                        change()
                    self.assertNotIn("letter", str(refusal.exception))

    @mute_logger("odoo.sql_db")
    def test_by_sql(self):
        for query in (
            "UPDATE ir_attachment SET name = 'x' WHERE id = %s",
            "UPDATE ir_attachment SET checksum = 'x' WHERE id = %s",
            "UPDATE ir_attachment SET res_id = 1 WHERE id = %s",
            "DELETE FROM ir_attachment WHERE id = %s",
        ):
            with (
                self.subTest(query),
                self.assertRaisesRegex(psycopg2.Error, "proof"),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(query, [self.paper.id])

    def test_self_check_finds_another_file(self):
        self.assertEqual(self.env["mlm.law"]._run_check("proof_kept", 10), [])
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE ir_attachment DISABLE TRIGGER mlm_proof_guard")
        self.env.cr.execute(
            "UPDATE ir_attachment SET checksum = 'x' WHERE id = %s", [self.paper.id]
        )
        (found,) = self.env["mlm.law"]._run_check("proof_kept", 10)
        self.assertEqual((found["res_id"], found["detail"]), (self.paper.id, "is another file now"))

    def test_identity_document_is_erased_and_not_replaced(self):
        document = self.env["mlm.identity.document"].create(
            {"distributor_id": self.ana.id, "upload": PDF}
        )
        file = document._get_attachment()
        with self.assertRaisesRegex(UserError, "of its own"):
            document.upload = base64.b64encode(b"%PDF-1.4\nanother")
        for name, change in self.changes(file).items():
            with self.subTest(name), self.assertRaises(UserError):
                change()
        document.action_erase()
        self.assertFalse(document._get_attachment())
        self.assertFalse(document.has_file)
        self.assertEqual(self.env["mlm.law"]._run_check("proof_kept", 10), [])
        document.upload = PDF  # the same record takes the file that replaces an erased one
        self.assertTrue(document.has_file)


@tagged("post_install", "-at_install")
class TestWarehouse(GenealogyCommon):
    """The warehouse knows who is who, and nothing personal."""

    def test_reads_no_reasons_documents_and_phones(self):
        ana = self.enrol("Ana", phone="+57 300 1234567", email="ana@example.com")
        warehouse = new_test_user(
            self.env,
            "warehouse_of_the_test",
            groups="mlm_base.group_warehouse",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        seen = ana.with_user(warehouse)
        self.assertEqual(seen.read(["name", "code"])[0]["name"], "Ana")
        for name in ("phone", "email", "vat", "planned_text"):
            with self.subTest(name), self.assertRaises(AccessError):
                seen.read([name])
        for model in (
            "mlm.genealogy.event",
            "mlm.event.text",
            "mlm.operation",
            "mlm.identity.document",
            "mlm.contract.acceptance",
            "mlm.application",
            "mlm.proof",
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(warehouse).search([], limit=1).read([])
        with self.assertRaises(AccessError):
            seen.get_timeline()
        form = seen.get_views([(False, "form"), (False, "list")])["views"]
        for arch in (view["arch"] for view in form.values()):
            for name in ('name="phone"', 'name="email"', 'name="vat"', "mlm_timeline"):
                self.assertNotIn(name, arch)
