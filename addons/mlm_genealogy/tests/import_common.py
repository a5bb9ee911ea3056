import base64

from odoo.addons.mlm_base import background

from ..importing import columns
from .common import GenealogyCommon

HEADINGS = [columns.heading(key, "es_CO") for key in columns.KEYS]


class ImportCommon(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"country_id": cls.env.ref("base.co").id})
        cls.env.user.lang = "en_US"
        cls.Import = cls.env["mlm.import"]

    def setUp(self):
        super().setUp()
        # progress is written by transactions of their own, which a test does not have
        progress = self.env["mlm.import.progress"]
        self.reports = []
        self.patch(type(progress), "_report", lambda _self, *args: self.reports.append(args[1:]))
        self.patch(type(progress), "_ensure_wanted", lambda *args: None)
        self.patch(type(progress), "_count_try", lambda *args: 1)
        self.patch(self.env.cr, "rollback", lambda: None)
        self.patch(background, "retrying", lambda function, env: function())

    def csv(self, *rows, headings=None, encoding="utf-8", delimiter=";"):
        """The content of a file: dicts, or lists in the order of the headings."""
        keys = list(headings or columns.KEYS)
        lines = [
            delimiter.join(
                columns.heading(key, "es_CO") if key in columns.KEYS else key for key in keys
            )
        ]
        for row in rows:
            lines.append(delimiter.join(str(row.get(key, "")) for key in keys))
        return "\n".join(lines).encode(encoding)

    def upload(self, content, name="people.csv"):
        return self.Import.create(
            {"file": base64.b64encode(content), "file_name": name, "tree_id": self.tree.id}
        )

    def check_file(self, content, **values):
        record = self.upload(content)
        record.action_check()
        record._work()
        return record

    def import_file(self, content):
        record = self.check_file(content)
        self.assertEqual(record.state, "good", record.problem_ids.mapped("message") or record.error)
        record.action_import()
        record._work()
        self.assertEqual(record.state, "done", record.error)
        return record

    def member(self, code):
        return self.Distributor.search([("company_id", "=", self.company.id), ("code", "=", code)])
