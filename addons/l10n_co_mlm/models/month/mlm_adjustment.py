# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class MlmAdjustment(models.Model):
    """What was refunded of a withholding is not given back again with the adjustment."""

    _inherit = "mlm.adjustment"

    def _post_adjustments(self, decider):
        originals = self.reverses_id
        refunds = self.env["mlm.co.excess"].search(
            [
                ("item_id.move_id", "in", originals.move_id.ids),
                ("distributor_id", "in", originals.distributor_id.ids),
                ("state", "=", "posted"),
            ]
        )
        for refund in refunds:
            if refund.amount_e4 > 0 and not refund.reversed_by_ids.filtered("move_id"):
                raise UserError(
                    self.env._(
                        "%(name)s: %(refund)s is posted. Take the refund back first: what it gave"
                        " back would be given twice.",
                        name=originals[:1].display_name,
                        refund=refund.display_name,
                    )
                )
        return super()._post_adjustments(decider)
