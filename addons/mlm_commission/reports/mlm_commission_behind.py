# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.telling import explain as engine_explain

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import from_e4

# The whole run is computed once more for it: not for large runs, nor for crowds.
RUN_ROWS = 200_000
PEOPLE = 20
BROUGHT_FORWARD, OWN_EXCESS = -1, -2


class MlmCommissionReport(models.AbstractModel):
    """The orders behind an amount that comes from no single order: a binary, or a bonus
    with one row for all orders of a buyer."""

    _inherit = "mlm.commission.report"

    def _read_behind(self, run, rows):
        """Return the orders behind rows that have several, or [] where the run is too large.

        :param rows: dicts of `_read_rows`
        :return: list of dicts ``bonus``, ``position``, ``order``, ``day``, ``buyer``,
            ``buyer_name``, ``base`` (volume that counted) and ``amount`` (share of the
            amount; the shares of a row sum to it exactly)
        """
        several = self._get_several(run)
        wanted = [
            row
            for row in rows
            if row["amount_e4"]
            and not row["day"]
            and (row["position"] or row["bonus_id"] in several)
        ]
        people = {row["payee_id"] for row in wanted}
        if not wanted or len(people) > PEOPLE or run.earning_count > RUN_ROWS:
            return []
        view = run._view()
        first, _last = self.env["mlm.earning"]._id_range(run.number)
        found = []
        for row in wanted:
            index = row["id"] - first - 1
            parts = engine_explain.behind(view, index)
            for at, weight_e4, share_e4 in zip(*(part.tolist() for part in parts), strict=True):
                found.append((row, at, weight_e4, share_e4))
        entries = self._read_entries(
            run, {int(view.snapshot.row_id[at]) for _row, at, *_figures in found if at >= 0}
        )
        names = {
            BROUGHT_FORWARD: self.env._("Brought forward"),
            OWN_EXCESS: self.env._("Excess of own purchases"),
        }
        nothing = {"order": "", "day": None, "buyer": "", "buyer_name": ""}
        return [
            {
                **(
                    entries[int(view.snapshot.row_id[at])]
                    if at >= 0
                    else {**nothing, "order": names[at]}
                ),
                "bonus": row["bonus"],
                "position": row["position"],
                "payee": row["payee"],
                "base": from_e4(weight_e4),
                "amount": from_e4(share_e4),
            }
            for row, at, weight_e4, share_e4 in found
        ]

    def _get_several(self, run):
        """Ids of the bonuses with one row for all orders of a buyer."""
        plan, bonuses = run.version_id._plan(), run.version_id.bonus_ids
        codes = [one["code"] for one in plan["bonuses"] if one.get("grain") == "source"]
        return set(bonuses.filtered(lambda one: one.code in codes).ids)

    def _read_entries(self, run, entry_ids):
        """``{entry id: {order, day, buyer, buyer_name}}`` of ledger rows."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT entry.id, buyer.code AS buyer, %(buyer_name)s AS buyer_name,
                       (entry.moment AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day,
                       coalesce(%(order)s, move.name) AS "order"
                  FROM mlm_volume_entry entry
                  LEFT JOIN mlm_distributor buyer ON buyer.id = entry.buyer_id
                  LEFT JOIN res_partner person ON person.id = buyer.partner_id
                  LEFT JOIN account_move_line line ON line.id = entry.move_line_id
                  LEFT JOIN account_move move ON move.id = line.move_id
                 WHERE entry.id = ANY(%(ids)s)
                """,
                tz=run.network_id.tz,
                buyer_name=self.env["mlm.distributor"]._get_name_column(
                    "buyer", SQL("person.name")
                ),
                order=self._order_name(),
                ids=list(entry_ids),
            )
        )
        return {row.pop("id"): row for row in rows}
