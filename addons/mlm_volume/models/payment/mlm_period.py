# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.formats import Formats

from ..period.mlm_period import ACCEPTING


class MlmPeriod(models.Model):
    """Payments of an older day that is not closed yet: each says so, and the cycle lists them."""

    _inherit = "mlm.period"

    late_count = fields.Integer(string="Late payments", compute="_compute_late_count")

    def _compute_late_count(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT late.period_id, count(DISTINCT line.move_id)
                     FROM mlm_volume_entry late
                     JOIN account_move_line line ON line.id = late.move_line_id
                    WHERE late.period_id = ANY(%s) AND late.id IN %s
                    GROUP BY late.period_id""",
                self.ids,
                self.env["mlm.volume.entry"]._get_late_query(),
            )
        )
        counts = dict(rows)
        for period in self:
            period.late_count = counts.get(period.id, 0)

    def action_view_late(self):
        self.ensure_one()
        return {
            **self.action_view_entries(),
            "name": self.env._("Late payments of %(period)s", period=self.display_name),
            "view_mode": "list,kanban,pivot,form",
            "mobile_view_mode": "kanban",
            "domain": [("period_id", "=", self.id), ("is_late", "=", True)],
            "context": {},
        }

    @api.model
    def _late_text(self, network, day, registered, taken):
        """Say that a payment of an earlier cycle than that of its registration counts there,
        or where it counts instead.

        :param day: on which it was paid
        :param registered: day on which it is, or was, registered
        :param taken: cycle that has taken the sale, empty before
        :return: a sentence, or False
        """
        own, present = (self._containing(network, one) for one in (day, registered))
        if not own or not present or own.number >= present.number:
            return False
        taken = taken or self.search(
            [
                *self._base_domain(network),
                ("state", "in", ACCEPTING),
                ("date_end", ">=", day),
            ],
            order="number",
            limit=1,
        )
        names = {
            "date": Formats(self.env).day(day),
            "own": own.display_name,
            "present": present.display_name,
            "taken": taken.display_name,
        }
        if taken == own:
            return self.env._(
                "Late payment: paid on %(date)s, it counts in %(own)s, and not in %(present)s, in"
                " which it is registered.",
                **names,
            )
        return self.env._(
            "Late payment: paid on %(date)s, in %(own)s, which takes no more sales. It counts in"
            " %(taken)s.",
            **names,
        )

    @api.model
    def _containing(self, network, day):
        return self.search(
            [
                *self._base_domain(network),
                ("date_start", "<=", day),
                ("date_end", ">=", day),
            ],
            limit=1,
        )
