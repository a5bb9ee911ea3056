# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

# So many of the highest paid are listed, and so many cycles make the mean.
TOP = 50
CYCLES = 4


class MlmRun(models.Model):
    """Finds who is on the pre-approval sheet, in the database."""

    _inherit = "mlm.run"

    sheet_ids = fields.One2many("mlm.run.sheet", "run_id", string="Pre-approval sheet")
    sheet_count = fields.Integer(compute="_compute_sheet_count", string="On the sheet")

    def _compute_sheet_count(self):
        counts = dict(
            self.env["mlm.run.sheet"]._read_group(
                [("run_id", "in", self.ids)], ["run_id"], ["distributor_id:count_distinct"]
            )
        )
        for run in self:
            run.sheet_count = counts.get(run, 0)

    def _drop_sheet(self):
        """One statement, as it is filled: it may list a large part of everybody paid."""
        self.env.cr.execute("DELETE FROM mlm_run_sheet WHERE run_id = ANY(%s)", [self.ids])
        self.env["mlm.run.sheet"].invalidate_model()

    def _store_sheet(self):
        """Fill the sheet: one statement over everybody paid now or in the cycles of the mean.

        Far is more than half the mean away from it; who is paid for the first time, or gets
        nothing after the last cycle, is listed as that alone.
        """
        self._drop_sheet()
        runs = self._get_history_runs(CYCLES)
        company, join = self._payee_company()
        self.env["mlm.statement"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mlm_run_sheet (run_id, distributor_id, kind, rank, currency_id,
                                           amount_e4, before_e4, mean_e4, cycles)
                WITH past AS (
                    SELECT distributor_id AS payee_id, sum(gross_e4) AS all_e4,
                           coalesce(sum(gross_e4) FILTER (WHERE run_id = %(last)s), 0) AS before_e4
                      FROM mlm_statement WHERE run_id = ANY(%(runs)s) GROUP BY distributor_id
                ), person AS (
                    SELECT payee_id, coalesce(paid.amount_e4, 0) AS amount_e4,
                           coalesce(past.before_e4, 0) AS before_e4,
                           coalesce(past.all_e4, 0) AS all_e4
                      FROM (%(paid)s) AS paid FULL JOIN past USING (payee_id)
                ), sized AS (
                    SELECT store.*, %(amount)s AS size_e4, %(distance)s AS distance_e4,
                           %(last)s IS NOT NULL AND before_e4 > 0 AND amount_e4 <= 0 AS is_gone,
                           amount_e4 > 0 AND NOT EXISTS (
                               SELECT FROM mlm_statement AS early
                                WHERE early.distributor_id = payee_id AND early.gross_e4 > 0
                           ) AND NOT EXISTS (
                               SELECT FROM mlm_earning_history AS old
                                WHERE old.distributor_id = payee_id) AS is_first
                      FROM person AS store %(join)s
                ), told AS (
                    SELECT 'top' AS kind, sized.*, row_number() OVER (
                               ORDER BY size_e4 DESC, payee_id) AS place
                      FROM sized WHERE amount_e4 > 0
                    UNION ALL
                    SELECT 'far', sized.*, row_number() OVER (ORDER BY distance_e4 DESC, payee_id)
                      FROM sized
                     WHERE all_e4 > 0 AND NOT is_gone
                       AND 2 * abs(amount_e4 * %(cycles)s - all_e4) > all_e4
                    UNION ALL
                    SELECT 'first', sized.*, row_number() OVER (ORDER BY size_e4 DESC, payee_id)
                      FROM sized WHERE is_first
                    UNION ALL
                    SELECT 'gone', sized.*, row_number() OVER (ORDER BY distance_e4 DESC, payee_id)
                      FROM sized WHERE is_gone
                )
                SELECT %(run)s, told.payee_id, told.kind, told.place,
                       CASE WHEN %(shared)s THEN home.currency_id ELSE %(currency)s END,
                       amount_e4, before_e4, div(all_e4, greatest(%(cycles)s, 1)), %(cycles)s
                  FROM told
                  JOIN mlm_distributor AS person ON person.id = told.payee_id
                  JOIN res_company AS home ON home.id = person.company_id
                 WHERE told.kind <> 'top' OR told.place <= %(top)s
                """,
                last=runs[:1].id or None,
                runs=runs.ids,
                paid=self._paid_people(),
                join=join,
                amount=self._turned(SQL("amount_e4"), company),
                distance=self._turned(
                    SQL("abs(amount_e4 - div(all_e4, %s))", max(len(runs), 1)), company
                ),
                cycles=len(runs),
                run=self.id,
                shared=bool(self.homes),
                currency=self.currency_id.id,
                top=TOP,
            )
        )
        self.env["mlm.run.sheet"].invalidate_model()
        self.invalidate_recordset(["sheet_ids", "sheet_count"])

    def action_sheet(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pre-approval sheet of %(run)s", run=self.display_name),
            "res_model": "mlm.run.sheet",
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "domain": [("run_id", "=", self.id)],
            "context": {"search_default_by_kind": 1},
        }
