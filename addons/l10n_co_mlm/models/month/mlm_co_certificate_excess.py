# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmCoExcess(models.Model):
    """What was refunded is certified no longer."""

    _inherit = "mlm.co.excess"

    def _post_refunds(self, decider):
        result = super()._post_refunds(decider)
        for refund in self:
            self.env["mlm.co.certificate"]._void_taken_back(
                refund.company_id, refund.tax_number, [refund.code], refund.item_id.date
            )
        return result
