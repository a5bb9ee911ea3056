# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmDownlineWizard(models.TransientModel):
    _inherit = "mlm.downline.wizard"

    mlm_version_id = fields.Many2one("mlm.plan.version", compute="_compute_mlm_version_id")
    rank_id = fields.Many2one(
        "mlm.plan.rank",
        string="Rank from",
        domain="[('version_id', '=', mlm_version_id)]",
        help="This rank and those above it.",
    )
    activity = fields.Selection([("active", "Active"), ("inactive", "Inactive")])
    generation_rank_id = fields.Many2one(
        "mlm.plan.rank",
        string="Generation ends at",
        domain="[('version_id', '=', mlm_version_id)]",
        help="With the first person on each line who holds this rank or a higher one."
        " Empty: with everybody, so that a generation is a level.",
    )

    @api.depends("company_id")
    def _compute_mlm_version_id(self):
        """Version of the last posted run, whose ranks the report shows."""
        for wizard in self:
            # sudo: which ranks there are is no secret to who sees the people
            run = (
                wizard.env["mlm.run"]
                .sudo()
                ._last_deciding_ranks(wizard.company_id.sudo().mlm_network_id)
            )
            wizard.mlm_version_id = run.version_id

    def _get_filters(self):
        return {
            **super()._get_filters(),
            "rank_from": self.rank_id.sequence or None,
            "activity": self.activity or None,
            "generation_rank": self.generation_rank_id.sequence or None,
        }
