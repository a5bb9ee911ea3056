# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

# Fewer own paid cycles, or fewer people of a rank, say nothing about what is usual.
LEAST_HISTORY = 4
LEAST_PEERS = 10
# A median absolute deviation × 1.4826 estimates the standard deviation.
NORMAL = 1.4826


class MlmRun(models.Model):
    """Finds unusual amounts by robust statistics, in the database."""

    _inherit = "mlm.run"

    outlier_ids = fields.One2many("mlm.run.outlier", "run_id", string="Unusual amounts")
    outlier_count = fields.Integer(compute="_compute_outlier_count", string="Unusual")

    def _compute_outlier_count(self):
        counts = dict(
            self.env["mlm.run.outlier"]._read_group(
                [("run_id", "in", self.ids)], ["run_id"], ["__count"]
            )
        )
        for run in self:
            run.outlier_count = counts.get(run, 0)

    def _store_outliers(self):
        self.outlier_ids.unlink()
        if self.network_id.outlier_runs:
            self._store_history_outliers()
        if self.network_id.outlier_times:
            self._store_peer_outliers()
        self.env["mlm.run.outlier"].invalidate_model()
        self.invalidate_recordset(["outlier_ids", "outlier_count"])

    def _get_history_runs(self, limit):
        """The last posted runs before this one, the newest first."""
        # sudo: amounts of the past decide what is listed, not who presses the button
        return self.sudo().search(
            [
                ("network_id", "=", self.network_id.id),
                ("state", "=", "posted"),
                ("period_id.kind", "=", self.period_id.kind),
                ("period_id.number", "<", self.period_id.number),
            ],
            order="period_id",  # periods come newest first
            limit=limit,
        )

    def _store_history_outliers(self):
        """Median and median absolute deviation of the own paid cycles.

        Far = further from the median than so many deviations, and at least half of the
        median: somebody who always gets the same has a deviation of zero.
        """
        history = self._get_history_runs(self.network_id.outlier_runs)
        if len(history) < LEAST_HISTORY:
            return
        company, join = self._payee_company()
        network = self.network_id
        self.env["mlm.statement"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mlm_run_outlier (run_id, distributor_id, kind, amount_e4, usual_e4,
                                             limit_e4, distance_e4, seen)
                WITH past AS (
                    SELECT distributor_id, gross_e4 FROM mlm_statement
                     WHERE run_id = ANY(%(runs)s)
                ), middle AS (
                    SELECT distributor_id, count(*) AS seen,
                           percentile_disc(0.5) WITHIN GROUP (ORDER BY gross_e4) AS median
                      FROM past GROUP BY distributor_id HAVING count(*) >= %(least)s
                ), spread AS (
                    SELECT middle.distributor_id, middle.seen, middle.median,
                           percentile_disc(0.5) WITHIN GROUP (
                               ORDER BY abs(past.gross_e4 - middle.median)) AS mad
                      FROM past JOIN middle USING (distributor_id)
                     GROUP BY middle.distributor_id, middle.seen, middle.median
                ), far AS (
                    SELECT *, greatest(round(%(times)s * mad), abs(median) / 2)::bigint AS radius
                      FROM spread
                ), judged AS (
                    SELECT far.*, far.distributor_id AS payee_id,
                           coalesce(paid.amount_e4, 0) AS amount_e4
                      FROM far LEFT JOIN (%(paid)s) paid ON paid.payee_id = far.distributor_id
                )
                SELECT %(run)s, distributor_id, 'history', amount_e4, median,
                       CASE WHEN amount_e4 < median THEN median - radius
                            ELSE median + radius END,
                       abs(amount_e4 - median), seen
                  FROM judged AS store %(join)s
                 WHERE abs(amount_e4 - median) > radius
                   AND %(distance)s >= %(floor)s
                """,
                runs=history.ids,
                least=LEAST_HISTORY,
                times=network.outlier_deviations * NORMAL,
                paid=self._paid_people(),
                join=join,
                distance=self._turned(SQL("abs(amount_e4 - median)"), company),
                run=self.id,
                floor=round(network.outlier_least * 10_000),
            )
        )

    def _store_peer_outliers(self):
        """The percentile of each rank; in a small one, the largest but one."""
        network = self.network_id
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mlm_run_outlier (run_id, distributor_id, kind, rank_id, amount_e4,
                                             usual_e4, limit_e4, distance_e4, seen)
                WITH ranked AS (
                    SELECT paid.payee_id, paid.amount_e4, coalesce(held.rank, 0) AS rank
                      FROM (%(paid)s) paid %(held)s
                     WHERE paid.amount_e4 > 0
                ), ordered AS (
                    SELECT *, row_number() OVER (PARTITION BY rank ORDER BY amount_e4) AS place,
                           count(*) OVER (PARTITION BY rank) AS people
                      FROM ranked
                ), usual AS (
                    SELECT rank, people, amount_e4 AS usual_e4,
                           round(amount_e4 * %(times)s)::bigint AS limit_e4
                      FROM ordered
                     WHERE people >= %(least)s
                       AND place = least(ceil(people * %(percentile)s / 100.0), people - 1)
                )
                SELECT %(run)s, ordered.payee_id, 'peers', rank.id, ordered.amount_e4,
                       usual.usual_e4, usual.limit_e4,
                       ordered.amount_e4 - usual.usual_e4, usual.people
                  FROM ordered JOIN usual USING (rank)
                  LEFT JOIN mlm_plan_rank rank
                    ON rank.version_id = %(version)s AND rank.sequence = usual.rank
                 WHERE ordered.amount_e4 > usual.limit_e4
                   AND ordered.amount_e4 - usual.usual_e4 >= %(floor)s
                """,
                paid=self._paid_people_turned(),
                held=self._join_figures("held", SQL("paid.payee_id")),
                times=network.outlier_times,
                percentile=network.outlier_percentile,
                least=LEAST_PEERS,
                run=self.id,
                version=self.version_id.id,
                floor=round(network.outlier_least * 10_000),
            )
        )

    def action_outliers(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Unusual amounts of %(run)s", run=self.display_name),
            "res_model": "mlm.run.outlier",
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "domain": [("run_id", "=", self.id)],
        }
