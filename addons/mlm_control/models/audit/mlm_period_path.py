# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .mlm_run_audit import AUDITING


class MlmPeriod(models.Model):
    """The audit as a step between the preview and its approval."""

    _inherit = "mlm.period"

    def _get_steps(self, run):
        steps = super()._get_steps(run)
        if self.env["mlm.run.audit"].has_access("read"):
            steps.append(self._get_audit_step(run))
        return steps

    def _get_audit_step(self, run):
        verdict, audit = run.audit_state, run.audit_id
        past = ("approved", "posting", "posted")
        if run.network_id.audit_policy == "reason":
            # the approver is asked for the reason
            past += (
                ("submitted", "preview") if verdict in ("different", "failed") else ("submitted",)
            )
        note, action = "", False
        if verdict == "queued":
            text = self.env._("The run is being recomputed by the reference calculator.")
            note = self._get_work_note(text, audit)
        elif verdict == "different":
            if self.has_access("write"):
                label = self.env._("Preview again")
                action = self._step_action(self, "action_preview", label)
        elif any(self.env.user.has_group(f"mlm_base.group_{role}") for role in AUDITING):
            action = self._step_action(run, "action_audit_now", self.env._("Run audit"))
        return self._step(
            "audit",
            30,
            self.env._("Run audit"),
            done=verdict == "clean" or run.state in past,
            who=audit.requested_by_id if verdict == "clean" else None,
            when=audit.finished_at if verdict == "clean" else False,
            note=note,
            action=action,
        )

    def _get_blockers(self, step, run):
        found = super()._get_blockers(step, run)
        if not self.env["mlm.run.audit"].has_access("read"):
            return found  # support sees the path, not what an audit said
        if step in ("audit", "approve") and run.audit_state in ("different", "failed"):
            action = self._open_record(run.audit_id)
            found.append(self._blocker("audit", run._why_unproved(), action=action))
        return found
