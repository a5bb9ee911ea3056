# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.models.run.mlm_run import COMPUTED


class MlmRun(models.Model):
    """Runs of one cycle beside each other."""

    _inherit = "mlm.run"

    has_others = fields.Boolean(compute="_compute_has_others")

    def _compute_has_others(self):
        for run in self:
            run.has_others = run.state in COMPUTED and bool(run._get_others())

    def _get_others(self):
        """Other computed runs of the cycle, the newest first."""
        domain = [("period_id", "=", self.period_id.id), ("state", "in", COMPUTED)]
        return self.search([*domain, ("id", "!=", self.id)], order="number desc")

    def action_side_by_side(self):
        """Compare two chosen previews, or choose one to put beside this one."""
        if len(self) == 2:
            before, after = self.sorted("number")
            pair = self.env["mlm.run.pair"]._request(before, after)
            return pair.with_env(self.env)._action_open()
        if len(self) != 1:
            raise UserError(self.env._("Choose two computed previews of the same cycle."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Side by side"),
            "res_model": "mlm.run.pair.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_after_id": self.id},
        }

    def _drop_rows(self):
        result = super()._drop_rows()
        # sudo: rows of the work are the system's; who discards or deletes the run was checked
        pairs = as_internal(self.env["mlm.run.pair"].sudo())
        pairs.search(["|", ("before_id", "in", self.ids), ("after_id", "in", self.ids)]).unlink()
        return result
