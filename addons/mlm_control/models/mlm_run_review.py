# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmRun(models.Model):
    """What is looked at once a preview is computed: changes, outliers, cases, cost.

    All of it belongs to the preview, is made in its transaction and goes with it.
    """

    _inherit = "mlm.run"

    def _review(self, snapshot, outcome):
        found = super()._review(snapshot, outcome)
        self._store_changes()
        self._store_outliers()
        self._store_sheet()
        self._store_guard()
        self._store_cases(snapshot, outcome)
        return found

    def _drop_rows(self):
        result = super()._drop_rows()
        for run in self:
            self.env["mlm.run.change"]._partition_drop(run.number)
        # sudo: rows of the work are the system's; who discards or deletes the run was checked
        self.sudo().outlier_ids.unlink()
        self.sudo()._drop_sheet()
        self.sudo().check_ids.unlink()
        return result
