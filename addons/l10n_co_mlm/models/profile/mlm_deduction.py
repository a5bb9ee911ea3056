# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmDeduction(models.AbstractModel):
    """Payouts of people of whom tax data are missing wait."""

    _inherit = "mlm.deduction"

    @api.model
    def _get_hold_reasons(self, statements):
        found = super()._get_hold_reasons(statements)
        for statement, reasons in self.env["mlm.co.profile"]._get_hold_reasons(statements).items():
            found[statement] = [*found.get(statement, ()), *reasons]
        return found
