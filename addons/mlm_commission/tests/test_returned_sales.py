# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.snapshot import LEG_NOWHERE

from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestReturnedSales(CommissionCommon):
    """A return goes up the links of its sale and takes its excess along (RULES 44, 45)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.low = cls._enrol("LOW", "JUAN", "left")
        cls.end = cls.cycle[924]._end_moment()

    def _back(self, invoice, quantity=None, day="2026-08-26"):
        refund = invoice._reverse_moves(
            [{"date": day, "invoice_date": day, "journal_id": invoice.journal_id.id}], cancel=False
        )
        if quantity:
            refund.invoice_line_ids.quantity = quantity
        refund.action_post()
        self._pay(refund, day)
        self._capture()
        return refund

    def _loaded(self, number):
        return self.env["mlm.snapshot"]._load(self.cycle[number], self.version)

    def _legs(self, number, name):
        """``{code of a position: (left, right)}`` of a figure in points, zeros left out."""
        snapshot = self._loaded(number)
        found = engine_run.compute(snapshot).measures
        result = {}
        for side, word in enumerate(("LEFT", "RIGHT")):
            for position, measure, value in zip(
                found.position.tolist(), found.measure.tolist(), found.value.tolist(), strict=True
            ):
                if measure == Measure[f"{word}_{name}"]:
                    place = int(snapshot.position_id[position])
                    code = self.env["mlm.position"].browse(place).code
                    result.setdefault(code, [0, 0])[side] = value / 10_000
        return result

    def test_nothing_returned_reads_nothing(self):
        self._sale(self.low, product=self.big)
        self.assertFalse(self._loaded(924).row_as_of.size)

    def test_returns_without_moves_need_no_links(self):
        """The snapshot says when the sale counted; no link was replaced on its way."""
        sale = self._sale(self.low, product=self.big)
        self._posted(924)
        self._back(sale)
        self.juan._change_sponsor(self.yenny, "Asked to", datetime(2026, 9, 1))
        self.assertEqual(self._legs(925, "NEW"), {"JUAN": [-1000, 0], "MARIA": [-1000, 0]})
        snapshot = self._loaded(925)
        self.assertEqual(snapshot.row_as_of.max(), int(self.end.timestamp()) - 1)
        self.assertFalse(snapshot.moved_until.size + snapshot.former_until.size)

    def test_spot_was_rolled_up(self):
        """JUAN's position leaves the tree and LOW takes its spot: the return still goes over
        it, which the snapshot lists as vacant."""
        sale = self._sale(self.low, product=self.big)
        self._posted(924)
        spot = self.juan.position_ids
        spot._remove("Left", self.end)
        self._back(sale)
        self.assertEqual(self._legs(925, "NEW"), {"MARIA": [-1000, 0]})
        snapshot = self._loaded(925)
        place = snapshot.position_id.tolist().index(spot.id)
        self.assertEqual(snapshot.position_member[place], -1)
        self.assertEqual(snapshot.position_parent[place], -1)

    def test_own_position_has_left(self):
        sale = self._sale(self.low, product=self.big)
        self._posted(924)
        self.low.position_ids._remove("Left", self.end)
        self._back(sale)
        self.assertEqual(
            self._legs(925, "NEW"), {"JUAN": [-1000, 0], "MARIA": [-1000, 0]}, "as it had come in"
        )

    def test_position_that_no_return_meets_is_not_listed(self):
        gone = self._enrol("GONE", "YENNY", "left").position_ids
        sale = self._sale(self.low, product=self.big)
        self._posted(924)
        gone._remove("Left", self.end)
        self.low.position_ids._move(self.yenny.position_ids, 2, "Asked to", self.end)
        self._back(sale)
        snapshot = self._loaded(925)
        self.assertNotIn(gone.id, snapshot.position_id)
        self.assertEqual(snapshot.moved_until.size, 1)
        self.assertEqual(self._legs(925, "NEW"), {"JUAN": [-1000, 0], "MARIA": [-1000, 0]})

    def test_position_placed_since_is_nobody_s_then(self):
        """LOW gets a second position, one in the cycle of the return and one after it: none
        of them is on the way of a sale of before."""
        sale = self._sale(self.low, product=self.big)
        self._posted(924)
        self.tree.max_positions = 3
        first, place = self.low.position_ids, self.env["mlm.position"]._place
        place(self.low, self.yenny.position_ids, "left", at=datetime(2026, 8, 25))
        place(self.low, self.yenny.position_ids, "right", at=datetime(2026, 9, 1))
        first._move(self.juan.position_ids, 2, "Asked to", self.end)
        self._back(sale)
        self.assertEqual(self._legs(925, "NEW"), {"JUAN": [-1000, 0], "MARIA": [-1000, 0]})
        snapshot = self._loaded(925)
        self.assertEqual(snapshot.position_id.size, 5, "that of September is not there yet")
        self.assertEqual(sorted(snapshot.moved_leg.tolist()), [LEG_NOWHERE, 0])

    def test_withdrawn_return_comes_back_the_same_way(self):
        """A credit note of 925 is withdrawn in a later cycle: what left MARÍA's left is there again,
        though LOW has moved to her right."""
        sale = self._sale(self.low, product=self.big)
        self._posted(924)
        self.low.position_ids._move(self.yenny.position_ids, 2, "Asked to", self.end)
        refund = self._back(sale)
        self._sale(self.clara, product=self.big, quantity=3, day="2026-08-27")
        self._posted(925)
        refund.button_draft()
        refund.button_cancel()
        self._capture()
        taken, given = self._ledger(refund).period_id.sorted("number")
        self.assertEqual(taken, self.cycle[925])
        self.cycle[given.number] = given
        self.assertEqual(self._legs(given.number, "NEW"), {"JUAN": [1000, 0], "MARIA": [1000, 0]})

    def test_sale_brought_from_before_goes_up_the_first_links_known(self):
        """A row of a cycle that ended before LOW stood anywhere here."""
        old = as_internal(self.periods).create(
            {**self.periods._calendar_values(self.network, 890), "state": "history"}
        )
        row = {
            "company_id": self.company.id,
            "distributor_id": self.low.id,
            "buyer_id": self.low.id,
            "position_id": self.low.position_ids.id,
            "moment": "2025-12-24 12:00:00",
            "cv_e4": 3_000_000,
        }
        entries = self.env["mlm.volume.entry"]
        sold = entries._insert_rows([{**row, "period_id": old.id, "kind": "opening"}])
        self._posted(924)
        self.low.position_ids._move(self.yenny.position_ids, 2, "Asked to", self.end)
        entries._insert_rows(
            [
                {
                    **row,
                    "period_id": self.cycle[925].id,
                    "kind": "refund",
                    "origin_id": sold[0],
                    "cv_e4": -3_000_000,
                }
            ]
        )
        self.assertEqual(self._legs(925, "NEW"), {"JUAN": [-300, 0], "MARIA": [-300, 0]})

    def test_excess_leaves_its_leg_in_pieces(self):
        """MARÍA buys 12 units of 50 PV and 1,000 CV: 480 of 600 PV are above 120, so 9,600 CV
        go left. Five and seven units come back in two cycles."""
        sale = self._sale(self.maria, product=self.big, quantity=12)
        self.assertEqual(self._legs(924, "EXCESS"), {"MARIA": [9600, 0]})
        self._posted(924)
        self.low.position_ids._move(self.yenny.position_ids, 2, "Asked to", self.end)
        self._back(sale, 5)
        self._sale(self.clara, product=self.big, quantity=8, day="2026-08-27")
        self.assertEqual(self._legs(925, "EXCESS")["MARIA"], [-4000, 0])
        self.assertEqual(self._legs(925, "BACK"), {"MARIA": [4000, 0]})
        self._posted(925)
        self._back(sale, 7, day="2026-09-02")
        self.assertEqual(self._legs(926, "EXCESS")["MARIA"], [-5600, 0])
