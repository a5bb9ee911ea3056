# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.sealed_common import SealedCommon


@tagged("post_install", "-at_install")
class TestAuditOfEntries(SealedCommon):
    """An audit compares a run with the books, too."""

    def _audit(self):
        return self._as(self.env["mlm.run.audit"], "auditor")._request(self.run_)

    def test_books_as_they_were_posted(self):
        self.assertEqual(self._audit().state, "clean")

    def test_books_changed_in_the_database(self):
        table = "ALTER TABLE account_move %s TRIGGER mlm_sealed_account_move"
        self.env.cr.execute(table % "DISABLE")
        self.env.cr.execute(
            "UPDATE account_move SET state = 'cancel' WHERE id = %s", [self.move.id]
        )
        self.env.cr.execute(table % "ENABLE ALWAYS")
        self.env.invalidate_all()
        audit = self._audit()
        self.assertEqual(audit.state, "different")
        self.assertEqual(set(audit.difference_ids.mapped("kind")), {"entry"})
        told = "\n".join(audit.difference_ids.mapped("text"))
        self.assertRegex(told, f"account.move {self.move.id}:? state cancel")
