# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class MlmCoCertificate(models.Model):
    """What the system before withheld in the year stands in its certificates too.

    It is known up to a day, and not by two months: of VAT and ICA it has a certificate of its own.
    """

    _inherit = "mlm.co.certificate"

    @api.model
    def _get_sources(self, company, first, last):
        before = SQL(
            """
            SELECT vat AS tax_number, NULL::int AS distributor_id, partner_id,
                   CASE concept WHEN 'income' THEN date END AS date, concept AS kind,
                   municipality, NULL::text AS concept, NULL::int AS rate_e6,
                   base_e4, withheld_e4, FALSE AS is_posted
              FROM mlm_tax_opening
             WHERE company_id = %(company)s AND date BETWEEN %(first)s AND %(last)s
            """,
            company=company.id,
            first=first,
            last=last,
        )
        return [*super()._get_sources(company, first, last), before]
