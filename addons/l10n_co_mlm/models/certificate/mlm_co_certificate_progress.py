# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.pace import left_text


class MlmCoCertificateProgress(models.Model):
    """How far an issue in the background is, written by a cursor of its own: the work's
    transaction shows nothing before its end."""

    _name = "mlm.co.certificate.progress"
    _description = "Progress of an Issue of Certificates"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    issue_id = fields.Many2one("mlm.co.certificate.issue", required=True, ondelete="cascade")
    stage = fields.Char()
    done = fields.Integer(help="In hundredths of the total.")
    seconds_left = fields.Float(help="As of the update; empty: not known.")
    updated_at = fields.Datetime()

    _issue_uniq = models.Constraint("UNIQUE(issue_id)", "One row per issue.")

    @api.model
    def _set(self, issue, stage, fraction, left=None):
        """Publish progress at once, in a transaction of its own.

        :param left: seconds that it still takes, as of now; None: not known
        """
        with self.env.registry.cursor() as cr:
            cr.execute(
                "INSERT INTO mlm_co_certificate_progress"
                " (issue_id, stage, done, seconds_left, updated_at)"
                " SELECT id, %s, %s, %s, %s FROM mlm_co_certificate_issue WHERE id = %s"
                " ON CONFLICT (issue_id) DO UPDATE SET"
                " stage = excluded.stage, done = excluded.done,"
                " seconds_left = excluded.seconds_left, updated_at = excluded.updated_at",
                [stage, int(fraction * 100), left, fields.Datetime.now(), issue.id],
            )

    @api.model
    def _read(self, ids):
        """``{id of an issue: (stage, hundredths, time left in words)}``."""
        self.env.cr.execute(
            "SELECT issue_id, stage, done, seconds_left, updated_at"
            " FROM mlm_co_certificate_progress WHERE issue_id = ANY(%s)",
            [ids],
        )
        found = {}
        for issue, stage, done, left, since in self.env.cr.fetchall():
            if left is not None:
                left -= (fields.Datetime.now() - since).total_seconds()
            found[issue] = stage, done, left_text(self.env, left)
        return found
