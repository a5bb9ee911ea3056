# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.l10n_co_mlm.tax import NOTHING, Before


class MlmDeduction(models.AbstractModel):
    """The year to date of a tax number begins with what the system before had paid (RULES 56)."""

    _inherit = "mlm.deduction"

    @api.model
    def _get_paid_before(self, company, numbers, date):
        before = super()._get_paid_before(company, numbers, date)
        # sudo: whoever asks what is withheld needs no right on what was brought
        rows = (
            self.env["mlm.tax.opening"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("concept", "=", "income"),
                    ("vat", "in", list(numbers)),
                    ("date", ">=", date.replace(month=1, day=1)),
                    ("date", "<=", date.replace(month=12, day=31)),
                ]
            )
        )
        for row in rows:
            known = before.get(row.vat, NOTHING)
            # of which month it was is not known: article 383 counts what is posted here
            before[row.vat] = Before(
                known.year_e4 + row.base_e4, known.month_e4, known.month_withheld_e4
            )
        return before
