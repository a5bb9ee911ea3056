# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: from this part of a limit on, in percent, people are told of
NEAR = 80
WHOLE = 100


class MlmCoLimit(models.Model):
    """How near a tax number came, in a year, to the limits that what one company pays decides.

    Above the one, commissions of natural persons bear the higher rate (RULES 56); from the
    other on, a natural person may become responsible for VAT (art. 437 par. 3 ET). Read from
    what is counted at posting.
    """

    _name = "mlm.co.limit"
    _description = "Limit of a Tax Number in a Year"
    _inherit = "mlm.guarded"
    _server_only = True
    _auto = False
    _log_access = False
    _rec_name = "partner_id"
    _order = "year desc, base desc, id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(readonly=True, aggregator=None)
    tax_number = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    distributor_id = fields.Many2one("mlm.distributor", readonly=True)
    base = fields.Monetary(
        string="Paid in the Year",
        readonly=True,
        aggregator=None,
        help="Commissions and prizes before VAT, of all codes with this tax number.",
    )
    rate_limit = fields.Monetary(string="Limit of the Rate", readonly=True, aggregator=None)
    vat_limit = fields.Monetary(string="Limit of VAT", readonly=True, aggregator=None)
    rate_share = fields.Float(string="Of 3,300 UVT", digits=(16, 1), readonly=True, aggregator=None)
    vat_share = fields.Float(string="Of 3,500 UVT", digits=(16, 1), readonly=True, aggregator=None)
    rate_near = fields.Boolean(
        string="Near the Higher Rate",
        readonly=True,
        help="A natural person at 80 % or more of the limit.",
    )
    vat_near = fields.Boolean(
        string="Near Responsibility for VAT",
        readonly=True,
        help="A natural person who is not responsible for VAT, at 80 % or more of the limit.",
    )
    advice = fields.Char(compute="_compute_advice", string="What Follows")

    _depends = {
        "mlm.co.base": ["date_from", "date_to", "kind", "uvt_e4"],
        "mlm.co.paid": ["base_e4", "company_id", "month", "tax_number"],
        "mlm.co.profile": [
            "company_id",
            "date_from",
            "date_to",
            "partner_id",
            "person",
            "state",
            "vat_responsible",
        ],
        "mlm.co.rate": ["date_from", "date_to", "switch_uvt_e4"],
        "mlm.co.uvt": ["value", "year"],
        "mlm.distributor": ["company_id", "partner_id"],
        "res.partner": ["l10n_latam_identification_type_id", "vat"],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            WITH law AS (
                SELECT uvt.year,
                       uvt.value * (SELECT max(rate.switch_uvt_e4) FROM mlm_co_rate AS rate
                                     WHERE rate.person = 'natural' AND %(rate)s) / 10000.0
                       AS rate_limit,
                       uvt.value * (SELECT max(base.uvt_e4) FROM mlm_co_base AS base
                                     WHERE base.kind = 'vat' AND %(base)s) / 10000.0
                       AS vat_limit
                  FROM mlm_co_uvt AS uvt
            ), paid AS (
                SELECT company_id, year, tax_number, sum(base_e4) / 10000.0 AS base
                  FROM (%(paid)s) AS part GROUP BY company_id, year, tax_number
            ), spelled AS (
                SELECT member.company_id, member.id AS distributor_id, contact.id AS partner_id,
                       upper(regexp_replace(contact.vat, '[^0-9A-Za-z]', '', 'g')) AS number,
                       type.l10n_co_document_code = 'rut' AS has_digit
                  FROM mlm_distributor AS member
                  JOIN res_partner AS contact ON contact.id = member.partner_id
                  LEFT JOIN l10n_latam_identification_type AS type
                    ON type.id = contact.l10n_latam_identification_type_id
            ), person AS (
                -- as `_mlm_tax_number`: of a NIT without its check digit, if that is right
                SELECT DISTINCT ON (company_id, number) * FROM (
                    SELECT company_id, distributor_id, partner_id, number FROM spelled
                     UNION ALL
                    SELECT company_id, distributor_id, partner_id, left(number, -1) FROM spelled
                     WHERE has_digit) AS either
                 ORDER BY company_id, number, distributor_id
            )
            SELECT ('x' || substr(md5(concat_ws('/', paid.company_id, paid.year,
                                                paid.tax_number)), 1, 13))::bit(52)::int8 AS id,
                   paid.company_id, paid.year, paid.tax_number, paid.base,
                   person.partner_id, person.distributor_id, law.rate_limit, law.vat_limit,
                   100 * paid.base / NULLIF(law.rate_limit, 0) AS rate_share,
                   100 * paid.base / NULLIF(law.vat_limit, 0) AS vat_share,
                   COALESCE(profile.person, 'natural') = 'natural'
                   AND COALESCE(100 * paid.base >= %(near)s * law.rate_limit, FALSE) AS rate_near,
                   COALESCE(profile.person, 'natural') = 'natural'
                   AND profile.vat_responsible IS NOT TRUE
                   AND COALESCE(100 * paid.base >= %(near)s * law.vat_limit, FALSE) AS vat_near
              FROM paid
              LEFT JOIN law ON law.year = paid.year
              LEFT JOIN person ON person.company_id = paid.company_id
                              AND person.number = paid.tax_number
              LEFT JOIN mlm_co_profile AS profile
                ON profile.company_id = paid.company_id AND profile.state = 'confirmed'
               AND profile.partner_id = person.partner_id
               AND profile.date_from <= %(today)s
               AND (profile.date_to IS NULL OR profile.date_to >= %(today)s)
            """,
            paid=self._get_paid_sql(),
            rate=self._in_year("rate"),
            base=self._in_year("base"),
            near=NEAR,
            today=fields.Date.context_today(self),
        )

    @api.model
    def _get_paid_sql(self):
        """SQL of ``(company_id, year, tax_number, base_e4)`` of what was paid, any number of
        rows for each."""
        return SQL(
            "SELECT company_id, extract(year FROM month)::int AS year, tax_number, base_e4"
            " FROM mlm_co_paid"
        )

    def _in_year(self, alias):
        """SQL: a row of the law is in force on the last day of the year of ``uvt``."""
        row = SQL.identifier(alias)
        return SQL(
            "%(row)s.date_from <= make_date(uvt.year, 12, 31)"
            " AND COALESCE(%(row)s.date_to >= make_date(uvt.year, 12, 31), TRUE)",
            row=row,
        )

    @api.depends("rate_near", "rate_share", "vat_near")
    @api.depends_context("lang")
    def _compute_advice(self):
        _ = self.env._
        for limit in self:
            said = []
            if limit.rate_near and limit.rate_share > WHOLE:
                said.append(_("The higher rate applies to what is paid from now on."))
            elif limit.rate_near:
                said.append(_("The payment that passes the limit bears the higher rate."))
            if limit.vat_near:
                said.append(
                    _("The person may have to become responsible for VAT: ask for the RUT.")
                )
            limit.advice = " ".join(said) or False
