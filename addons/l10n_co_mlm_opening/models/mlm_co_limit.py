# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class MlmCoLimit(models.Model):
    """What the system before paid in the year counts for its limits."""

    _inherit = "mlm.co.limit"

    _depends = {"mlm.tax.opening": ["base_e4", "company_id", "concept", "date", "vat"]}

    @api.model
    def _get_paid_sql(self):
        return SQL(
            "%s UNION ALL SELECT company_id, extract(year FROM date)::int, vat, base_e4"
            " FROM mlm_tax_opening WHERE concept = 'income'",
            super()._get_paid_sql(),
        )
