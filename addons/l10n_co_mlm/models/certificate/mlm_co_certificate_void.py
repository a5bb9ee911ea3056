# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal

_KINDS = {"renta": "income", "withholding": "income", "reteiva": "vat", "reteica": "ica"}


class MlmCoCertificate(models.Model):
    """A certificate is void as soon as something of it is taken back or refunded (D. 1189/1988
    art. 5); the next issue of its year replaces it."""

    _inherit = "mlm.co.certificate"

    @api.model
    def _void_taken_back(self, company, number, codes, day):
        """Make void what says that something is withheld which no longer is.

        :param number: tax number of the document
        :param codes: of the deductions that were taken back
        :param day: of the document that had withheld them
        """
        kinds = {_KINDS[code] for code in codes if code in _KINDS}
        # sudo: whoever may post makes certificates void by it
        issued = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("tax_number", "=", number),
                ("kind", "in", list(kinds)),
                ("year", "=", day.year),
                ("period", "in", (0, (day.month + 1) // 2)),
                ("state", "=", "issued"),
            ]
        )
        as_internal(issued).write({"state": "void", "voided_at": self.env.cr.now()})


class MlmAdjustment(models.Model):
    _inherit = "mlm.adjustment"

    def _post_of_day(self, company, date, decider):
        result = super()._post_of_day(company, date, decider)
        certificates = self.env["mlm.co.certificate"]
        for back in self.filtered("reverses_id"):
            codes = back.deduction_ids.mapped("code")
            certificates._void_taken_back(
                company, back.tax_number, codes, back.reverses_id.accounting_date
            )
        return result
