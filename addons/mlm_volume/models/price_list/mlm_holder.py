# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmHolder(models.Model):
    """A co-holder buys for the shared membership, and at its price list."""

    _inherit = "mlm.holder"

    @api.model
    def _open(self, distributor, partner, role, moment, event):
        with distributor._mlm_price_list_follows(partner, distributor.company_id):
            return super()._open(distributor, partner, role, moment, event)

    def _end(self, moment):
        members = self.distributor_id
        with members._mlm_price_list_follows(self.partner_id, members.company_id):
            return super()._end(moment)
