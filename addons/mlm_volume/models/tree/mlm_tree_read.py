# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

NAMES = ("pv_e4", "cv_e4")


class MlmTreeRead(models.AbstractModel):
    """Volume on the cards: of the person and of the branch, in one cycle."""

    _inherit = "mlm.tree.read"

    def _get_period(self, scope):
        """The cycle of the moment asked about; now, the one that a sale of today enters."""
        periods = self.env["mlm.period"]
        if scope.viewer is None and not self.env["mlm.volume.entry"].has_access("read"):
            return periods
        moment = scope.at or self.env.cr.now()
        day = periods._local_date(scope.network, moment)
        cycles = periods._base_domain(scope.network)
        around = [("date_start", "<=", day), ("date_end", ">=", day)]
        if scope.at:
            return periods.search(cycles + around, limit=1)
        accepting = [*cycles, ("state", "in", ("open", "grace"))]
        return periods.search(accepting + around, limit=1) or periods.search(
            accepting, order="number", limit=1
        )

    def _get_branch_measures(self, scope):
        period = self._get_period(scope)
        if not period:
            return super()._get_branch_measures(scope)
        query = SQL(
            """SELECT sum(v.pv_e4), sum(v.cv_e4) FROM mlm_volume_entry v
                WHERE v.period_id = %s AND v.distributor_id = c.id AND %s""",
            period.id,
            SQL("v.position_id = walked.id") if scope.tree else SQL("TRUE"),
        )
        return [*super()._get_branch_measures(scope), (NAMES, query)]

    def _kept_dict(self, scope, kept, names):
        found = super()._kept_dict(scope, kept, names)
        if kept.get("period_id") and kept["period_id"][0] != self._get_period(scope).id:
            # counted in an earlier cycle: better no figure than that one's
            found.update(dict.fromkeys(NAMES))
        return found

    def _card_data(self, scope, cards):
        super()._card_data(scope, cards)
        period = self._get_period(scope)
        if not period:
            return
        own = self._get_own_volume(period, scope, cards)
        for node, card in cards.items():
            card["pv"], card["cv"] = own.get(node, (0, 0))
            branch = card["branch"]
            for name in NAMES:
                value = branch.pop(name, None)
                branch[name[:2]] = None if value is None else value / 10_000

    def _get_own_volume(self, period, scope, cards):
        node_of = {card["person"]: node for node, card in cards.items()}
        by_position = bool(scope.tree)
        rows = self.env.execute_query(
            SQL(
                """SELECT %s, sum(pv_e4) / 10000.0, sum(cv_e4) / 10000.0 FROM mlm_volume_entry
                    WHERE period_id = %s AND distributor_id = ANY(%s) GROUP BY 1""",
                SQL("position_id") if by_position else SQL("distributor_id"),
                period.id,
                list(node_of),
            )
        )
        return {
            node if by_position else node_of[node]: (float(pv), float(cv))
            for node, pv, cv in rows
            if node
        }

    def _get_legend(self, scope):
        period = self._get_period(scope)
        legend = super()._get_legend(scope)
        if period:
            legend["volume_cycle"] = period.number
            legend["colours"].append("volume")
        return legend
