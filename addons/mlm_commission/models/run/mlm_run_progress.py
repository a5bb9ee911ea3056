# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmRunProgress(models.Model):
    """How far a background run is, written by a cursor of its own.

    The work's own transaction is not visible to others until it ends; this
    table is, so people see a bar that moves.
    """

    _name = "mlm.run.progress"
    _description = "Progress of a Run"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, ondelete="cascade")
    stage = fields.Char()
    done = fields.Integer(help="In hundredths of the total.")
    updated_at = fields.Datetime()

    _run_uniq = models.Constraint("UNIQUE(run_id)", "One row per run.")

    @api.model
    def _set(self, run, stage, fraction):
        """Publish progress at once, in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                "INSERT INTO mlm_run_progress (run_id, stage, done, updated_at)"
                " SELECT id, %s, %s, now() AT TIME ZONE 'UTC' FROM mlm_run"
                " WHERE id = %s ON CONFLICT (run_id) DO UPDATE SET"
                " stage = excluded.stage, done = excluded.done,"
                " updated_at = excluded.updated_at",
                [stage, int(fraction * 100), run.id],
            )
