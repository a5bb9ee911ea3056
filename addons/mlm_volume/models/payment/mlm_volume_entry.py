# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class MlmVolumeEntry(models.Model):
    _inherit = "mlm.volume.entry"

    moment_text = fields.Char(
        string="Paid on",
        compute="_compute_moment_text",
        help="Moment of the sale in the network's time zone; only its day if nothing more is "
        "known about the payment.",
    )
    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="Entered the ledger after the last day of its cycle.",
    )

    @api.depends("moment", "network_id")
    @api.depends_context("lang")
    def _compute_moment_text(self):
        for entry in self:
            # sudo: where the network of the row keeps time
            entry.moment_text = entry.moment and entry.network_id.sudo()._sale_text(entry.moment)

    def _compute_is_late(self):
        late = self.search([("id", "in", self.ids), ("is_late", "=", True)])
        for entry in self:
            entry.is_late = entry in late

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain("id", "in", self._get_late_query())
        return domain if True in value else ~domain

    @api.model
    def _get_late_query(self):
        """Query of the ids of sales that entered the ledger after the end of their cycle."""
        return SQL(
            """(SELECT entry.id
                  FROM mlm_volume_entry entry
                  JOIN mlm_period period ON period.id = entry.period_id
                  JOIN mlm_network network ON network.id = period.network_id
                 WHERE entry.kind = 'sale' AND %s)""",
            self._get_late_condition(),
        )

    @api.model
    def _get_late_condition(self):
        return SQL(
            """entry.recorded_at >= (period.date_end + 1)::timestamp
                                    AT TIME ZONE network.tz AT TIME ZONE 'UTC'"""
        )

    def _get_sold_text(self):
        """``"17 Aug 2026 15:40 · Cycle 924"``, once for each of these sales; False without any."""
        texts = [f"{entry.moment_text} · {entry.period_id.display_name}" for entry in self]
        return "; ".join(dict.fromkeys(texts)) or False
