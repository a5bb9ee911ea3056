# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import time, timezone
from zoneinfo import ZoneInfo

from odoo import models

from odoo.addons.mlm_base.formats import Formats


class MlmNetwork(models.Model):
    _inherit = "mlm.network"

    def _sale_text(self, moment):
        """``"17 Aug 2026 15:40"`` of a sale, where the network keeps time; its day only where
        nothing else is known of it, which is what noon sharp stands for.

        :param moment: naive UTC
        """
        self.ensure_one()
        local = moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(self.tz))
        if local.time() == time(12):
            return Formats(self.env).day(local.date())
        return self._local_text(moment)
