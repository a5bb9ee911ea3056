# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from odoo.addons.mlm_opening.tests.common import OpeningCommon

from .test_tax_opening import HEAD


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLimitOpening(OpeningCommon):
    def test_year_before_the_move_counts(self):
        content = (
            HEAD
            + "900123456;2026-08-16;Renta;;150000000;15000000\n"
            + "900123456;2026-08-16;ReteICA;11001;999999999;9660\n"
        )
        totals = {"lines": "2", "base": "1149999999", "withheld": "15009660"}
        self.load({"tax": totals}, tax=content)
        self.env["mlm.co.paid"]._add(
            self.company, date(2026, 9, 4), {"900123456": (10_000_000 * 10_000, 0)}
        )
        limit = self.env["mlm.co.limit"].search(
            [("company_id", "=", self.company.id), ("tax_number", "=", "900123456")]
        )
        self.assertEqual((limit.year, limit.base), (2026, 160_000_000))
        self.assertTrue(limit.rate_near)

    def test_year_before_the_move_counts_for_the_rate(self):
        content = HEAD + "900123456;2026-08-16;Renta;;172834200;17283420\n"
        totals = {"lines": "1", "base": "172834200", "withheld": "17283420"}
        self.load({"tax": totals}, tax=content)
        before = self.env["mlm.deduction"]._get_paid_before(
            self.company, {"900123456", "5555"}, date(2026, 9, 4)
        )
        self.assertEqual(
            {number: one.year_e4 for number, one in before.items()},
            {"900123456": 1_728_342_000_000},
        )
        later = self.env["mlm.deduction"]._get_paid_before(
            self.company, {"900123456"}, date(2027, 1, 4)
        )
        self.assertFalse(later, "a year begins again")
