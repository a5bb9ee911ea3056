# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mlm_base.tests.today_common import TodayTests

from .profile_common import ProfileCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestProfileLimit(TodayTests, ProfileCommon):
    """In 2026 the UVT is 52,374 pesos: 3,300 are 172,834,200 and 3,500 are 183,309,000."""

    def _paid(self, pesos, number="52000222", month=date(2026, 3, 1), company=None):
        self.env["mlm.co.paid"]._add(company or self.company, month, {number: (pesos * 10_000, 0)})

    def _limit(self, year=2026, role="accountant"):
        self.env.flush_all()
        self.env.invalidate_all()
        limits = self._as(self.env["mlm.co.limit"], role)
        return limits.search([("year", "=", year), ("tax_number", "=", "52000222")])

    def test_shares(self):
        self._paid(100_000_000)
        self._paid(38_267_360, month=date(2026, 11, 1))
        self._paid(900_000_000, month=date(2025, 12, 1))
        self._paid(900_000_000, number="52000223")
        self._paid(900_000_000, company=self.env["res.company"].create({"name": "Other"}))
        limit = self._limit()
        self.assertEqual(
            (limit.partner_id, limit.distributor_id), (self.maria.partner_id, self.maria)
        )
        self.assertEqual(limit.base, 138_267_360)
        self.assertEqual((limit.rate_limit, limit.vat_limit), (172_834_200, 183_309_000))
        self.assertAlmostEqual(limit.rate_share, 80.0)
        self.assertAlmostEqual(limit.vat_share, 75.4285, places=3)
        self.assertEqual((limit.rate_near, limit.vat_near), (True, False))
        self.assertIn("passes the limit", limit.advice)
        self.assertEqual(self._limit(2025).base, 900_000_000)

    def test_below(self):
        self._paid(138_267_359)
        limit = self._limit()
        self.assertFalse(limit.rate_near or limit.vat_near or limit.advice)

    def test_exactly_at_the_limit(self):
        self._paid(172_834_200)
        self.assertIn("passes the limit", self._limit().advice, "the lower rate still applies")
        self._paid(1)
        self.assertIn("applies to what is paid from now on", self._limit().advice)

    def test_vat(self):
        self._paid(146_647_200)
        self.assertTrue(self._limit().vat_near)
        self.assertIn("ask for the RUT", self._limit().advice)
        self._profile(confirm=True, vat_responsible=True)
        limit = self._limit()
        self.assertEqual((limit.rate_near, limit.vat_near), (True, False))

    def test_companies_have_no_limit(self):
        self._document(self.maria, "900123456-8", "rut")
        self._paid(900_000_000, number="900123456")
        self._profile(confirm=True, person="legal")
        self.env.invalidate_all()
        limit = self.env["mlm.co.limit"].search([("tax_number", "=", "900123456")])
        self.assertEqual(limit.partner_id, self.maria.partner_id)
        self.assertFalse(limit.rate_near or limit.vat_near)

    def test_year_without_uvt(self):
        self._paid(900_000_000, month=date(2031, 1, 1))
        limit = self._limit(2031)
        self.assertEqual((limit.rate_limit, limit.rate_share, limit.rate_near), (0, 0, False))

    def test_board_and_roles(self):
        year = fields.Date.context_today(self.Profile).year
        accountant = self.users["accountant"]
        self.assertNotIn("co_limits", self.cards(accountant))
        self.env["mlm.co.uvt"].search([("year", "=", year)]) or self.env["mlm.co.uvt"].create(
            {"year": year, "value": 55_000, "norm": "Test"}
        )
        self._paid(900_000_000, month=date(year, 1, 1))
        self.assertEqual(self.cards(accountant)["co_limits"]["count"], 1)
        for role in ("manager", "approver", "accountant", "auditor", "admin"):
            self.assertTrue(self._limit(year, role))
            self.assertIn("co_limits", self.assert_opens(self.users[role]))
        for role in ("support", "warehouse"):
            with self.assertRaises(AccessError):
                self._limit(year, role)
        self.assertNotIn("co_limits", self.cards(self.users["support"]))
