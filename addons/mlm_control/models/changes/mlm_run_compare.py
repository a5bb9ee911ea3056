# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal


class MlmRun(models.Model):
    """Changes against the posted cycle before and the preview before, in bulk."""

    _inherit = "mlm.run"

    has_changes = fields.Boolean(compute="_compute_has_changes")
    posted_before_id = fields.Many2one(
        "mlm.run", readonly=True, copy=False, string="Previous posted run"
    )

    def _compute_has_changes(self):
        for run in self:
            run.has_changes = bool(
                run.computed_at
                and run.state != "cancelled"
                and (run.posted_before_id or run.previous_id)
            )

    def _store_changes(self):
        """Fill the partition: a few statements over whole partitions, no row by row."""
        changes = self.env["mlm.run.change"]
        as_internal(self).write({"posted_before_id": self.period_id._previous_run().id})
        self.flush_recordset()
        table = SQL.identifier(changes._partition_create(self.number))
        first, _last = changes._id_range(self.number)
        company, join = self._payee_company()
        for code, other in self._get_compared():
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO %(table)s (id, against, other_id, payee_id, bonus_id,
                                           old_e4, new_e4, change)
                    WITH now AS (%(now)s), before AS (%(before)s), pairs AS (
                        SELECT payee_id, coalesce(now.bonus_id, before.bonus_id) AS bonus_id,
                               coalesce(before.amount_e4, 0) AS old_e4,
                               coalesce(now.amount_e4, 0) AS new_e4
                          FROM now FULL JOIN before USING (payee_id, code)
                    ), judged AS (
                        SELECT *, sum(old_e4) OVER person AS all_old,
                               sum(new_e4) OVER person AS all_new
                          FROM pairs WINDOW person AS (PARTITION BY payee_id)
                    )
                    SELECT %(first)s + (SELECT count(*) FROM %(table)s)
                           + row_number() OVER (
                               ORDER BY abs(%(change)s) DESC, payee_id, bonus_id),
                           %(against)s, %(other)s, payee_id, bonus_id, old_e4, new_e4,
                           CASE WHEN all_old = 0 THEN 0 WHEN all_new = 0 THEN 1
                                WHEN new_e4 > old_e4 THEN 2 ELSE 3 END
                      FROM judged AS store %(join)s WHERE new_e4 <> old_e4
                    """,
                    table=table,
                    change=self._turned(SQL("(new_e4 - old_e4)"), company),
                    join=join,
                    now=self._amounts_by_bonus(),
                    before=other._amounts_by_bonus(),
                    first=first,
                    against=code,
                    other=other.id,
                )
            )
        changes._partition_attach(self.number)
        changes.invalidate_model()

    def _amounts_by_bonus(self):
        """SQL: payee, code and id of the bonus, amount, of everything paid in the run."""
        first, last = self.env["mlm.run.sum"]._id_range(self.number)
        return SQL(
            """
            SELECT store.payee_id, bonus.code, store.bonus_id, store.amount_e4
              FROM mlm_run_sum_store AS store
              JOIN mlm_plan_bonus AS bonus ON bonus.id = store.bonus_id
             WHERE store.id >= %s AND store.id < %s AND store.payee_id IS NOT NULL
               AND store.is_paid
            """,
            first,
            last,
        )

    def _action_changes(self, against=None):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Changes of %(run)s", run=self.display_name),
            "res_model": "mlm.run.change",
            "view_mode": "list,kanban,pivot,graph",
            "mobile_view_mode": "kanban",
            "help": Markup('<p class="o_view_nocontent_smiling_face">%s</p>')
            % self.env._("Nobody's amount changes."),
            "domain": self._id_domain("mlm.run.change"),
            "context": {f"search_default_{against}": 1} if against else {},
        }

    def action_changes(self):
        """Changes against the cycle before, or the preview before where there is one."""
        self.ensure_one()
        compared = [code for code, _run in self._get_compared()]
        return self._action_changes("preview" if 1 in compared else "posted")
