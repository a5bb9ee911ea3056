# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from .exact_common import ExactCommon

DAY = date(2026, 8, 20)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholdingMany(ExactCommon):
    """The questions of a part of a run are few, and as many for any number of payees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.many = cls.env["mlm.distributor"]._enrol(
            [
                {"name": f"Person {number}", "code": f"M{number:03}", "sponsor_code": "JUAN"}
                for number in range(200)
            ]
        )
        for number, member in enumerate(cls.many):
            cls._document(member, str(1_000_000_000 + number), "national_citizen_id")

    def _ask_for(self, run, members):
        provider = self.env["mlm.deduction"].with_company(self.company)
        payees = {one.id: {"gen5": 5_000_000_000} for one in members}
        holders = run._get_holders(members)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        lines = provider._get_deduction_lines(self.company, payees, DAY, run)
        provider._get_statement_extras(self.company, payees, holders, DAY)
        provider._keep_posted(self.company, DAY, run, payees, lines, holders)
        self.env.flush_all()
        self.assertEqual(len(lines), len(members))
        return self.env.cr.sql_log_count - before

    def test_questions_do_not_grow(self):
        run = self._preview(924)
        self._ask_for(run, self.many[:1])  # what is the same for the whole process
        few = self._ask_for(run, self.many[:20])
        many = self._ask_for(run, self.many)
        self.assertEqual(few, many)
        self.assertLess(many, 40)
