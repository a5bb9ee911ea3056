# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmPeriod(models.Model):
    """The pre-approval sheet among what is looked at before the approval."""

    _inherit = "mlm.period"

    def _get_blockers(self, step, run):
        found = super()._get_blockers(step, run)
        if step == "approve" and self.env["mlm.run.sheet"].has_access("read") and run.sheet_count:
            action = {**run.action_sheet(), "views": [(False, "list"), (False, "kanban")]}
            text = self.env._("Pre-approval sheet: highest paid, far from the mean, new and gone")
            found.append(self._blocker("sheet", text, run.sheet_count, action=action))
        return found
