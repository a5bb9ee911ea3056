# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_sales_problem = fields.Text(related="company_id.mlm_sales_problem")

    def action_mlm_correct_sales(self):
        return self.company_id.action_mlm_correct_sales()
