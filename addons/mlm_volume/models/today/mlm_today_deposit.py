# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """Money that came in and pays no order yet; no cycle closes before it is known whose it is."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions" and self.env["mlm.deposit"].has_access("read"):
            cards.append(self._card_deposits())
        return cards

    @api.model
    def _card_deposits(self):
        domain = [("state", "=", "open"), ("company_id", "in", self.env.companies.ids)]
        decides = self.env["mlm.deposit"].has_access("write")
        holds = self._count("mlm.deposit", [*domain, ("source", "!=", "proof")])
        return self._count_card(
            "deposits",
            self.env._("Deposits to identify"),
            self.env._(
                "Match each one to its order or waive it: the cycle cannot close until then."
            )
            if holds
            else self.env._("Proofs that buyers sent: match each to its order or waive it."),
            11,
            "mlm.deposit",
            domain,
            "mlm_volume.action_mlm_deposit",
            verb=self.env._("Identify") if decides else None,
            order="paid_on, id",
            tone="warning",
            icon="fa-university",
        )
