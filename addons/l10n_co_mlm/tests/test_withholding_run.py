# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_tax_vectors import YEAR
from .withholding_common import WithholdingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholdingRun(WithholdingCommon):
    """What posted runs withhold from whom, and where it is booked (facts of Colombia, §2)."""

    def test_known_person_in_bogota(self):
        """1,000,000: 100,000 of income tax, 9,660 of ICA, 890,340 to pay."""
        trade = self.env["mlm.co.activity"].search([("code", "=", "4610")])
        self._profile(activity_id=trade.id, confirm=True)
        run = self._post(924, {self.maria: 1_000_000})
        self.assertEqual(
            self._withheld(run, self.maria),
            {"renta": (1_000_000, 10, 100_000), "reteica": (1_000_000, 0.966, 9_660)},
        )
        move = run.statement_ids.move_id
        self.assertEqual(
            self._booked(move, "529505", "236520", "236800", "233520"),
            [1_000_000, -100_000, -9_660, -890_340],
        )
        self.assertEqual(sum(move.line_ids.mapped("balance")), 0)
        taxes = move.line_ids.tax_repartition_line_id.tax_id
        self.assertEqual(set(taxes.mapped("amount")), {-10, -0.966})
        self.assertEqual(self._paid("52000222"), {(2026, run.accounting_date.month): (1_000_000, 100_000)})
        self.assertEqual(run.statement_ids.tax_number, "52000222")
        self._assert_laws()
