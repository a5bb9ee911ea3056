# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmDeduction(models.AbstractModel):
    """A scenario is the same in every year and country: its company withholds its one rate."""

    _inherit = "mlm.deduction"

    @api.model
    def _is_colombian(self, company):
        return super()._is_colombian(company) and not company.mlm_demo_flat_withholding
