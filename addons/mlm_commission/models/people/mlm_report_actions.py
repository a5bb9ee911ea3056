# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmStatement(models.Model):
    _inherit = "mlm.statement"

    def _action_report(self):
        action = self.run_id.action_reports()
        action["context"]["default_distributor_ids"] = [(6, 0, self.distributor_id.ids)]
        return action

    def action_report(self):
        """The commission report behind these statements."""
        return self._action_report()


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    def _action_commission_report(self):
        """Choose a commission report of these people."""
        action = self.env["mlm.run"].action_reports()
        action["context"] = {"default_distributor_ids": [(6, 0, self.ids)]}
        return action
