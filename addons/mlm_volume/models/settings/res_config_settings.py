# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mlm_shared_text = fields.Char(
        string="Common Settings", compute="_compute_mlm_shared_text", compute_sudo=True
    )
    mlm_heir_months = fields.Integer(
        related="company_id.mlm_network_id.heir_months", readonly=False
    )

    mlm_volume_rule = fields.Selection(related="company_id.mlm_volume_rule", readonly=False)
    mlm_tz = fields.Selection(related="company_id.mlm_network_id.tz", readonly=False)
    mlm_cycle_kind = fields.Char(related="company_id.mlm_network_id.cycle_kind")
    mlm_cycle_calendar = fields.Selection(
        related="company_id.mlm_network_id.cycle_calendar", readonly=False
    )
    mlm_cycle_anchor_number = fields.Integer(
        related="company_id.mlm_network_id.cycle_anchor_number", readonly=False
    )
    mlm_cycle_anchor_date = fields.Date(
        related="company_id.mlm_network_id.cycle_anchor_date", readonly=False
    )
    mlm_cycle_days = fields.Integer(related="company_id.mlm_network_id.cycle_days", readonly=False)
    mlm_cycle_pay_after = fields.Integer(
        related="company_id.mlm_network_id.cycle_pay_after", readonly=False
    )
    mlm_cycle_pay_day = fields.Integer(
        related="company_id.mlm_network_id.cycle_pay_day", readonly=False
    )
    mlm_first_cycle = fields.Integer(
        related="company_id.mlm_network_id.first_cycle", readonly=False
    )
    mlm_distributor_pricelist_id = fields.Many2one(
        related="company_id.mlm_distributor_pricelist_id", readonly=False
    )
    mlm_root_queue_id = fields.Many2one(
        related="company_id.mlm_root_queue_id", readonly=False, check_company=True
    )
    mlm_inactivity_cycles = fields.Integer(
        related="company_id.mlm_network_id.inactivity_cycles", readonly=False
    )
    mlm_inactivity_automatic = fields.Boolean(
        related="company_id.mlm_network_id.inactivity_automatic", readonly=False
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_mlm_shared_text(self):
        for settings in self:
            network = settings.company_id.mlm_network_id
            settings.mlm_shared_text = network._is_shared() and self.env._(
                "Cycles, inactivity, the term for heirs and what is checked before a run are the "
                "same for all companies of the network: %s.",
                ", ".join(network.company_ids.sorted("id").mapped("name")),
            )
