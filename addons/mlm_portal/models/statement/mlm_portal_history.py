# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ... import standing


class MlmPortalHistory(models.AbstractModel):
    """What the reader earned in the system before, by period; in no sum with ours."""

    _name = "mlm.portal.history"
    _description = "Previous Earnings in the Portal"

    @api.model
    def _domain(self, distributor):
        """Own history; of somebody who took the membership over, since then only."""
        domain = [("distributor_id", "=", distributor.id)]
        if distributor._get_former_holders()[distributor.id]:
            since = distributor.network_id._local_date(distributor._get_held_since())
            domain.append(("date_end", ">=", since))
        return domain

    @api.model
    def _count(self, distributor):
        """Return the number of periods."""
        return len(self._groups(distributor, ["date_end:day", "period"]))

    def _groups(self, distributor, by, limit=None, offset=0):
        return distributor.env["mlm.earning.history"]._read_group(
            self._domain(distributor),
            by,
            ["amount_e4:sum", "date_start:min"],
            order="date_end:day desc, period",
            limit=limit,
            offset=offset,
        )

    @api.model
    def _list(self, distributor, limit=None, offset=0):
        """One dict per period, newest first: ``period, start, end, total, bonuses``."""
        groups = self._groups(distributor, ["date_end:day", "period"], limit, offset)
        rows = distributor.env["mlm.earning.history"].search(
            [
                *self._domain(distributor),
                ("date_end", "in", [group[0] for group in groups]),
            ],
            order="bonus, id",
        )
        bonuses = {}
        for row in rows:
            bonuses.setdefault((row.date_end, row.period), []).append(
                {"name": row.bonus, "amount": standing.points(row.amount_e4)}
            )
        return [
            {
                "period": period,
                "start": start,
                "end": end,
                "total": standing.points(total_e4),
                "bonuses": bonuses[end, period],
            }
            for end, period, total_e4, start in groups
        ]
