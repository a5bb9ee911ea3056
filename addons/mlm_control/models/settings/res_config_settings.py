# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_currency_id = fields.Many2one(
        related="company_id.mlm_network_id.money_currency_id", string="Currency of the runs"
    )
    mlm_check_days = fields.Integer(related="company_id.mlm_network_id.check_days", readonly=False)
    mlm_check_least = fields.Monetary(
        related="company_id.mlm_network_id.check_least",
        readonly=False,
        currency_field="mlm_currency_id",
    )
    mlm_check_stack_sponsor = fields.Integer(
        related="company_id.mlm_network_id.check_stack_sponsor", readonly=False
    )
    mlm_check_stack_address = fields.Integer(
        related="company_id.mlm_network_id.check_stack_address", readonly=False
    )
    mlm_check_shared_bank = fields.Integer(
        related="company_id.mlm_network_id.check_shared_bank", readonly=False
    )
    mlm_check_shared_phone = fields.Integer(
        related="company_id.mlm_network_id.check_shared_phone", readonly=False
    )
    mlm_check_shared_address = fields.Integer(
        related="company_id.mlm_network_id.check_shared_address", readonly=False
    )
    mlm_check_shared_login = fields.Integer(
        related="company_id.mlm_network_id.check_shared_login", readonly=False
    )
    mlm_check_return_cycles = fields.Integer(
        related="company_id.mlm_network_id.check_return_cycles", readonly=False
    )
    mlm_outlier_runs = fields.Integer(
        related="company_id.mlm_network_id.outlier_runs", readonly=False
    )
    mlm_outlier_deviations = fields.Float(
        related="company_id.mlm_network_id.outlier_deviations", readonly=False
    )
    mlm_outlier_percentile = fields.Float(
        related="company_id.mlm_network_id.outlier_percentile", readonly=False
    )
    mlm_outlier_times = fields.Float(
        related="company_id.mlm_network_id.outlier_times", readonly=False
    )
    mlm_outlier_least = fields.Monetary(
        related="company_id.mlm_network_id.outlier_least",
        readonly=False,
        currency_field="mlm_currency_id",
    )
    mlm_guard_cv = fields.Float(related="company_id.mlm_network_id.guard_cv", readonly=False)
    mlm_guard_sales = fields.Float(related="company_id.mlm_network_id.guard_sales", readonly=False)
    mlm_guard_daily = fields.Boolean(
        related="company_id.mlm_network_id.guard_daily", readonly=False
    )
    mlm_audit_policy = fields.Selection(
        related="company_id.mlm_network_id.audit_policy", readonly=False, required=True
    )
    mlm_audit_whole = fields.Integer(
        related="company_id.mlm_network_id.audit_whole", readonly=False
    )
    mlm_audit_sample = fields.Integer(
        related="company_id.mlm_network_id.audit_sample", readonly=False
    )
