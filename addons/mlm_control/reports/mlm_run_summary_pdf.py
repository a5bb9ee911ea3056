# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.documents import page


class MlmCommissionReport(models.AbstractModel):
    """What was found before approval, on the summary of a run."""

    _inherit = "mlm.commission.report"

    def _get_steps(self, run):
        steps = super()._get_steps(run)
        third = (self.env._("Third signature"), run.countersigned_by_id, run.countersigned_at)
        return [*steps[:-1], third, steps[-1]]

    def _get_warnings(self, run):
        warnings = super()._get_warnings(run)
        if run.is_over_guard:
            text = self.env._("Above the cost limit: %s.", run.guard_text)
            warnings.append(page.paragraph(text, page.WARNING))
        return warnings

    def _get_review(self, run):
        # sudo: numbers of cases, of a run that is read
        cases = run.sudo()
        return [
            *super()._get_review(run),
            (
                self.env._("Cases found / open"),
                f"{cases.check_count} / {cases.open_check_count}",
            ),
            (self.env._("Unusual amounts"), str(cases.outlier_count)),
        ]
