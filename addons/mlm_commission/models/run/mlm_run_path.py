# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

# So many of the latest events are looked at for a change of people.
RECENT = 1_000


class MlmRun(models.Model):
    """The way of the run's cycle, as this run goes it."""

    _inherit = "mlm.run"

    path = fields.Json(compute="_compute_path", string="Steps")
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_path(self):
        for run in self:
            run.path = run.state != "cancelled" and run.period_id._get_path(run)

    def _compute_is_stale(self):
        """Also changes of people and positions that reach back into the cycle."""
        result = super()._compute_is_stale()
        for run in self:
            if run.state in ("preview", "submitted") and not run.is_stale and run.computed_at:
                run.is_stale = run._is_network_changed()
        return result

    def _is_network_changed(self):
        return bool(
            self.env.execute_query(
                SQL(
                    """SELECT FROM (SELECT recorded_at, effective_at FROM mlm_genealogy_event
                                     WHERE network_id = %s ORDER BY id DESC LIMIT %s) AS event
                        WHERE recorded_at > %s AND effective_at < %s LIMIT 1""",
                    self.network_id.id,
                    RECENT,
                    self.computed_at,
                    self.period_id._end_moment(),
                )
            )
        )
