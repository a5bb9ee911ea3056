# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_portal_names = fields.Selection(
        related="company_id.mlm_portal_names", readonly=False, required=True
    )
    mlm_portal_review = fields.Boolean(related="company_id.mlm_portal_review", readonly=False)
    mlm_referral_review = fields.Boolean(related="company_id.mlm_referral_review", readonly=False)
    mlm_referral_days = fields.Integer(related="company_id.mlm_referral_days", readonly=False)
    mlm_application_confirm = fields.Boolean(
        related="company_id.mlm_application_confirm", readonly=False
    )
    mlm_confirm_hours = fields.Integer(related="company_id.mlm_confirm_hours", readonly=False)
    mlm_limit_address_hour = fields.Integer(
        related="company_id.mlm_limit_address_hour", readonly=False
    )
    mlm_limit_address_day = fields.Integer(
        related="company_id.mlm_limit_address_day", readonly=False
    )
    mlm_limit_sponsor_hour = fields.Integer(
        related="company_id.mlm_limit_sponsor_hour", readonly=False
    )
    mlm_limit_sponsor_day = fields.Integer(
        related="company_id.mlm_limit_sponsor_day", readonly=False
    )
    mlm_limit_company_day = fields.Integer(
        related="company_id.mlm_limit_company_day", readonly=False
    )
    mlm_limit_code_hour = fields.Integer(related="company_id.mlm_limit_code_hour", readonly=False)
