# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_journal_id = fields.Many2one(related="company_id.mlm_journal_id", readonly=False)
    mlm_expense_account_id = fields.Many2one(
        related="company_id.mlm_expense_account_id", readonly=False
    )
    mlm_payable_account_id = fields.Many2one(
        related="company_id.mlm_payable_account_id", readonly=False
    )
    mlm_in_kind_account_id = fields.Many2one(
        related="company_id.mlm_in_kind_account_id", readonly=False
    )
    mlm_assumed_account_id = fields.Many2one(
        related="company_id.mlm_assumed_account_id", readonly=False
    )
    mlm_withholding_tax_id = fields.Many2one(
        related="company_id.mlm_withholding_tax_id", readonly=False
    )
    mlm_chunk_size = fields.Integer(related="company_id.mlm_chunk_size", readonly=False)
    mlm_live_minutes = fields.Integer(
        related="company_id.mlm_network_id.live_minutes", readonly=False
    )
