# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmPortalComparison(models.AbstractModel):
    """Why the reader earned more or less in a cycle than in the one before."""

    _name = "mlm.portal.comparison"
    _description = "Comparison of Two Cycles in the Portal"

    @api.model
    def _own_before(self, run, distributor):
        """The posted run before ``run`` that this reader may see, or empty."""
        before = run._get_run_before()
        return self.env["mlm.portal.statement"]._own_run(distributor, before.id)

    @api.model
    def _get(self, run, before, distributor):
        """What the page shows; nobody but the own direct team is named (RULES 38)."""
        found = run._compare_distributor(before, distributor, "distributor", distributor)
        return {
            "number": run.period_id.number,
            "before_number": before.period_id.number,
            "text": found["text"],
            "about": [{key: step[key] for key in ("title", "text")} for step in found["steps"]],
            "bonuses": [
                {
                    "name": one["bonus_name"],
                    "text": one["step"]["text"],
                    "rows": [
                        {key: row[key] for key in ("label", "shown")} for row in one["step"]["rows"]
                    ],
                }
                for one in found["bonuses"]
            ],
        }
