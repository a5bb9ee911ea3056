# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.background import own_cursor
from odoo.addons.mlm_base.pace import Pace, left_text


class MlmRunProgress(models.Model):
    """How far background work on a run is, written by a cursor of its own.

    The work's own transaction is not visible to others until it ends; this
    table is, so people see a bar that moves. What the work took is kept: by it
    the next run of the network knows how long it takes.
    """

    _name = "mlm.run.progress"
    _description = "Progress of a Run"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, ondelete="cascade")
    work = fields.Selection(
        [("compute", "Computing"), ("post", "Posting")],
        required=True,
        default="compute",
    )
    stage = fields.Char()
    done = fields.Integer(help="In hundredths of the total.")
    size = fields.Integer(help="How many people there are to compute, to post or to audit.")
    seconds_left = fields.Float(help="As of the update; empty: not known.")
    course = fields.Json(help="What was done when: fraction and seconds since the beginning.")
    updated_at = fields.Datetime()

    _run_uniq = models.Constraint("UNIQUE(run_id, work)", "One row for each run and kind of work.")

    @api.model
    def _watch(self, run, work, size):
        """Return ``f(stage, fraction)``, which publishes how far the work is, in a transaction
        of its own; only what is seen, a hundredth or another stage, is written.

        :param size: how many people there are to work on
        """
        pace, shown = Pace(*self._get_past(run, work, size)), []

        def report(stage, fraction):
            seen = [stage, int(fraction * 100)]
            if seen != shown:
                shown[:] = seen
                left = pace.reach(fraction)
                self._set(run, work, *seen, size, left, pace.course)

        return report

    @api.model
    def _get_past(self, run, work, size):
        """``(course, scale)`` of the last such work of the network that went from its beginning
        to its end."""
        found = self.env.execute_query(
            SQL(
                """SELECT progress.course, progress.size FROM mlm_run_progress AS progress
                     JOIN mlm_run AS run ON run.id = progress.run_id
                     JOIN mlm_period AS period ON period.id = run.period_id
                    WHERE run.network_id = %s AND period.kind = %s AND progress.work = %s
                      AND progress.done = 100 AND progress.size > 0
                      AND (progress.course -> 0 ->> 0)::float = 0
                    ORDER BY progress.updated_at DESC LIMIT 1""",
                run.network_id.id,
                run.period_id.kind,
                work,
            )
        )
        return (found[0][0], size / found[0][1]) if found else ((), 1.0)

    @api.model
    def _set(self, run, work, stage, done, size, left, course):
        values = {
            "work": work,
            "stage": stage,
            "done": done,
            "size": size,
            "seconds_left": left,
            "course": json.dumps(course),
            "updated_at": _now(),
        }
        names = SQL(", ").join(map(SQL.identifier, values))
        with own_cursor(self.env) as cr:  # which waits for another process that posts
            cr.execute(
                SQL(
                    """INSERT INTO mlm_run_progress (run_id, %s)
                       SELECT id, %s FROM mlm_run WHERE id = %s
                       ON CONFLICT (run_id, work) DO UPDATE SET (%s) = (%s)""",
                    names,
                    SQL(", ").join(SQL("%s", value) for value in values.values()),
                    run.id,
                    names,
                    SQL(", ").join(SQL("excluded.%s", SQL.identifier(name)) for name in values),
                )
            )

    # -- what people see -----------------------------------------------------

    @api.model
    def _show(self, records, runs, work):
        """Fill ``progress_stage``, ``progress_done`` and ``progress_left`` of records.

        :param runs: the run of each record
        :param work: what is worked on at each
        """
        found = {
            (run, work): row
            for run, work, *row in self.env.execute_query(
                SQL(
                    "SELECT run_id, work, stage, done, seconds_left, updated_at"
                    " FROM mlm_run_progress WHERE run_id = ANY(%s)",
                    [run.id for run in runs],
                )
            )
        }
        for record, run, what in zip(records, runs, work, strict=True):
            stage, done, left, since = found.get((run.id, what), (False, 0, None, None))
            if left is not None:
                left -= (_now() - since).total_seconds()
            record.progress_stage = stage and self._get_stage_label(stage, what)
            record.progress_done = done
            record.progress_left = left_text(self.env, left)

    @api.model
    def _get_stage_label(self, stage, work):
        if work == "post":
            done, _of, count = stage.partition("/")
            return self.env._("%(done)s of %(count)s entries", done=done, count=count)
        labels = {
            "capture": self.env._("Capturing sales"),
            "inputs": self.env._("Reading the inputs"),
            "rows": self.env._("Storing the results"),
            "totals": self.env._("Adding up"),
            "review": self.env._("Reviewing the result"),
        }
        return labels.get(stage) or self.env._("Calculating")


def _now():
    return datetime.now(timezone.utc).replace(tzinfo=None)
