# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

_PROJECTION = "mlm_projection"
_TOKEN = object()


def as_projection(period):
    """Return the period as a projection reads it; no call from outside can bring the token."""
    return period.with_context(**{_PROJECTION: _TOKEN})


class MlmPeriod(models.Model):
    _inherit = "mlm.period"

    @api.model
    def _present(self, network):
        """The cycle that a sale of today enters, or none."""
        today = self._today(network)
        accepting = [
            *self._base_domain(network),
            ("state", "in", ("open", "grace")),
        ]
        containing = [("date_start", "<=", today), ("date_end", ">=", today)]
        return self.search(accepting + containing, limit=1) or self.search(
            accepting, order="number", limit=1
        )

    @api.model
    def _last_posted(self, network, before=None):
        """The last posted cycle, or the last one before a number."""
        domain = [
            *self._base_domain(network),
            ("state", "=", "posted"),
        ]
        if before is not None:
            domain.append(("number", "<", before))
        return self.search(domain, order="number desc", limit=1)

    @api.model
    def _in_calculation(self, network, before):
        """Cycles before a number that are not posted yet, oldest first."""
        posted = self._last_posted(network, before)
        return self.search(
            [
                *self._base_domain(network),
                ("number", "<", before),
                ("number", ">", posted.number if posted else 0),
                ("state", "in", ("open", "grace", "closed")),
            ],
            order="number",
        )

    def _previous_run(self):
        # A projection begins with what the last posted cycle left, even where one in
        # between is still being calculated; a run never does.
        if self.env.context.get(_PROJECTION) is _TOKEN:
            return self._last_posted(self.network_id, self.number).posted_run_id
        return super()._previous_run()
