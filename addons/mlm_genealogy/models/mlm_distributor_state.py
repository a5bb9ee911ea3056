from odoo import fields, models
from odoo.exceptions import UserError

from ..internal import as_internal


class MlmDistributor(models.Model):
    """Suspension, return and termination."""

    _inherit = "mlm.distributor"

    def action_suspend(self):
        return self._open_state_wizard("suspend", self.env._("Suspend"))

    def action_reinstate(self):
        return self._open_state_wizard("reinstate", self.env._("Reinstate"))

    def _open_state_wizard(self, action, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "mlm.state.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_distributor_id": self.id,
                "default_action": action,
            },
        }

    def _suspend(self, reason, effective=None):
        """Suspend these people; the caller has checked the right to do so.

        :param str reason: why, required
        :param effective: naive UTC datetime, by default now
        """
        self._change_state("suspended", "active", "suspended", reason, effective)

    def _reinstate(self, reason, effective=None):
        """End the suspension of these people; see `_suspend`."""
        self._change_state("active", "suspended", "reinstated", reason, effective)

    def _terminate(self, reason, effective=None):
        """End the membership of these people, who keep their place; see `_suspend`.

        By default of the rules the caller does so at the close of the cycle.
        """
        for state, records in self.grouped("state").items():
            expected = state if state != "terminated" else "active"
            records._change_state("terminated", expected, "terminated", reason, effective)

    def _change_state(self, new, expected, event, reason, effective):
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason: it becomes part of the history."))
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state != expected:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s, not %(expected)s.",
                        name=record.display_name,
                        state=labels[record.state].lower(),
                        expected=labels[expected].lower(),
                    )
                )
        as_internal(self).write({"state": new})
        self._record_event(
            event,
            effective or fields.Datetime.now(),
            reason=reason,
            before={"state": expected},
            after={"state": new},
        )
