# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.telling import compare as engine_compare

from odoo import models


class MlmRun(models.Model):
    """Two cycles of a person beside each other."""

    _inherit = "mlm.run"

    def _compare_distributor(self, before, distributor, audience="staff", viewer=None):
        """Say why somebody earned more or less in this run than in ``before``.

        Contract: ``docs/contracts/read_api.md``; callers check access before they call.
        """
        self.ensure_one()
        views = [run._view(audience, viewer) for run in (before, self)]
        return engine_compare.compare(*views, distributor.id)

    def _get_run_before(self):
        """The run to compare with: the posted one of the period of this kind before."""
        return self.period_id._previous_run() if self else self
