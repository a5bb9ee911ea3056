# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """Ranks that somebody asked to override: a second person decides."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions":
            cards.append(self._card_ranks())
        return cards

    @api.model
    def _card_ranks(self):
        mine = self._is_approver()
        domain = [("state", "=", "requested")]
        if mine:
            domain += self._not_asked_by_me()
        return self._count_card(
            "ranks",
            self.env._("Ranks to decide"),
            self.env._("Somebody asked to override a rank, and an approver has to decide."),
            9,
            "mlm.rank.override",
            domain,
            "mlm_commission.action_mlm_rank_override",
            verb=self.env._("Decide") if mine else None,
            tone="warning" if mine else "muted",
            icon="fa-star-half-o",
            waits=mine,
        )

    @api.model
    def _not_asked_by_me(self):
        """What the user may decide on, of models that inherit `mlm.asked`."""
        uid = self.env.uid
        return [
            ("requested_by_id", "!=", uid),
            ("create_uid", "!=", uid),
            ("asker_ids", "not in", [uid]),
            ("distributor_id", "not in", self.env["mlm.asked"]._get_own_memberships().ids),
        ]
