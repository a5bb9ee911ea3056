# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.pace import left_text


class MlmWhatIfProgress(models.Model):
    """How far a what-if in the background is, written by a cursor of its own: the work's
    transaction shows nothing before its end."""

    _name = "mlm.what.if.progress"
    _description = "Progress of a What-If"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    what_if_id = fields.Many2one("mlm.what.if", string="What-if", required=True, ondelete="cascade")
    stage = fields.Char()
    done = fields.Integer(help="In hundredths of the total.")
    seconds_left = fields.Float(help="As of the update; empty: not known.")
    updated_at = fields.Datetime()

    _what_if_uniq = models.Constraint("UNIQUE(what_if_id)", "One row per what-if.")

    @api.model
    def _set(self, what_if, stage, fraction, left=None):
        """Publish progress at once, in a transaction of its own.

        :param left: seconds that it still takes, as of now; None: not known
        """
        with self.env.registry.cursor() as cr:
            cr.execute(
                "INSERT INTO mlm_what_if_progress"
                " (what_if_id, stage, done, seconds_left, updated_at)"
                " SELECT id, %s, %s, %s, %s FROM mlm_what_if WHERE id = %s"
                " ON CONFLICT (what_if_id) DO UPDATE SET"
                " stage = excluded.stage, done = excluded.done,"
                " seconds_left = excluded.seconds_left, updated_at = excluded.updated_at",
                [stage, int(fraction * 100), left, fields.Datetime.now(), what_if.id],
            )

    @api.model
    def _read(self, ids):
        """``{id of a what-if: (stage, hundredths, time left in words)}``."""
        self.env.cr.execute(
            "SELECT what_if_id, stage, done, seconds_left, updated_at"
            " FROM mlm_what_if_progress WHERE what_if_id = ANY(%s)",
            [ids],
        )
        found = {}
        for what_if, stage, done, left, since in self.env.cr.fetchall():
            if left is not None:
                left -= (fields.Datetime.now() - since).total_seconds()
            found[what_if] = stage, done, left_text(self.env, left)
        return found
