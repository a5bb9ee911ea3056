# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_audit_policy = fields.Selection(
        related="company_id.mlm_network_id.audit_policy", readonly=False, required=True
    )
    mlm_audit_whole = fields.Integer(
        related="company_id.mlm_network_id.audit_whole", readonly=False
    )
    mlm_audit_sample = fields.Integer(
        related="company_id.mlm_network_id.audit_sample", readonly=False
    )
