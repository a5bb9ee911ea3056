# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmDownlineWizard(models.TransientModel):
    _inherit = "mlm.downline.wizard"

    period_id = fields.Many2one(
        "mlm.period",
        string="Volume of cycle",
        check_company=True,
        domain="[('is_base', '=', True)]",
        help="Empty: the cycle of the day.",
    )

    def _get_filters(self):
        return {**super()._get_filters(), "period_id": self.period_id.id or None}

    @api.onchange("period_id")
    def _onchange_period_id(self):
        self._onchange_question()
