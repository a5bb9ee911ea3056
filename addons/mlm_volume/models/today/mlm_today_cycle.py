# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.formats import Formats

from ..period.mlm_period import ACCEPTING


class MlmToday(models.AbstractModel):
    """The cycle that takes the sales of today, and those that should be closed."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions":
            networks = self._get_networks()
            for network in networks:
                cards += self._cards_of_cycles(network, named=len(networks) > 1)
        return cards

    @api.model
    def _get_networks(self):
        """Return the networks of the companies that are switched on."""
        return self.env.companies.mlm_network_id

    @api.model
    def _cards_of_cycles(self, network, named):
        """:param named: whether the cards say of which network they are"""
        periods = self.env["mlm.period"]
        today = periods._today(network)
        cycle = periods._taking(network)
        ended = [("state", "in", ACCEPTING), ("date_end", "<", today)]
        late = periods.search([*periods._base_domain(network), *ended], order="number") - cycle
        suffix = f" · {network.display_name}" if named else ""
        return [
            cycle and self._card_cycle(cycle, today, suffix),
            late and self._card_late(late, suffix),
        ]

    @api.model
    def _card_cycle(self, cycle, today, suffix=""):
        """The card of the present cycle; extended by what it will cost."""
        formats = Formats(self.env)
        is_over = cycle.date_end < today
        card = self._card(
            f"cycle-{cycle.network_id.id}",
            cycle.display_name + suffix,
            self._get_days_text(cycle, today),
            1,
            open={"model": "mlm.period", "id": cycle.id},
            icon="fa-refresh",
            tone="warning" if is_over else "info",
            waits=is_over,
            facts=[
                {"label": self.env._("PV"), "value": formats.number(cycle.pv, 0)},
                {"label": self.env._("CV"), "value": formats.number(cycle.cv, 0)},
            ],
        )
        if is_over:
            card["button"] = self._get_close_button(cycle)
        return card

    @api.model
    def _get_days_text(self, cycle, today):
        day = Formats(self.env).day
        if today < cycle.date_start:
            return self.env._("It begins on %s.", day(cycle.date_start))
        left = (cycle.date_end - today).days
        if left < 0:
            return self.env._("It ended on %s and still takes payments.", day(cycle.date_end))
        if left == 0:
            return self.env._("Today is its last day.")
        if left == 1:
            return self.env._("One day is left: it ends tomorrow.")
        return self.env._(
            "%(days)s days are left, until %(date)s.", days=left, date=day(cycle.date_end)
        )

    @api.model
    def _card_late(self, late, suffix):
        return self._card(
            f"late-{late.network_id.id}",
            self.env._("Cycles to close") + suffix,
            self.env._(
                "They have ended and still take payments, the first since %s.",
                Formats(self.env).day(late[0].date_end),
            ),
            5,
            count=len(late),
            open={
                "action": "mlm_volume.action_mlm_period",
                "model": "mlm.period",
                "domain": [("id", "in", late.ids)],
            },
            icon="fa-lock",
            tone="warning",
            button=self._get_close_button(late[0]),
        )

    @api.model
    def _get_close_button(self, cycle):
        step = cycle._get_close_action()
        if not step:
            return None
        return {
            "label": self.env._("Close %s", cycle.display_name),
            "model": step["model"],
            "method": step["name"],
            "ids": cycle.ids,
            "confirm": step["confirm"],
        }
