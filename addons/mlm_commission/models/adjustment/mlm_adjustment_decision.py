# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal, as_system


class MlmAdjustment(models.Model):
    """Who decides: never the one who asked."""

    _inherit = "mlm.adjustment"

    def action_approve(self):
        """Approve and post: by another person than the one who asked."""
        self._lock()
        for adjustment in self:
            adjustment._ensure_adjustment_state("requested")
        self._ensure_second_person()
        self._ensure_left_to_take()
        # sudo: role, access and second person were checked; the entry is posted by the
        # system's right, whatever the approver's defaults and context say
        as_system(self)._post_adjustments(self.env.uid)
        self._tell_origins()

    def action_refuse(self):
        self._lock()
        for adjustment in self:
            adjustment._ensure_adjustment_state("requested")
        self._ensure_second_person()
        # sudo: role, access and second person were checked; an approver does not write
        as_internal(self.sudo()).write(
            {"state": "refused", "decided_by_id": self.env.uid, "decided_at": self.env.cr.now()}
        )
        self._tell_origins()

    def action_withdraw(self):
        self.check_access("write")
        self._lock()
        for adjustment in self:
            adjustment._ensure_adjustment_state("requested")
        # sudo: the right to write was checked; the state moves in steps only
        as_internal(self.sudo()).write({"state": "withdrawn"})
        self._tell_origins()

    def action_take_back(self):
        """Ask to take a posted adjustment back: what is left of it with the other sign. Less may
        be asked for until the decision."""
        self.ensure_one()
        self.check_access("write")
        self._ensure_adjustment_state("posted")
        if self.reverses_id:
            raise UserError(self.env._("What takes something back cannot itself be taken back."))
        left_e4 = self._get_left_e4()
        if not left_e4:
            raise UserError(self.env._("Nothing of %s is left to take back.", self.display_name))
        # sudo: the right to write was checked; what it takes back is set by this step only
        back = as_internal(self.sudo()).create(
            {
                "network_id": self.network_id.id,
                "distributor_id": self.distributor_id.id,
                "kind": self.kind,
                "given_as": self.given_as,
                "amount_e4": -left_e4,
                "reason": self.env._("Taken back: %s", self.reason),
                "origin_model": self.origin_model,
                "origin_id": self.origin_id,
                "reverses_id": self.id,
                "requested_by_id": self.env.uid,
            }
        )
        return back.with_env(self.env)._action_form()

    def action_open_move(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def _action_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def _tell_origins(self):
        """Tell what they are for that they were decided, where it wants to know."""
        for _model, adjustments in self.grouped("origin_model").items():
            origins = adjustments._origins()
            if hasattr(origins, "_adjustments_decided"):
                origins._adjustments_decided()
