import base64

from odoo.exceptions import AccessError

from .common import CommissionCommon


class TestFieldFiles(CommissionCommon):
    """The file of a field changes with its record, whose rules say who may and until when."""

    def setUp(self):
        super().setUp()
        self.asked = self._as(self.env["mlm.adjustment"], "manager").create(
            {
                "distributor_id": self.juan.id,
                "amount_input": 100_000,
                "reason": "A bonus that the import forgot",
                "document": base64.b64encode(b"signed"),
                "document_name": "letter.txt",
            }
        )
        self.files = self._as(self.env["ir.attachment"], "manager")
        self.file = self.files.search(
            [("res_model", "=", "mlm.adjustment"), ("res_field", "=", "document")]
        )

    def test_not_beside_the_record(self):
        """Else a paper could be another one after somebody had decided on it."""
        own = self.files.create({"name": "own.txt", "raw": b"another"})
        place = {"res_model": "mlm.adjustment", "res_id": self.asked.id, "res_field": "document"}
        ways = {
            "overwritten": lambda: self.file.write({"raw": b"another"}),
            "renamed": lambda: self.file.write({"name": "other.txt"}),
            "taken away": lambda: self.file.write({"res_field": False}),
            "deleted": self.file.unlink,
            "a second one": lambda: self.files.create({"name": "n", "raw": b"another", **place}),
            "another moved there": lambda: own.write(place),
        }
        self.assertEqual(len(self.file), 1)
        for name, way in ways.items():
            with self.subTest(name), self.assertRaisesRegex(AccessError, "belongs to a record"):
                way()
        self.env.invalidate_all()
        self.assertEqual(base64.b64decode(self.asked.document), b"signed")

    def test_through_the_record_and_beside_it(self):
        self.asked.document = base64.b64encode(b"signed again")
        self.env.invalidate_all()
        self.assertEqual(base64.b64decode(self.asked.document), b"signed again")
        beside = self.files.create(
            {"name": "n", "raw": b"1", "res_model": "mlm.adjustment", "res_id": self.asked.id}
        )
        beside.write({"raw": b"2"})
        beside.unlink()
