# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """Contests that are over, and prizes and corrections that a second person decides on."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions":
            cards += [
                self._card_adjustments(),
                self._card_contests(),
                self._card_uncounted_contests(),
            ]
        return cards

    @api.model
    def _card_adjustments(self):
        mine = self._is_approver()
        domain = [("state", "=", "requested")]
        if mine:
            domain += self._not_asked_by_me()
        return self._count_card(
            "adjustments",
            self.env._("Prizes and adjustments to decide"),
            self.env._("Amounts outside the plan: an approver decides, and they are posted."),
            8,
            "mlm.adjustment",
            domain,
            "mlm_commission.action_mlm_adjustment",
            verb=self.env._("Decide") if mine else None,
            tone="warning" if mine else "muted",
            icon="fa-gift",
            waits=mine,
        )

    @api.model
    def _card_contests(self):
        manages = self.env["mlm.contest"].has_access("write")
        today = self.env["mlm.period"]._today(self.env.company.mlm_network_id)
        over = [("state", "=", "running"), ("date_end", "<", today)]
        return self._count_card(
            "contests",
            self.env._("Contests to close"),
            self.env._(
                "Their last day has passed: close them, so that the prizes can be approved."
            ),
            10,
            "mlm.contest",
            over,
            "mlm_commission.action_mlm_contest",
            verb=self.env._("Close") if manages else None,
            tone="warning" if manages else "muted",
            icon="fa-trophy",
            waits=manages,
        )

    @api.model
    def _card_uncounted_contests(self):
        """What people see of them stands still until the next count succeeds."""
        return self._count_card(
            "uncounted_contests",
            self.env._("Contests that are not counted"),
            self.env._("The last count of the standings failed. The contest shows why."),
            4,
            "mlm.contest",
            [("state", "=", "running"), ("error", "!=", False)],
            "mlm_commission.action_mlm_contest",
            verb=self.env._("See why"),
            tone="danger",
            icon="fa-trophy",
        )
