# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """Live figures that could not be computed: people see older ones."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        return [*cards, self._card_live()] if room == "commissions" else cards

    @api.model
    def _card_live(self):
        return self._count_card(
            "live",
            self.env._("Live figures that failed"),
            self.env._("The portal shows older figures. The list says what is missing."),
            16,
            "mlm.live",
            [("error", "!=", False)],
            "mlm_commission.mlm_live_action",
            tone="danger",
            icon="fa-tachometer",
        )
