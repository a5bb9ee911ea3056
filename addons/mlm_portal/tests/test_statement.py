# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from unittest.mock import patch

from odoo.addons.mlm_base.internal import as_internal

from .common import PortalHttpCase


class TestStatement(PortalHttpCase):
    def setUp(self):
        super().setUp()
        self.mine = self._mine("ANA")
        self.statements = self.mine.env["mlm.portal.statement"]

    def _get(self, run, code="ANA"):
        mine = self._mine(code)
        return mine.env["mlm.portal.statement"]._get(run.with_env(mine.env), mine)

    def test_cycles_without_earnings_are_listed_too(self):
        found = self.statements._list(self.mine)
        self.assertEqual([one["number"] for one in found], [self.now - 1, self.now - 2])
        self.assertEqual(self.statements._count(self.mine), 2)
        self.assertFalse(found[0]["gross"])
        # binary 700 × 15 %, GEN5 5 USD, both at 4,500; retail 29,100
        self.assertEqual(found[1]["gross"], 700 * 675 + 22_500 + 29_100)
        self.assertEqual(found[1]["gross"], found[1]["deducted"] + found[1]["net"])

    def test_totals_lines_and_deductions(self):
        found = self._get(self.first_run)
        self.assertEqual(
            [(one["code"], one["amount"]) for one in found["bonuses"]],
            [("binary", "472500"), ("retail", "29100"), ("gen5", "22500")],
        )
        self.assertEqual(sum(float(one["amount"]) for one in found["earnings"]), 524_100)
        self.assertEqual(found["deductions"][0]["amount"], "52410")
        self.assertEqual(found["net"], "471690")
        units = {one["bonus"]: one["unit"] for one in found["earnings"]}
        self.assertEqual(units, {"binary": "CV", "gen5": "USD", "retail": "COP"})

    def test_why_less_than_the_cycle_before(self):
        """ANA earned in the first cycle and nothing in the second: both pages say so."""
        path = f"/my/network/earnings/{self.empty_run.id}"
        self.assertIn(f"{path}/compare", self._open(path, "ANA"))
        page = self._open(f"{path}/compare", "ANA")
        self.assertIn("524,100 less", page)
        for name in ("Dora", "Eva", "Clienta"):
            self.assertNotIn(name, page)
        # nothing of the cycle before exists for this reader
        self.assertNotIn("/compare", self._open(f"/my/network/earnings/{self.first_run.id}", "ANA"))
        self._open(f"/my/network/earnings/{self.first_run.id}/compare", "ANA", status=404)

    def test_a_limit_stands_beside_the_calculation(self):
        """Base × rate is not the amount where a cap took a part."""
        rows = type(self.first_run)._earning_dict

        def cut(run, earning):
            return {**rows(run, earning), "amount": "0.5", "limited": "-139.5"}

        with patch.object(type(self.first_run), "_earning_dict", cut):
            found = self._get(self.first_run)["earnings"][0]
            page = self._open(f"/my/network/earnings/{self.first_run.id}", "ANA")
        self.assertEqual((found["limited"], found["divides"]), (Decimal("-139.5"), False))
        self.assertIn("Caps and guarantees", page)
        self.assertIn("-139.50", page)
        plain = self._open(f"/my/network/earnings/{self.first_run.id}", "ANA")
        self.assertNotIn("Caps and guarantees", plain)

    def test_what_the_company_assumes_is_given(self):
        """A prize in kind is taken off, and the tax that cash does not cover is added."""
        statement = self.first_run.statement_ids.filtered(
            lambda one: one.distributor_id.code == "ANA"
        )
        kept = as_internal(self.env["mlm.statement.deduction"])
        for code, amount, basis in (
            ("in_kind", 300_000, {"prize": "Viaje"}),
            ("assumed", -4_500, {"withheld_e4": 1}),
        ):
            kept.create(
                {
                    "statement_id": statement.id,
                    "code": code,
                    "name": "Stored",
                    "account_id": statement.deduction_ids[0].account_id.id,
                    "base_e4": amount * 10_000,
                    "rate_e6": 1_000_000,
                    "amount_e4": amount * 10_000,
                    "basis": basis,
                }
            )
        page = self._open(f"/my/network/earnings/{self.first_run.id}", "ANA")
        for text in ("Delivered in kind: Viaje", "Tax that the company assumes"):
            self.assertIn(text, page)
        self.assertRegex(page, r"−\s300,000")
        self.assertRegex(page, r"\+\s4,500")
        self.assertNotIn("100\N{NO-BREAK SPACE}% of", page)

    def test_what_was_missed_says_why_and_what_to_do(self):
        missed = self._get(self.first_run)["missed"]
        self.assertEqual([one["reason"] for one in missed], ["smaller_package"])
        self.assertEqual(missed[0]["amount"], 22_500)
        self.assertIn("Upgrade", missed[0]["remedy"])

    def test_why_nothing_when_inactive(self):
        found = self._get(self.first_run, "OTRO")
        self.assertEqual([one["code"] for one in found["bonuses"]], ["retail"])
        self.assertIn("30 of 50 PV", found["why"][0]["text"])

    def test_why_nothing_when_below_the_minimum(self):
        found = self._get(self.empty_run)
        self.assertEqual(found["earnings"], [])
        texts = " ".join(one["text"] for one in found["why"])
        self.assertIn("it pays from 100 CV", texts)
        self.assertIn("50 CV on the left and 0 CV on the right", texts)

    def test_of_many_lines_a_page_and_totals_of_all(self):
        """Three lines, one on a page: the largest first, sums and counts of all."""
        whole = self._get(self.first_run)
        some = self.statements._get(self.first_run.with_env(self.mine.env), self.mine, 2, 1)
        self.assertEqual(some["count"], len(whole["earnings"]))
        sized = sorted(whole["earnings"], key=lambda one: (-Decimal(one["amount"]), one["id"]))
        self.assertEqual(some["earnings"], sized[1:3])
        for name in ("gross", "net", "bonuses", "levels", "missed"):
            self.assertEqual(some[name], whole[name], name)
        self.assertEqual(
            sum(Decimal(one["amount"]) for one in whole["levels"]), Decimal(whole["gross"])
        )
        path = f"/my/network/earnings/{self.first_run.id}"
        self.assertNotIn("By bonus and level", self._open(path, "ANA"))
        with patch("odoo.addons.mlm_portal.controllers.earnings._LINES", 1):
            page, last = (self._open(f"{path}{more}", "ANA") for more in ("", "/page/3"))
        self.assertIn("By bonus and level", page)
        self.assertIn("3 earnings, the largest first", page)
        self.assertEqual(page.count('class="fw-normal o_mlm_cell_title"'), 1)
        self.assertIn("472,500", page)
        self.assertEqual(last.count('class="fw-normal o_mlm_cell_title"'), 1)
