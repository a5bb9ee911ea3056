# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmPeriod(models.Model):
    """Open cases among what blocks the approval."""

    _inherit = "mlm.period"

    def _get_blockers(self, step, run):
        found = super()._get_blockers(step, run)
        if step in ("audit", "approve") and run.open_check_count:
            action = self.env["mlm.run.check"].has_access("read") and {
                **run.action_checks(),
                "views": [(False, "list"), (False, "kanban"), (False, "form")],
            }
            text = self.env._("Open cases, each cleared with a reason before the approval")
            stops = step == "approve" and run.state == "submitted"
            found.append(self._blocker("cases", text, run.open_check_count, stops, action))
        return found
