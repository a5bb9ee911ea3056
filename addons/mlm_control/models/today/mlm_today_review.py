# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """What is looked at before an approval: cases, unusual amounts, the audit's verdict."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions":
            runs = self._get_present_runs()
            cards += [self._card_cases(runs), self._card_outliers(runs), self._card_audits(runs)]
        return cards

    @api.model
    def _card_cases(self, runs):
        domain = [("run_id", "in", runs.ids), ("state", "=", "open")]
        return self._count_card(
            "cases",
            self.env._("Open cases"),
            self.env._("Each one is reviewed and cleared with a reason before the approval."),
            10,
            "mlm.run.check",
            domain,
            "mlm_control.action_mlm_run_check",
            verb=self.env._("Review"),
            owner="run_id.computed_by_id",
            tone="warning",
            icon="fa-search",
        )

    @api.model
    def _card_outliers(self, runs):
        """Not for support, which does not see whom the network looks at."""
        if not self.env["mlm.run.check"].has_access("read"):
            return None
        domain = [("run_id", "in", runs.ids)]
        return self._count_card(
            "outliers",
            self.env._("Unusual amounts"),
            self.env._("Far from the person's own history, or from others with the same rank."),
            11,
            "mlm.run.outlier",
            domain,
            "mlm_control.action_mlm_run_outlier",
            icon="fa-line-chart",
        )

    @api.model
    def _card_audits(self, runs):
        domain = [("run_id", "in", runs.ids), ("state", "in", ("different", "failed"))]
        return self._count_card(
            "audits",
            self.env._("Audits that disagree"),
            self.env._("The second calculator got other amounts, or did not finish."),
            4,
            "mlm.run.audit",
            domain,
            "mlm_control.action_mlm_run_audit",
            verb=self.env._("See why"),
            tone="danger",
            icon="fa-balance-scale",
        )
