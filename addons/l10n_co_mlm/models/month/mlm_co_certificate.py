# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class MlmCoCertificate(models.Model):
    """What was refunded is taken off where it was certified, whenever it was given back."""

    _inherit = "mlm.co.certificate"

    @api.model
    def _get_sources(self, company, first, last):
        return [
            *super()._get_sources(company, first, last),
            SQL(
                """
                SELECT refund.tax_number, refund.distributor_id, origin.partner_id, origin.date,
                       CASE refund.code WHEN 'reteica' THEN 'ica' WHEN 'reteiva' THEN 'vat'
                            ELSE 'income' END AS kind,
                       CASE refund.code WHEN 'reteica' THEN refund.basis ->> 'municipality'
                            END AS municipality,
                       CASE WHEN refund.basis ->> 'rule' = 'art383' THEN 'work'
                            ELSE refund.basis ->> 'concept' END AS concept,
                       (refund.basis ->> 'rate_e6')::int8 AS rate_e6, 0::int8 AS base_e4,
                       -refund.amount_e4 AS withheld_e4, FALSE AS is_posted
                  FROM mlm_co_excess AS refund
                  JOIN account_move_line AS origin ON origin.id = refund.item_id
                 WHERE refund.company_id = %s AND refund.state = 'posted'
                   AND origin.date BETWEEN %s AND %s
                """,
                company.id,
                first,
                last,
            ),
        ]
