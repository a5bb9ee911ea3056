# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class MlmExchangeRate(models.Model):
    _inherit = "mlm.exchange.rate"

    @api.model
    def _find_rate_e6(self, company, currency, date):
        """Return the rate as `_get_rate_e6` does; ``None`` where none is valid that day."""
        try:
            return self._get_rate_e6(company, currency, date)
        except UserError:
            return None
