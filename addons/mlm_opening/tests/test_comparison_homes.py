# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from types import SimpleNamespace

import numpy as np

from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.common import CommissionCommon

from ..comparing.facts import Facts


@tagged("post_install", "-at_install")
class TestComparisonHomes(CommissionCommon):
    """People who are paid in the money of several companies."""

    def test_comparison_knows_what_a_row_divides_by(self):
        one = np.array([1_000_000], dtype=np.int64)
        table = SimpleNamespace(
            payee=np.array([0]),
            bonus=np.array([0]),
            base_e4=one,
            rate_e6=one,
            fx_e6=3 * one,
            per_e6=12_000 * one,
            amount_e4=one,
        )
        empty = np.zeros(0, dtype=np.int64)
        figures = SimpleNamespace(measure=empty, member=empty, value=empty)
        snapshot = SimpleNamespace(
            plan=self.version._plan(),
            fx_e6=12_000_000_000,
            homes=[{"currency": "USD", "unit_e4": 100, "fx_e6": 3_000_000}],
            member_home=np.array([0]),
        )
        result = SimpleNamespace(earnings=table, measures=figures)
        facts = Facts(snapshot, result, ["ANA"])
        self.assertEqual((facts.exact([0]), facts.at_rate([0], 2_000_000)), (250, 500))
        self.assertEqual(facts.unit_e4(0), 100)
        self.assertEqual(facts.turned("ANA", 250), 1_000_000)
        self.assertEqual(facts.turned("NOBODY", 250), 250)
