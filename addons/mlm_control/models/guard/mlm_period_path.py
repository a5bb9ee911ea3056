# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmPeriod(models.Model):
    """The third signature as a step of a run that is above the limit of cost."""

    _inherit = "mlm.period"

    def _get_steps(self, run):
        steps = super()._get_steps(run)
        if run.is_over_guard:
            steps.append(self._get_sign_step(run))
        return steps

    def _get_sign_step(self, run):
        return self._step(
            "sign",
            45,
            self.env._("Third signature"),
            done=run.countersigned_by_id or run.state in ("posting", "posted"),
            who=run.countersigned_by_id,
            when=run.countersigned_at,
            note=self.env._("Above the cost limit: %s.", run.guard_text or ""),
            action=self.env.user.has_group("mlm_base.group_approver")
            and self._step_action(
                run,
                "action_countersign",
                self.env._("Sign"),
                self.env._(
                    "You confirm, as a third person, that the commissions of this cycle may be"
                    " posted although they are above the limit."
                ),
            ),
        )

    def _get_blockers(self, step, run):
        found = super()._get_blockers(step, run)
        if step == "sign":
            users = run.computed_by_id + run.submitted_by_id + run.approved_by_id
            if self.env.user in users:
                text = self.env._(
                    "You took part in it: a third person, another approver, has to sign it."
                )
                found.append(self._blocker("third", text, stops=True))
        return found
