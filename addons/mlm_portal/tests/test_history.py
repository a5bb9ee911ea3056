# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import fields

from odoo.addons.mlm_base.internal import as_internal

from .common import PortalCase, PortalHttpCase


def bring(case, code, period, end, *bonuses):
    """History of one period, as an opening brings it."""
    as_internal(case.env["mlm.earning.history"]).create(
        [
            {
                "company_id": case.company.id,
                "distributor_id": case.people[code].id,
                "period": period,
                "date_end": end,
                "bonus": bonus,
                "amount_e4": amount * 10_000,
            }
            for bonus, amount in bonuses
        ]
    )


class TestHistory(PortalCase):
    def test_periods_with_their_bonuses(self):
        bring(self, "ANA", "C 880", date(2025, 10, 19), ("Binario", 990_000), ("Unilevel", -1_000))
        bring(self, "ANA", "C 881", date(2025, 10, 26), ("Binario", 5))
        bring(self, "OTRO", "C 881", date(2025, 10, 26), ("Binario", 77))
        mine = self._mine("ANA")
        history = mine.env["mlm.portal.history"]
        self.assertEqual(history._count(mine), 2)
        found = history._list(mine)
        self.assertEqual([one["period"] for one in found], ["C 881", "C 880"])
        self.assertEqual(found[1]["total"], 989_000)
        self.assertEqual([one["name"] for one in found[1]["bonuses"]], ["Binario", "Unilevel"])
        self.assertEqual([one["period"] for one in history._list(mine, 1, 1)], ["C 880"])
        # in no sum of the statements of this system
        before = mine.env["mlm.portal.statement"]._list(mine)
        self.assertEqual(before[1]["gross"], 700 * 675 + 22_500 + 29_100)

    def test_not_of_a_former_holder(self):
        bring(self, "ANA", "C 880", date(2025, 10, 19), ("Binario", 990_000))
        heir = self.env["res.partner"].create({"name": "Heir"})
        ana = self.people["ANA"]
        ana._transfer(heir, reason="Sold", effective=fields.Datetime.now())
        history = self.env["mlm.portal.history"].sudo()
        self.assertEqual(history._count(ana.sudo()), 0)


class TestHistoryPage(PortalHttpCase):
    def test_own_page(self):
        self.assertNotIn("/earnings/before", self._open("/my/network/earnings", "ANA"))
        bring(self, "ANA", "C 880", date(2025, 10, 19), ("Binario", 990_000))
        self.assertIn("/earnings/before", self._open("/my/network/earnings", "ANA"))
        page = self._open("/my/network/earnings/before", "ANA")
        self.assertIn("C 880", page)
        self.assertIn("990,000", page)
        other = self._open("/my/network/earnings/before", "OTRO")
        self.assertNotIn("C 880", other)
        self._open("/my/network/earnings/before", status=303)
