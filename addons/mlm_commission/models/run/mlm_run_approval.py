# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import snapshot_file

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.internal import as_internal, as_system

from ...failpoint import hit


class MlmRun(models.Model):
    _inherit = "mlm.run"

    def action_submit(self):
        """Ask a second person for approval."""
        for run in self._as_step():
            run._ensure_run_state("preview")
            run._hold_period()
            run._ensure_period_closed()
            run._ensure_previous_posted()
            run._ensure_inputs_unchanged()
            as_internal(run).write(
                {
                    "state": "submitted",
                    "submitted_by_id": self.env.uid,
                    "submitted_at": self.env.cr.now(),
                }
            )
            hit("submit.stored")

    def action_withdraw(self):
        for run in self._as_step():
            run._ensure_run_state("submitted", "approved")
            as_internal(run).write(
                {
                    "state": "preview",
                    "submitted_by_id": False,
                    "submitted_at": False,
                    "approved_by_id": False,
                    "approved_at": False,
                }
            )

    def action_approve(self):
        """Approve: by another person than the one who computed or submitted."""
        if not self.env.user.has_group("mlm_base.group_approver"):
            raise AccessError(self.env._("Only people with the role “Approver” can approve a run."))
        for run in self:
            run._ensure_run_state("submitted")
            run.network_id._ensure_led()
            if self.env.user in run.computed_by_id + run.submitted_by_id:
                raise UserError(
                    self.env._(
                        "You computed or submitted %(run)s yourself. Somebody else "
                        "has to approve it.",
                        run=run.display_name,
                    )
                )
            # sudo: role, network and second person were checked; only the cycle's state is read
            run.sudo()._ensure_period_closed()
            run._ensure_inputs_unchanged()
            # sudo: the approver has no right to change a run except by approving it
            as_internal(run.sudo()).write(
                {
                    "state": "approved",
                    "approved_by_id": self.env.uid,
                    "approved_at": self.env.cr.now(),
                }
            )
            hit("approve.stored")

    def _hold_period(self):
        """Touch the cycle's row: reopening it at the same time and submitting cannot
        both succeed, one of them meets the other's change and is tried again."""
        self.env.cr.execute(
            "UPDATE mlm_period SET write_date = write_date WHERE id = %s", [self.period_id.id]
        )

    def _ensure_period_closed(self):
        self.ensure_one()
        if self.period_id.state != "closed":
            raise UserError(
                self.env._(
                    "%(period)s is still open: close it first, so that no volume "
                    "is added after the preview.",
                    period=self.period_id.display_name,
                )
            )

    def _ensure_inputs_unchanged(self):
        """A preview of other inputs is worth nothing; they are read again where their mark
        has changed."""
        self.ensure_one()
        # sudo: comparing reads the whole network, which an approver may not otherwise
        run = as_system(self)
        mark = run.env["mlm.snapshot"]._get_mark(run.period_id, run.version_id)
        if mark == run.inputs_mark:
            return
        snapshot = run.env["mlm.snapshot"]._load(run.period_id, run.version_id)
        sha = snapshot_file.sha256(snapshot_file.dumps(snapshot))
        if sha != run.snapshot_sha:
            raise UserError(
                self.env._(
                    "Volume, people or the plan changed after %(run)s was computed. "
                    "Compute a new preview of %(period)s.",
                    run=run.display_name,
                    period=run.period_id.display_name,
                )
            )
        as_internal(run).write({"inputs_mark": mark})

    def _ensure_previous_posted(self):
        self.ensure_one()
        previous = self.period_id._previous_period()
        if previous and previous.state != "posted":
            raise UserError(
                self.env._(
                    "Post %(previous)s first: %(period)s starts with what it carries over.",
                    previous=previous.display_name,
                    period=self.period_id.display_name,
                )
            )
