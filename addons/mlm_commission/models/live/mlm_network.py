# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..run.mlm_run_compute import INLINE_MEMBERS

#: system parameter: above so many members nothing is computed while a page waits
LIMIT = "mlm_commission.live_members"


class MlmNetwork(models.Model):
    _inherit = "mlm.network"
    _free = ("live_minutes",)

    live_minutes = fields.Integer(
        string="Minutes between live figures",
        default=5,
        help="Live figures of a large network are computed at most so often.",
    )

    def _is_large(self):
        """Whether the network has too many members to compute it while somebody waits."""
        # sudo: how many there are, and a parameter of the system
        most = int(self.env["ir.config_parameter"].sudo().get_param(LIMIT, INLINE_MEMBERS))
        people = self.env["mlm.distributor"].sudo()
        return people.search_count([("network_id", "=", self.id)], limit=most + 1) > most
