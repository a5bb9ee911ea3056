# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.formats import Formats


class MlmDated(models.AbstractModel):
    """No entry is dated into months whose withholdings were declared, without a second person."""

    _inherit = "mlm.dated"

    def _get_date_problems(self, company, date):
        found = super()._get_date_problems(company, date)
        # sudo: which months are filed is no secret of whoever reads the posting
        for filing in self.env["mlm.co.filing"].sudo()._get_filed(company, date, date):
            # one that is filed again is another one
            key = self._get_date_key(company, date, f"filing {filing.id}")
            found[key] = self.env._(
                "%(company)s: the entries of %(name)s would be dated %(date)s, which is filed:"
                " %(filing)s.",
                company=company.display_name,
                name=self.display_name,
                date=Formats(self.env).day(date),
                filing=filing.description,
            )
        return found
