# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

RUNS = "mlm_commission.action_mlm_run"


class MlmToday(models.AbstractModel):
    """What is too costly: its alarm, and the signature of a third person."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions":
            cards += [self._card_countersign(), self._card_alarm()]
        return cards

    @api.model
    def _get_limits(self, run):
        return run.guard_cv, run.guard_sales

    @api.model
    def _get_to_post_domain(self):
        signed = ["|", ("is_over_guard", "=", False), ("countersigned_by_id", "!=", False)]
        return [*super()._get_to_post_domain(), *signed]

    @api.model
    def _card_countersign(self):
        """Costly runs that wait for one more approver, who had no part in them."""
        mine = self._is_approver()
        domain = [
            ("state", "=", "approved"),
            ("is_over_guard", "=", True),
            ("countersigned_by_id", "=", False),
        ]
        if mine:
            names = ("computed_by_id", "submitted_by_id", "approved_by_id")
            domain += [(name, "!=", self.env.uid) for name in names]
        return self._count_card(
            "to_countersign",
            self.env._("To sign as the third"),
            self.env._("The run costs more than its limit. Review it and sign it.")
            if mine
            else self.env._(
                "The run costs more than its limit and is waiting for another approver."
            ),
            2,
            "mlm.run",
            domain,
            RUNS,
            verb=self.env._("Review"),
            tone="warning" if mine else "muted",
            icon="fa-pencil-square-o",
            waits=mine,
        )

    @api.model
    def _card_alarm(self):
        """Runs above a limit that are not decided yet, for those who look at costs."""
        if not self.env["mlm.run.check"].has_access("read"):
            return None
        over = self._get_present_runs().filtered(
            lambda run: run.is_over_guard and run.state != "approved"
        )
        if not over:
            return None
        return self._card(
            "alarm",
            self.env._("Cost alarm"),
            self.env._("%(run)s: %(text)s.", run=over[0].display_name, text=over[0].guard_text),
            3,
            count=len(over),
            open={"action": RUNS, "model": "mlm.run", "domain": [("id", "in", over.ids)]},
            button={
                "label": self.env._("See why"),
                "open": {"model": "mlm.run", "id": over[0].id},
            },
            tone="danger",
            icon="fa-bell",
        )
