# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.mlm_commission.tests.common import CommissionCommon

from ..models.pairs.mlm_run_pair_cause import KINDS


class PairCommon(CommissionCommon):
    def _two(self, change=lambda: None):
        """Two previews of 924, and what happens in between."""
        self._balanced_sales(left=2, right=2)
        first = self._preview()
        self.cycle[924].action_reopen()
        change()
        return first, self._preview()

    def _pair(self, *runs, role="manager"):
        action = self._as(runs[0] | runs[1], role).action_side_by_side()
        pair = self.env["mlm.run.pair"].browse(action["res_id"])
        self.assertEqual(pair.state, "done", pair.error)
        self._check(pair)
        return pair

    def _check(self, pair):
        """The parts of everybody add up to the difference, and all of them to the runs'."""
        for one in pair.person_ids:
            parts = sum(one[f"by_{kind}_e4"] for kind, _label in KINDS)
            self.assertEqual(parts, one.difference_e4)
            self.assertEqual(one.after_e4 - one.before_e4, one.difference_e4)
        total = sum(pair.person_ids.mapped("difference_e4"))
        self.assertEqual(total, pair.after_id.amount_e4 - pair.before_id.amount_e4)
        self.assertEqual(sum(pair.cause_ids.mapped("amount_e4")), total)

    def _causes(self, pair):
        """``{cause: (differences of the inputs, amount)}``."""
        return {one.kind: (one.facts, one.amount) for one in pair.cause_ids}

    def _told(self, pair):
        """``[(what, change, code of the person, first, second)]``."""
        return [
            (one.what, one.change, one.distributor_id.code, one.old, one.new)
            for one in pair.fact_ids
        ]
