# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal


class MlmRun(models.Model):
    """Approval looks at the verdict of the audit."""

    _inherit = "mlm.run"

    audit_reason = fields.Text(
        readonly=True,
        copy=False,
        string="Approved without a clean audit because",
    )
    audit_policy = fields.Selection(related="network_id.audit_policy")

    def action_submit(self):
        result = super().action_submit()
        for run in self._as_step():
            if run.audit_state not in ("clean", "queued"):
                run.env["mlm.run.audit"].with_user(self.env.user)._request(run, automatic=True)
        return result

    def action_withdraw(self):
        result = super().action_withdraw()
        # sudo: the step before has checked the right to write the run
        as_internal(self.sudo()).write({"audit_reason": False})
        return result

    def action_approve(self):
        """Approve what both calculations agree on, or say why without it."""
        if not self.env.user.has_group("mlm_base.group_approver"):
            return super().action_approve()  # which refuses it
        unproved = self.filtered(lambda run: run.audit_state != "clean")
        reason = (self.env.context.get("mlm_audit_reason") or "").strip()
        for run in unproved:
            run._ensure_run_state("submitted")
            if run.network_id.audit_policy == "required":
                raise UserError(run._why_unproved())
        if unproved and not reason:
            return self._action_reason()
        result = super().action_approve()
        for run in unproved:
            # sudo: approving has checked role and second person; an approver writes no run
            as_internal(run.sudo()).write({"audit_reason": reason})
            run.sudo().message_post(
                body=self.env._("Approved without a clean audit. Reason: %(reason)s", reason=reason)
            )
        return result

    def _action_reason(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approve without a clean audit"),
            "res_model": "mlm.run.approval.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_id": self.id},
        }

    def _why_unproved(self):
        """What the audit lacks, and what to do about it."""
        self.ensure_one()
        if self.audit_state == "queued":
            return self.env._(
                "The reference calculator is recomputing %(run)s. Approve it once the result is "
                "there.",
                run=self.display_name,
            )
        if self.audit_state == "different":
            return self.env._(
                "Recomputing %(run)s gives different results: %(count)s differences. See them "
                "under “Audits”; if the preview is wrong, compute it again.",
                run=self.display_name,
                count=self.audit_id.difference_count,
            )
        if self.audit_state == "failed":
            return self.env._(
                "The audit of %(run)s did not finish: %(error)s Press “Run audit” to repeat it.",
                run=self.display_name,
                error=self.audit_id.error or "",
            )
        return self.env._(
            "There is no audit of the current result of %(run)s. Press “Run audit” first.",
            run=self.display_name,
        )
