# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.report_common import ReportCommon


@tagged("post_install", "-at_install")
class TestControlReports(ReportCommon):
    def test_changes(self):
        self._balanced_sales(left=2, right=2)
        self._preview()
        self.cycle[924].action_reopen()
        self._sale(self.clara, price_unit=140_000)
        (row,) = self._lines(self._book(self._preview(), kind="changes")["924 Changes"])
        self.assertEqual(
            (row["Code"], row["Before"], row["Now"], row["Difference"], row["Change"]),
            ("JUAN", 0, 29_100, 29_100, "Not paid before"),
        )

    def test_summary_says_what_was_found(self):
        self.network.guard_cv = 1
        text = self._text(self._run(), kind="summary")
        for part in ("Above the cost limit", "Cases found / open", "Unusual amounts"):
            with self.subTest(part):
                self.assertIn(part, text)
