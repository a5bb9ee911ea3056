# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..run.mlm_run import COMPUTED, LIVE

RUNS = "mlm_commission.action_mlm_run"


class MlmToday(models.AbstractModel):
    """Runs that wait for somebody's hand, and closed cycles that have none yet."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions":
            cards += [
                self._card_to_approve(),
                self._card_to_post(),
                self._card_failed_runs(),
                self._card_to_compute(),
            ]
        return cards

    @api.model
    def _get_present_runs(self):
        """Return the last run of each cycle that is not posted: what is looked at now."""
        runs = self.env["mlm.run"]
        if not runs.has_access("read"):
            return runs
        found = runs.search(
            [
                ("state", "in", ("preview", "submitted", "approved")),
                ("period_id.state", "in", ("open", "grace", "closed")),
            ],
            order="number desc",
        )
        last = {}
        for run in found:
            if run.state != "preview" or run.period_id not in last:
                last[run.period_id] = run
        return runs.union(*last.values())

    @api.model
    def _is_approver(self):
        return self.env.user.has_group("mlm_base.group_approver")

    @api.model
    def _get_to_approve_domain(self):
        domain = [("state", "=", "submitted")]
        if self._is_approver():
            domain += [
                ("computed_by_id", "!=", self.env.uid),
                ("submitted_by_id", "!=", self.env.uid),
            ]
        return domain

    @api.model
    def _card_to_approve(self):
        mine = self._is_approver()
        return self._count_card(
            "to_approve",
            self.env._("To approve"),
            self.env._("Review the run and approve it: it is waiting for you.")
            if mine
            else self.env._("The run is waiting for an approver."),
            2,
            "mlm.run",
            self._get_to_approve_domain(),
            RUNS,
            verb=self.env._("Review"),
            owner="submitted_by_id",
            tone="warning" if mine else "muted",
            icon="fa-check-square-o",
            waits=mine,
        )

    @api.model
    def _get_to_post_domain(self):
        """Runs to be posted, and those whose posting was stopped."""
        return ["|", ("state", "=", "approved"), ("stopped_by_id", "!=", False)]

    @api.model
    def _card_to_post(self):
        mine = self.env.user.has_group("mlm_base.group_manager")
        return self._count_card(
            "to_post",
            self.env._("Approved, not posted"),
            self.env._("The run is approved: post it, so that it can be paid.")
            if mine
            else self.env._("The run is approved and has no journal entry yet."),
            3,
            "mlm.run",
            self._get_to_post_domain(),
            RUNS,
            verb=self.env._("Review"),
            tone="warning" if mine else "muted",
            icon="fa-book",
            waits=mine or self.env.user.has_group("mlm_base.group_accountant"),
        )

    @api.model
    def _card_failed_runs(self):
        return self._count_card(
            "failed_runs",
            self.env._("Runs that failed"),
            self.env._("The work stopped. The run shows what is missing."),
            4,
            "mlm.run",
            [("id", "in", self._get_failed_runs().ids)],
            RUNS,
            verb=self.env._("See why"),
            tone="danger",
            icon="fa-exclamation-triangle",
        )

    @api.model
    def _get_failed_runs(self):
        """Runs of cycles that are not posted, unless a later one of the cycle went well."""
        runs = self.env["mlm.run"]
        if not runs.has_access("read"):
            return runs
        unposted = [("period_id.state", "not in", ("history", "posted"))]
        # posting that failed is tried again by itself, but not without end
        posting = runs.search([*unposted, ("state", "=", "posting"), ("error", "!=", False)])
        failed = runs.search([*unposted, ("state", "=", "failed")])
        good = [("period_id", "in", failed.period_id.ids), ("state", "in", COMPUTED)]
        last = dict(runs._read_group(good, ["period_id"], ["number:max"]))
        return posting + failed.filtered(lambda run: run.number > last.get(run.period_id, 0))

    @api.model
    def _card_to_compute(self):
        """Closed cycles without a run on its way, for those who compute them."""
        if not self.env["mlm.run"].has_access("write"):
            return None
        periods = self.env["mlm.period"].search(
            [
                ("state", "=", "closed"),
                ("is_base", "=", True),
                ("run_ids", "not any", [("state", "in", LIVE)]),
            ],
            order="date_start",
        )
        if not periods:
            return None
        first = periods[0]
        button = first.has_access("write") and {
            "label": self.env._("Preview of %s", first.display_name),
            "model": "mlm.period",
            "method": "action_preview",
            "ids": first.ids,
        }
        return self._card(
            "to_compute",
            self.env._("Closed, not computed"),
            self.env._("Compute a preview, look at it and send it for approval."),
            6,
            count=len(periods),
            open={
                "action": "mlm_volume.action_mlm_period",
                "model": "mlm.period",
                "domain": [("id", "in", periods.ids)],
            },
            tone="warning",
            icon="fa-calculator",
            button=button or None,
        )
