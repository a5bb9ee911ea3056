# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import snapshot_file

from odoo import models

from odoo.addons.mlm_commission.failpoint import hit


class MlmRun(models.Model):
    """What is looked at once a preview is computed: changes, outliers, cases, cost.

    All of it belongs to the preview, is made in its transaction and goes with it.
    """

    _inherit = "mlm.run"

    def _compute_run(self, progress=None):
        report = progress or (lambda stage, fraction: None)
        result = super()._compute_run(lambda stage, fraction: report(stage, 0.9 * fraction))
        report("review", 0.9)
        self._review(result)
        hit("review.stored")
        report("review", 1.0)
        return result

    def _review(self, result):
        """Fill what a manager reads before approval; extended by what else is checked."""
        self._store_changes()
        self._store_outliers()
        self._store_sheet()
        self._store_guard()
        self._store_cases(snapshot_file.loads(self._snapshot_data()), result)

    def _drop_rows(self):
        result = super()._drop_rows()
        for run in self:
            self.env["mlm.run.change"]._partition_drop(run.number)
        # sudo: rows of the work are the system's; who discards or deletes the run was checked
        self.sudo().outlier_ids.unlink()
        self.sudo()._drop_sheet()
        self.sudo().check_ids.unlink()
        return result
