# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.service.model import retrying
from odoo.tools import SQL

from odoo.addons.mlm_base.background import attempt
from odoo.addons.mlm_base.internal import as_internal

from .mlm_contest_count import _e4

#: up to so many rows of the ledger are counted while somebody waits
FEW = 10_000
#: ``(table, what a row is of, what it says)``
KEPT = (
    ("mlm_contest_standing", "distributor_id", "points_e4"),
    ("mlm_contest_rung", "points_e4", "place"),
)


class MlmContest(models.Model):
    """What pages show of contests that run is counted in the background."""

    _inherit = "mlm.contest"

    error = fields.Text(readonly=True, copy=False, help="Why the last count failed.")

    def _refresh(self):
        """Count again who stands where; only rows that differ are written.

        :return: bool, False where another one counts or ends the contest at this moment
        """
        self.ensure_one()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "SELECT FROM mlm_contest WHERE id = %s AND state = 'running'"
            " FOR NO KEY UPDATE SKIP LOCKED",
            [self.id],
        )
        if not cr.rowcount:
            return False
        cr.execute(self._get_refresh_query())
        cr.execute(
            "UPDATE mlm_contest SET counted_at = %s, prizes_e4 = %s, error = NULL WHERE id = %s",
            [cr.now(), self._count_prizes_e4(), self.id],
        )
        self.invalidate_recordset(flush=False)
        return True

    def _get_refresh_query(self):
        """SQL: one statement, so that whoever reads sees all of one count."""
        return SQL(
            """
            WITH fresh AS MATERIALIZED (
                SELECT id AS distributor_id, points_e4, place FROM (%s) AS counted
            ), %s SELECT
            """,
            self._get_count_query(),
            SQL(", ").join(self._get_replacement(*kept) for kept in KEPT),
        )

    def _get_replacement(self, table, key, value):
        """SQL: parts of a WITH that make the rows of the contest in a table those of ``fresh``.

        A full join is never done row by row, whatever the planner thinks of tables that have
        just been filled.
        """
        names = {
            "contest_id": self.id,
            "table": SQL.identifier(table),
            "key": SQL.identifier(key),
            "value": SQL.identifier(value),
            "other": SQL.identifier(f"other_{table}"),
        }
        parts = {
            "other": """
                SELECT kept.id, %(key)s, wanted.%(value)s
                  FROM (SELECT * FROM %(table)s WHERE contest_id = %(contest_id)s) AS kept
                  FULL JOIN (SELECT DISTINCT %(key)s, %(value)s FROM fresh) AS wanted
                 USING (%(key)s)
                 WHERE kept.%(value)s IS DISTINCT FROM wanted.%(value)s
                """,
            "gone": """
                DELETE FROM %(table)s AS kept USING %(other)s AS other
                 WHERE kept.id = other.id AND other.%(value)s IS NULL
                """,
            "changed": """
                UPDATE %(table)s AS kept SET %(value)s = other.%(value)s FROM %(other)s AS other
                 WHERE kept.id = other.id AND other.%(value)s IS NOT NULL
                """,
            "added": """
                INSERT INTO %(table)s (contest_id, %(key)s, %(value)s)
                SELECT %(contest_id)s, %(key)s, %(value)s FROM %(other)s WHERE id IS NULL
                """,
        }
        return SQL(", ").join(
            SQL("%s AS (%s)", SQL.identifier(f"{part}_{table}"), SQL(text, **names))
            for part, text in parts.items()
        )

    def _count_prizes_e4(self):
        """Return what the prizes would cost as people stand, in ten-thousandths."""
        by_place = self.mode == "top"
        prizes = self.prize_ids.sorted("place" if by_place else "minimum")
        rows = self.env.execute_query(
            SQL(
                """SELECT width_bucket(%(figure)s, %(goals)s::bigint[]), count(*)
                     FROM mlm_contest_rung AS rung
                     JOIN mlm_contest_standing AS standing USING (contest_id, points_e4)
                    WHERE rung.contest_id = %(contest_id)s AND rung.place > 0 AND %(wins)s
                    GROUP BY 1""",
                figure=SQL("rung.place::bigint" if by_place else "rung.points_e4"),
                goals=[one.place if by_place else _e4(one.minimum) for one in prizes],
                wins=SQL("rung.place = ANY(%s)", prizes.mapped("place"))
                if by_place
                else SQL(
                    "rung.points_e4 >= %s", min(map(_e4, prizes.mapped("minimum")), default=0)
                ),
                contest_id=self.id,
            )
        )
        return sum(prizes[nth - 1]._amount_e4() * people for nth, people in rows)

    def _refresh_soon(self):
        """Count at once what is counted in a moment, and the rest in the background."""
        if not self._has_much_to_count():
            self._refresh()
            return
        # sudo: whoever starts a contest may wake the work
        self.env.ref("mlm_commission.cron_contest").sudo()._trigger()

    def _has_much_to_count(self):
        [(found,)] = self.env.execute_query(
            SQL(
                """SELECT count(*) FROM (
                       SELECT FROM mlm_volume_entry WHERE period_id IN (
                           SELECT id FROM mlm_period
                            WHERE network_id = %s AND date_end >= %s)
                        LIMIT %s) AS found""",
                self.network_id.id,
                self.date_start,
                FEW + 1,
            )
        )
        return found > FEW

    @api.model
    def _cron_refresh(self):
        """Count the standings of all contests that run."""
        retrying(self._forget_kept, self.env)
        # sudo: the scheduler's work for all companies
        running = self.sudo().search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(running))
        for contest in running:
            # the others do not wait for one that fails; its page says since when it is known
            attempt(contest, contest._refresh)
            self.env["ir.cron"]._commit_progress(1)

    def _keep_failure(self, message):
        as_internal(self).write({"error": message})

    @api.model
    def _forget_kept(self):
        """Delete what was kept of contests that have ended: their places are."""
        for table, *_names in KEPT:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE contest_id IN"
                    " (SELECT id FROM mlm_contest WHERE state <> 'running')",
                    SQL.identifier(table),
                )
            )

    @api.model
    def _mlm_needs_process(self, cron):
        # sudo: whether there is much to do
        running = self.sudo().search([("state", "=", "running")])
        return any(contest._has_much_to_count() for contest in running)
