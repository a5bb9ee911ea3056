# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import models


class MlmAdjustment(models.Model):
    """An adjustment belongs in the fiscal year in which it was asked for."""

    _name = "mlm.adjustment"
    _inherit = ["mlm.adjustment", "mlm.dated"]

    def _get_posting_days(self):
        if self.state != "requested" or not self.distributor_id:
            return {}
        today = self.env["mlm.period"]._today(self.network_id)
        return {self.company_id: self._open_date(self.accounting_date or today)}

    def _get_day_due(self):
        asked = self.requested_at.replace(tzinfo=timezone.utc)
        return asked.astimezone(ZoneInfo(self.network_id.tz)).date()

    def _get_date_askers(self):
        return self._get_askers()
