# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column


class MlmDownlineReport(models.AbstractModel):
    """Rank and activity of the posted cycle that the report shows, or the last before.

    Further filters: ``rank_from`` (number of the rank in the plan), ``activity``
    ("active" or "inactive") and ``generation_rank`` (number of the rank that ends a
    generation).
    """

    _inherit = "mlm.downline.report"

    def _ask(self, *args):
        question = super()._ask(*args)
        question.run = self._get_run(question)
        return question

    def _get_run(self, question):
        """Return the run whose ranks and activity are shown, as sudo record, or none."""
        # sudo: who may see the person may see rank and activity, as on the form
        runs = self.env["mlm.run"].sudo()
        if not question.period:
            return runs
        return runs._last_deciding_ranks(question.root.network_id, question.period.date_end)

    def _get_ranks(self, question):
        return {rank.sequence: rank.name for rank in question.run.version_id.rank_ids}

    def _get_activities(self):
        return {1: self.env._("Active"), 0: self.env._("Inactive")}

    def _get_columns(self, question):
        columns = super()._get_columns(question)
        if not question.run:
            return columns
        more = [
            column("rank", self.env._("Rank"), "choice", 14, self._get_ranks(question)),
            column("active", self.env._("Activity"), "choice", 10, self._get_activities()),
        ]
        at = next(n for n, one in enumerate(columns) if one["name"] == "joined")
        return columns[:at] + more + columns[at:]

    def _get_total_columns(self, question):
        columns = super()._get_total_columns(question)
        if question.run:
            columns.insert(1, column("active", self.env._("Active"), "number", 10))
        return columns

    def _get_notes(self, question):
        notes = super()._get_notes(question)
        if question.run:
            notes.append(
                self.env._(
                    "Rank and activity of %s, the last posted one.",
                    question.run.period_id.display_name,
                )
            )
        end = self._get_ranks(question).get(question.filters.get("generation_rank"))
        if end and question.group_by == "generation":
            notes.append(
                self.env._("A generation ends with the first person of rank %s or higher.", end)
            )
        return notes

    def _get_parts(self, question):
        parts = super()._get_parts(question)
        if not question.run:
            return parts
        filters = question.filters
        parts.joins += [
            question.run._join_figures("figures", SQL("walk.distributor_id")),
        ]
        parts.columns["rank"] = SQL("figures.rank")
        parts.columns["active"] = SQL("coalesce(figures.active, FALSE)::int")
        parts.totals["active"] = SQL("count(*) FILTER (WHERE figures.active)")
        if filters.get("rank_from"):
            parts.where.append(SQL("figures.rank >= %s", filters["rank_from"]))
        if filters.get("activity"):
            wanted = filters["activity"] == "active"
            parts.where.append(SQL("coalesce(figures.active, FALSE) = %s", wanted))
        return parts

    def _get_generation_end(self, question):
        rank = question.filters.get("generation_rank")
        if question.group_by != "generation" or not rank or not question.run:
            return super()._get_generation_end(question)
        first, _last = self.env["mlm.measure"]._id_range(question.run.number)
        return SQL(
            """EXISTS (SELECT 1 FROM mlm_measure_store leader
                        WHERE leader.id = %s + walk.distributor_id AND leader.rank >= %s)""",
            first,
            rank,
        )
