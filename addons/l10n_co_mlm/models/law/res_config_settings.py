# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_co_is_agent = fields.Boolean(related="company_id.mlm_co_is_agent", readonly=False)
    mlm_co_concept = fields.Selection(related="company_id.mlm_co_concept", readonly=False)
    mlm_co_declarant_rate = fields.Selection(
        related="company_id.mlm_co_declarant_rate", readonly=False
    )
    mlm_co_vat_agent = fields.Boolean(related="company_id.mlm_co_vat_agent", readonly=False)
    mlm_co_rounding = fields.Integer(related="company_id.mlm_co_rounding", readonly=False)
