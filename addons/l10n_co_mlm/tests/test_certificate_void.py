# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .certificate_common import CertificateCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCertificateVoid(CertificateCommon):
    """What is taken back or refunded is certified no longer, wherever it was booked."""

    def test_taken_back_in_the_next_year(self):
        """It voids and lowers the certificate of the year that withheld."""
        adjustment = self._adjust()
        self._issue()
        first = self._of()
        self._take_back(adjustment, "2027-01-15", amount_input=-40_000)
        self.assertEqual((first.state, self._of("ica")), ("void", first.browse()))
        self._check_laws()
        self._issue()
        second = self._of()
        self.assertEqual((second.replaces_id, second.base), (first, 60_000))
        self.assertEqual((second.withheld, self._ledger(self.withheld)), (6_000, 10_000))
        self._check_laws()
        later = self.env["mlm.co.certificate"]._get_figures(
            self.company, "2027-01-01", "2027-12-31"
        )
        self.assertFalse(later)

    def test_taken_back_in_other_two_months(self):
        adjustment = self._adjust(day="2026-08-20")
        self._adjust(day="2026-09-20")
        self._issue()
        first, other = self._of("ica").sorted("period")
        self._take_back(adjustment, "2026-09-25")
        self.assertEqual((first.state, other.state), ("void", "issued"))
        self._issue()
        self.assertEqual(self._of("ica"), other)
        self._check_laws()

    def test_refunded(self):
        adjustment = self._adjust()
        self._issue()
        first, ica = self._of(), self._of("ica")
        item = adjustment.move_id.line_ids.filtered(lambda line: line.account_id == self.withheld)
        refund = self._as(self.env["mlm.co.excess"], "accountant").create(
            {
                "distributor_id": self.maria.id,
                "item_id": item.id,
                "amount_input": 3_000,
                "requested_on": "2026-10-01",
                "document": base64.b64encode(b"request"),
                "reason": "Too much",
                "accounting_date": "2026-10-02",
            }
        )
        board = self._as(self.env["mlm.today"], "accountant")
        self.assertNotIn("co_certificates", self._cards(board))
        self._as(refund, "approver").action_approve()
        self.assertEqual((first.state, ica.state), ("void", "issued"))
        self.env.flush_all()
        self.assertEqual(self.env["mlm.co.certificate"].search_count([("state", "=", "void")]), 1)
        self._issue()
        self.assertEqual((self._of().replaces_id, self._of().withheld), (first, 7_000))
        self._check_laws()

    def _cards(self, board):
        return {card["code"]: card for card in board._get_cards("commissions") if card}

    def test_today_names_what_became_void_since(self):
        adjustment = self._adjust()
        issue = self._issue()
        board = self._as(self.env["mlm.today"], "accountant")
        self.assertNotIn("co_certificates", self._cards(board))
        self._take_back(adjustment)
        # a test has one moment
        as_internal(issue).write({"finished_at": issue.finished_at - timedelta(seconds=1)})
        self.assertEqual(self._cards(board)["co_certificates"]["count"], 2)
        self.assertNotIn("co_certificates", self._cards(self._as(board, "manager")))
        self._issue()
        self.assertNotIn("co_certificates", self._cards(board))
