# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ...roles import SEES_MONEY

# half a year of weeks, two years of months
HISTORY = 26


class MlmDistributor(models.Model):
    """Rank paid as and title of a person, period by period."""

    _inherit = "mlm.distributor"

    mlm_rank_history = fields.Json(compute="_compute_mlm_rank_history", string="Rank history")
    mlm_rank_override_ids = fields.One2many(
        "mlm.rank.override", "distributor_id", string="Ranks by decision", groups=SEES_MONEY
    )

    @api.depends_context("lang")
    def _compute_mlm_rank_history(self):
        """``{"ranks": [names, the lowest first], "periods": [{"name", "rank", "title",
        "rank_name", "title_name"}]}``, the oldest period first; empty without runs."""
        for member in self:
            # sudo: the ranks of a person whom the user may see
            runs = self.env["mlm.run"].sudo()._deciding_ranks(member.network_id, HISTORY)
            member.mlm_rank_history = member._read_rank_history(runs) if runs else False

    def _read_rank_history(self, runs):
        self.ensure_one()
        pieces = []
        for run in runs:
            first, _last = self.env["mlm.measure"]._id_range(run.number)
            pieces.append(
                SQL(
                    "SELECT %s, coalesce(rank, 0), coalesce(title, 0) FROM mlm_measure_store"
                    " WHERE id = %s",
                    run.id,
                    first + self.id,
                )
            )
        rows = self.env.execute_query(SQL(" UNION ALL ").join(pieces))
        values = {run_id: held for run_id, *held in rows}
        names = {
            version: {rank.sequence: rank.name for rank in version.rank_ids}
            for version in runs.version_id
        }
        periods = []
        for run in runs.sorted(lambda one: one.period_id.date_end):
            if run.period_id.date_end < self.join_date:
                continue
            rank, title = values.get(run.id, (0, 0))
            periods.append(
                {
                    "name": run.period_id.display_name,
                    "rank": rank,
                    "title": title,
                    "rank_name": names[run.version_id].get(rank, ""),
                    "title_name": names[run.version_id].get(title, ""),
                }
            )
        if not periods:
            return False
        known = names[runs[:1].version_id]
        return {"ranks": [known[place] for place in sorted(known)], "periods": periods}

    def action_mlm_ask_rank(self):
        """Open a new request of a rank by decision."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rank for %(name)s", name=self.display_name),
            "res_model": "mlm.rank.override",
            "view_mode": "form",
            "context": {"default_distributor_id": self.id},
        }
