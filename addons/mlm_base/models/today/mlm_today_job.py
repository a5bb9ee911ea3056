from odoo import api, models


class MlmToday(models.AbstractModel):
    """Work in the background that failed or whose process died, until it is done or dismissed."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        return [*cards, self._card_jobs()] if room == "network" else cards

    @api.model
    def _card_jobs(self):
        return self._count_card(
            "jobs",
            self.env._("Work that was interrupted"),
            self.env._(
                "Work in the background failed. It leaves this page when it succeeds, or when a"
                " manager dismisses it in the list."
            ),
            15,
            "mlm.job",
            [("failed", "=", True)],
            "mlm_base.mlm_job_action",
            verb=self.env._("See why"),
            tone="danger",
            icon="fa-cogs",
        )
