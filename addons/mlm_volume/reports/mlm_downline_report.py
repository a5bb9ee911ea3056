# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.exact import from_e4

from ..branch import BranchTotals

_OWN = ("own_pv", "own_cv")


class MlmDownlineReport(models.AbstractModel):
    """Own volume and volume of the branch in one cycle.

    In the sponsor tree it is all volume credited to a person, in a placement tree the
    volume that entered at the position: what was sold before a placement belongs to
    no leg. The branch is the person and everybody below, also those whom the filters
    leave out. The filter ``period_id`` names the cycle; without it, it is the one of
    the day.
    """

    _inherit = "mlm.downline.report"

    def _ask(self, *args):
        question = super()._ask(*args)
        question.period = self._get_period(question)
        return question

    def _get_period(self, question):
        if not self._sees_volume():
            return self.env["mlm.period"]
        network = question.root.network_id
        chosen = question.filters.get("period_id")
        if chosen:
            period = self.env["mlm.period"].browse(chosen).exists()
            if period.network_id != network:
                raise UserError(self.env._("Choose a cycle of %s.", network.display_name))
            return period
        periods = self.env["mlm.period"]
        return periods.search(
            [*periods._base_domain(network), ("date_start", "<=", self._get_day(question))],
            order="date_start desc, id desc",
            limit=1,
        )

    def _sees_volume(self):
        return self.env["mlm.volume.entry"].has_access("read")

    def _get_columns(self, question):
        columns = super()._get_columns(question)
        if question.period:
            columns += [
                column("own_pv", self.env._("Own PV"), "points", 11),
                column("own_cv", self.env._("Own CV"), "points", 11),
                column("branch_pv", self.env._("Branch PV"), "points", 12),
                column("branch_cv", self.env._("Branch CV"), "points", 12),
            ]
        return columns

    def _get_total_columns(self, question):
        columns = super()._get_total_columns(question)
        if question.period:
            columns += [
                column("own_pv", self.env._("PV"), "points", 12),
                column("own_cv", self.env._("CV"), "points", 12),
            ]
        return columns

    def _get_notes(self, question):
        notes = super()._get_notes(question)
        if question.period:
            notes.append(
                self.env._(
                    "Volume of %s; the branch is the person with everybody below.",
                    question.period.display_name,
                )
            )
        return notes

    def _get_parts(self, question):
        parts = super()._get_parts(question)
        if question.period:
            parts.joins.append(self._get_volume_join(question))
            for name in _OWN:
                volume = SQL.identifier("volume", name)
                parts.columns[name] = SQL("coalesce(%s, 0)", volume)
                parts.totals[name] = SQL("coalesce(sum(%s), 0)::bigint", volume)
        return parts

    def _get_volume_join(self, question):
        key, node = ("position_id", "node") if question.tree else (("distributor_id",) * 2)
        return SQL(
            """LEFT JOIN (SELECT %(key)s AS owner, sum(pv_e4)::bigint AS own_pv,
                                 sum(cv_e4)::bigint AS own_cv
                            FROM mlm_volume_entry WHERE period_id = %(period)s
                           GROUP BY %(key)s) volume ON volume.owner = walk.%(node)s""",
            key=SQL.identifier(key),
            node=SQL.identifier(node),
            period=question.period.id,
        )

    def _prepare_rows(self, question):
        context = super()._prepare_rows(question)
        if question.period:
            context["branch"] = BranchTotals(self._read_branches(question))
        return context

    def _read_branches(self, question):
        query = SQL(
            """%s SELECT walk.node, walk.parent, walk.level,
                         coalesce(volume.own_pv, 0) AS pv, coalesce(volume.own_cv, 0) AS cv
                    FROM walk %s ORDER BY walk.node""",
            self._get_walk(question),
            self._get_volume_join(question),
        )
        for rows in self._stream(query):
            for row in rows:
                yield row["node"], row["parent"], row["level"], row["pv"], row["cv"]

    def _finish_rows(self, rows, question, context):
        rows = super()._finish_rows(rows, question, context)
        if question.period:
            for row in rows:
                branch_pv, branch_cv = context["branch"].get(row["node"])
                row.update(
                    own_pv=from_e4(row["own_pv"]),
                    own_cv=from_e4(row["own_cv"]),
                    branch_pv=from_e4(branch_pv),
                    branch_cv=from_e4(branch_cv),
                )
        return rows

    def _finish_total(self, row):
        row = super()._finish_total(row)
        for name in _OWN:
            if name in row:
                row[name] = from_e4(row[name])
        return row
