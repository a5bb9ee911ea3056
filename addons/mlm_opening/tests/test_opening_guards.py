# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OpeningCommon


@tagged("post_install", "-at_install")
class TestOpeningGuards(OpeningCommon):
    def test_opening_is_not_born_good(self):
        """Neither by a default of the user nor by one of the call."""
        self.env["ir.default"].with_user(self.manager).sudo(False).set(
            "mlm.opening.import", "state", "good", user_id=True
        )
        opening = self.Opening.with_context(default_state="good").create({"name": "Opening"})
        self.assertEqual(opening.state, "draft")
        with self.assertRaises(UserError):
            opening.action_import()

    def test_entries_without_seal_are_found(self):
        self.load({"balance": {"lines": "1", "amount": "5"}}, balance="Code;Balance\nMARIA;5")
        laws = self.env["mlm.law"]
        self.assertFalse(laws._check_all())
        self.env.cr.execute("ALTER TABLE mlm_sealed_move DISABLE TRIGGER mlm_append_only_row")
        self.env.cr.execute("DELETE FROM mlm_sealed_move")
        self.env.cr.execute("ALTER TABLE mlm_sealed_move ENABLE ALWAYS TRIGGER mlm_append_only_row")
        self.env.invalidate_all()
        self.assertIn("opening_entries_sealed", {one["law"] for one in laws._check_all()})
