import base64

from odoo.addons.mlm_base import background
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class OpeningCommon(CommissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opening_account = cls.env["account.account"].create(
            {"code": "379999", "name": "Opening", "account_type": "equity"}
        )
        cls.manager = cls.users["manager"]
        cls.Opening = cls.env["mlm.opening.import"].with_user(cls.manager)

    def setUp(self):
        super().setUp()
        # progress is written by transactions of their own, which a test does not have
        progress = type(self.env["mlm.opening.progress"])
        self.patch(progress, "_report", lambda *args: None)
        self.patch(progress, "_ensure_wanted", lambda *args: None)
        self.patch(progress, "_count_try", lambda *args: 1)
        self.patch(self.env.cr, "rollback", lambda: None)
        self.patch(background, "retrying", lambda function, env: function())

    def opening(self, totals=None, **files):
        """An opening with files by kind (text or bytes) and control totals by kind."""
        record = self.Opening.create(
            {
                "name": "Moving in",
                "balance_account_id": self.opening_account.id,
                "balance_date": "2026-08-17",
                "file_ids": [
                    (0, 0, {"kind": kind, "file_name": f"{kind}.csv", "file": self.packed(content)})
                    for kind, content in files.items()
                ],
            }
        )
        for control in record.control_ids:
            control.expected = (totals or {}).get(control.file_id.kind, {}).get(control.figure)
        return record

    def packed(self, content):
        return base64.b64encode(content.encode() if isinstance(content, str) else content)

    def work(self, record, action="action_check"):
        getattr(record, action)()
        record.sudo()._work()
        self.env.invalidate_all()
        return record

    def check(self, content, kind="carry", totals=None):
        return self.work(self.opening({kind: totals or {}}, **{kind: content}))

    def load(self, totals, **files):
        record = self.work(self.opening(totals, **files))
        self.assertEqual(record.state, "good", record.problem_ids.mapped("message") or record.error)
        self.work(record, "action_import")
        self.assertEqual(record.state, "done", record.error)
        return record

    def bad(self, content, kind, column, words):
        """Check a file of one line: there is a problem of that column with these words."""
        record = self.check(content, kind)
        found = record.problem_ids.filtered(lambda one: one.line and one.column == column)
        self.assertEqual(record.state, "bad", record.error)
        self.assertTrue(found, record.problem_ids.mapped(lambda one: (one.column, one.message)))
        self.assertIn(words, found[0].message)
