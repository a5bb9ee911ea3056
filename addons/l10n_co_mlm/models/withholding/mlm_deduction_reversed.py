# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmDeduction(models.AbstractModel):
    """Which withholdings can be taken back (D. 1189/1988 art. 5; RULES 36, 67)."""

    _inherit = "mlm.deduction"

    @api.model
    def _get_reversed_lines(self, adjustment, lines, date):
        """In a later year the withholding stays, unless the person declares in writing that it
        was not and will not be claimed: then the whole gross is taken."""
        if adjustment._mlm_co_is_later(date) and not adjustment.mlm_co_unclaimed:
            # what was delivered was no tax
            lines = [line for line in lines if line["code"] == "in_kind"]
        return super()._get_reversed_lines(adjustment, lines, date)
