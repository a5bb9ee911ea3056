# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import codes

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from ...coded import choices


class MlmRunTotal(models.Model):
    """Cost of each bonus, and what was not reached, by bonus and reason."""

    _inherit = "mlm.run.total"

    kind = fields.Selection(selection_add=[("reason", "Reason")], ondelete={"reason": "cascade"})
    reason = fields.Selection(lambda self: choices(codes.Reason, self.env))
    cv_ratio = fields.Float(compute="_compute_ratios", digits=(9, 2), string="% of CV")
    sales_ratio = fields.Float(compute="_compute_ratios", digits=(9, 2), string="% of net sales")
    breakage_share = fields.Float(
        compute="_compute_breakage_share",
        string="Part %",
        help="Share of the run's breakage.",
    )

    @api.depends("amount_e4", "run_id.net_sales_e4", "run_id.cv", "run_id.fx_e6")
    def _compute_ratios(self):
        for total in self:
            cv_e4 = total.run_id._cv_money_e4()
            sales_e4 = total.run_id.net_sales_e4
            total.cv_ratio = 100 * total.amount_e4 / cv_e4 if cv_e4 else 0
            total.sales_ratio = 100 * total.amount_e4 / sales_e4 if sales_e4 else 0

    @api.depends("breakage_e4", "run_id.breakage_e4")
    def _compute_breakage_share(self):
        for total in self:
            whole = total.run_id.breakage_e4
            total.breakage_share = 100 * total.breakage_e4 / whole if whole else 0

    def action_open(self):
        """The rows behind a total."""
        if self.kind != "reason":
            return super().action_open()
        action = self.run_id._action_earnings(bonus=self.bonus_id)
        action["domain"] += [("reason", "=", self.reason), ("breakage_e4", "!=", 0)]
        return action


class MlmRun(models.Model):
    _inherit = "mlm.run"

    reason_total_ids = fields.One2many(
        "mlm.run.total", "run_id", string="By reason", domain=[("kind", "=", "reason")]
    )

    def _store_totals(self):
        result = super()._store_totals()
        self._store_reason_totals()
        return result

    def _store_reason_totals(self):
        """What was not reached by bonus and reason, the largest first."""
        self.reason_total_ids.unlink()
        first, last = self.env["mlm.earning"]._id_range(self.number)
        company, join = self._payee_company()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT bonus_id, reason, sum(count)::bigint, sum(payees)::bigint,
                       sum(%(breakage)s)::bigint
                  FROM (SELECT store.bonus_id, store.reason, %(company)s AS company_id,
                               count(*) AS count,
                               count(DISTINCT store.payee_id) AS payees,
                               sum(store.breakage_e4) AS breakage_e4
                          FROM mlm_earning_store AS store %(join)s
                         WHERE store.id >= %(first)s AND store.id < %(last)s
                           AND store.breakage_e4 <> 0
                         GROUP BY 1, 2, 3) AS part
                 GROUP BY bonus_id, reason ORDER BY 5 DESC, 1, 2
                """,
                breakage=self._turned(SQL("part.breakage_e4")),
                company=company,
                join=join,
                first=first,
                last=last,
            )
        )
        as_internal(self.env["mlm.run.total"]).create(
            [
                {
                    "run_id": self.id,
                    "kind": "reason",
                    "sequence": at,
                    "bonus_id": bonus,
                    "reason": codes.Reason(reason).name.lower(),
                    "count": count,
                    "payees": people,
                    "breakage_e4": breakage,
                }
                for at, (bonus, reason, count, people, breakage) in enumerate(rows)
            ]
        )
        self.env["mlm.run.total"].invalidate_model()
        self.invalidate_recordset(["reason_total_ids"])

    def _drop_rows(self):
        result = super()._drop_rows()
        # sudo: rows of the work are the system's; who discards or deletes the run was checked
        self.sudo().reason_total_ids.unlink()
        return result
