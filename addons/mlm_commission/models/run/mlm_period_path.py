# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats

from ...roles import SEES_MONEY
from .mlm_run import LIVE

# Cycles in the trend of cost.
TREND = 12


class MlmPeriod(models.Model):
    """The steps of a cycle that a run takes: preview, approval, posting."""

    _inherit = "mlm.period"

    cost_trend = fields.Json(compute="_compute_cost_trend", groups=SEES_MONEY)

    def _get_path_run(self, run=None):
        """The run that the path of this period is about: ``run``, else the one that came
        furthest, else the newest; none for who may read no runs."""
        runs = self.env["mlm.run"]
        if run or not runs.has_access("read"):
            return run or runs
        domain = [("period_id", "=", self.id), ("state", "!=", "cancelled")]
        found = runs.search(domain, order="number desc")
        return found.filtered(lambda one: one.state in LIVE)[:1] or found[:1]

    def _get_path(self, run=None):
        return super()._get_path(self._get_path_run(run))

    def _get_steps(self, run):
        steps = super()._get_steps(run)
        if not self.env["mlm.run"].has_access("read"):
            return steps
        steps += [
            self._get_preview_step(run),
            self._get_approve_step(run),
            self._get_post_step(run),
        ]
        return steps

    def _get_preview_step(self, run):
        note, action = "", False
        if run.state in ("computing", "queued"):
            note = self._get_work_note(self.env._("%s is being computed.", run.display_name), run)
        elif self.has_access("write"):
            label = self.env._("Preview again") if run else self.env._("Compute a preview")
            action = self._step_action(self, "action_preview", label)
        return self._step(
            "preview",
            20,
            self.env._("Preview"),
            done=run.state in LIVE or (run.state == "preview" and not run.is_stale),
            who=run.computed_by_id,
            when=run.computed_at,
            note=note,
            action=action,
        )

    def _get_work_note(self, note, work):
        """What is worked on, with how much is done and how long the rest takes, once known.

        :param work: record with ``progress_done`` and ``progress_left``
        """
        done = work.progress_done and Formats(self.env).percent(work.progress_done)
        return f"{note} {' · '.join(filter(None, [done, work.progress_left]))}".strip()

    def _get_approve_step(self, run):
        note, action = "", False
        if run.state == "submitted":
            note = self.env._(
                "Sent by %(user)s on %(moment)s; another person approves it.",
                # sudo: the name of a colleague
                user=run.submitted_by_id.sudo().name,
                moment=Formats(self.env).moment(run.submitted_at),
            )
            if self.env.user.has_group("mlm_base.group_approver"):
                action = self._step_action(
                    run,
                    "action_approve",
                    self.env._("Approve"),
                    self.env._(
                        "You confirm that the commissions of this cycle may be posted as previewed."
                    ),
                )
        elif run.has_access("write"):
            action = self._step_action(run, "action_submit", self.env._("Send for approval"))
        return self._step(
            "approve",
            40,
            self.env._("Approve"),
            done=run.state in ("approved", "posting", "posted"),
            who=run.approved_by_id,
            when=run.approved_at,
            note=note,
            action=action,
        )

    def _get_post_step(self, run):
        note, action = "", False
        if run.stopped_by_id:
            note = run.stop_note
            if run.has_access("write"):
                action = self._step_action(run, "action_go_on", self.env._("Go on posting"))
        elif run.state == "posting":
            note = self._get_work_note(self.env._("The journal entries are being written."), run)
        elif run.has_access("write"):
            action = self._step_action(
                run,
                "action_post",
                self.env._("Post"),
                self.env._("Posting writes the journal entries and locks the run for good."),
            )
        return self._step(
            "post",
            50,
            self.env._("Post"),
            done=run.state == "posted",
            who=run.posted_by_id,
            when=run.posted_at,
            note=note,
            action=action,
        )

    # -- what blocks them -------------------------------------------------------

    def _get_blockers(self, step, run):
        found = super()._get_blockers(step, run)
        if step == "preview":
            found += self._get_preview_blockers(run)
        elif step == "approve":
            found += self._get_approve_blockers(run)
        elif step == "post":
            found += self._get_post_blockers(run)
        return found

    def _get_preview_blockers(self, run):
        """What `_create_preview` and the inputs would refuse, and why the last one is not enough."""
        found = []
        for code, check in (("previous", self._ensure_can_compute), ("plan", self._ensure_rates)):
            try:
                check()
            except UserError as error:
                action = self._open_record(self._previous_period()) if code == "previous" else False
                found.append(self._blocker(code, str(error), stops=True, action=action))
        if run.state == "failed":
            found.append(self._blocker("failed", run.error, action=self._open_record(run)))
        elif run.is_stale:
            text = self.env._("Volume or people changed after %s.", run.display_name)
            found.append(self._blocker("stale", text, action=self._open_record(run)))
        return found

    def _ensure_rates(self):
        """UserError when no plan is in force, or a rate of exchange is missing that it needs."""
        version = self.env["mlm.plan"]._version_at(self.network_id, self.date_start)
        version._fx_e6(self)
        version._other_rates(self)

    def _get_approve_blockers(self, run):
        found = []
        previous = self._previous_period()
        if previous and previous.state != "posted":
            text = self.env._("Post %s first.", previous.display_name)
            action = self._open_record(previous)
            found.append(self._blocker("previous", text, stops=True, action=action))
        if run.state == "submitted" and run.is_stale:
            text = self.env._(
                "Volume or people changed after %s. Withdraw it and compute a new preview.",
                run.display_name,
            )
            found.append(self._blocker("stale", text, stops=True))
        if (
            run.state == "submitted"
            and self.env.user.has_group("mlm_base.group_approver")
            and self.env.user in run.computed_by_id + run.submitted_by_id
        ):
            text = self.env._("You computed or sent it yourself: somebody else has to approve it.")
            found.append(self._blocker("second", text, stops=True))
        return [*found, *self._get_account_blockers(run, stops=False), *self._get_proof_blockers()]

    def _get_post_blockers(self, run):
        if run.state == "posting":
            return []
        found = self._get_account_blockers(run, stops=True)
        if run.date_problem:
            found.append(
                self._blocker("date", run.date_problem, stops=True, action=self._open_record(run))
            )
        return found

    def _get_account_blockers(self, run, stops):
        """Accounts without which nothing is posted."""
        # sudo: which companies pay and whether their accounts are set, of a run that is read
        run = run.sudo()
        companies = run.company_total_ids.company_id or run.money_company_id
        # who is paid matters only where prizes in kind want an account that is not there
        in_kind = run._kinds_of_prizes() and not all(companies.mapped("mlm_in_kind_account_id"))
        gross = run._gross_by_company() if in_kind else {}
        return [
            self._blocker(f"account_{company.id}", problem, stops=stops)
            for company in companies
            for problem in run._get_missing_accounts(company, gross.get(company, {}))
        ]

    # -- the trend beside it ------------------------------------------------------

    def _get_trend_runs(self, limit):
        """The last posted runs of this kind of period, up to this one, the newest first."""
        return self.env["mlm.run"].search(
            [
                ("network_id", "=", self.network_id.id),
                ("period_id.kind", "=", self.kind),
                ("state", "=", "posted"),
                ("period_id.number", "<=", self.number),
            ],
            order="number desc",
            limit=limit,
        )

    def _compute_cost_trend(self):
        """``{"currency", "cycles": [{"name", "cost", "ratio"}]}`` of the last posted cycles of
        the kind, the oldest first; ``cost`` in the run's currency and ``ratio`` in % of CV,
        both floats for a picture. False where none is posted."""
        for period in self:
            runs = period._get_trend_runs(TREND)
            period.cost_trend = runs and {
                "currency": runs[:1].currency_id.id,
                "cycles": [
                    {
                        "name": run.period_id.display_name,
                        "cost": run.amount,
                        "ratio": run.payout_ratio,
                    }
                    for run in reversed(runs)
                ],
            }
