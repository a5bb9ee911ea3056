# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """Refunds of what was withheld in excess, which a second person decides on."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        return [*cards, self._card_co_excess()] if room == "commissions" else cards

    @api.model
    def _card_co_excess(self):
        mine = self._is_approver()
        domain = [("state", "=", "requested"), *(self._not_asked_by_me() if mine else ())]
        return self._count_card(
            "co_excess",
            self.env._("Withholdings to refund"),
            self.env._("Withheld in excess: an approver decides, and the refund is posted."),
            8,
            "mlm.co.excess",
            domain,
            "l10n_co_mlm.mlm_co_excess_action",
            verb=self.env._("Decide") if mine else None,
            tone="warning" if mine else "muted",
            icon="fa-undo",
            waits=mine,
        )
