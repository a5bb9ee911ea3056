# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

#: columns of a source, see `_get_sources`
_COLUMNS = (
    "tax_number, distributor_id, partner_id, date, kind, municipality, concept, rate_e6,"
    " base_e4, withheld_e4, is_posted"
)
_DOCUMENT = """
SELECT document.tax_number, document.distributor_id, %(partner)s AS partner_id, move.date,
       CASE line.code WHEN 'reteica' THEN 'ica' WHEN 'reteiva' THEN 'vat' ELSE 'income' END AS kind,
       CASE line.code WHEN 'reteica' THEN line.basis ->> 'municipality' END AS municipality,
       CASE WHEN line.basis ->> 'rule' = 'art383' THEN 'work'
            ELSE line.basis ->> 'concept' END AS concept,
       line.rate_e6, line.base_e4, line.amount_e4 AS withheld_e4, TRUE AS is_posted
  FROM %(lines)s AS line
  JOIN %(documents)s AS document ON document.id = line.%(link)s
  JOIN account_move AS move ON move.id = document.move_id
 WHERE document.company_id = %(company)s
   AND line.code IN ('renta', 'withholding', 'reteica', 'reteiva')
   AND document.tax_number IS NOT NULL
   AND move.state = 'posted' AND move.date BETWEEN %(first)s AND %(last)s
"""


class MlmCoCertificate(models.Model):
    """What a year's certificates say: one question to the database for a whole company."""

    _inherit = "mlm.co.certificate"

    @api.model
    def _get_sources(self, company, first, last):
        """Return SQL parts that give what was withheld from the first to the last day.

        Each gives, of one company: ``tax_number``; ``distributor_id`` and ``partner_id``, null
        where not known; ``date``; ``kind`` income, vat or ica; ``municipality`` (code), ``concept``
        and ``rate_e6``, null where there is none; ``base_e4`` and ``withheld_e4``, negative where
        it is taken back; ``is_posted``: a deduction of a statement or adjustment, which a law
        compares with the ledger.
        """
        documents = [
            ("mlm_statement", "mlm_statement_deduction", "statement_id", SQL("NULL::int")),
            (
                "mlm_adjustment",
                "mlm_adjustment_deduction",
                "adjustment_id",
                SQL("document.partner_id"),
            ),
        ]
        return [
            SQL(
                _DOCUMENT,
                documents=SQL.identifier(document),
                lines=SQL.identifier(lines),
                link=SQL.identifier(link),
                partner=partner,
                company=company.id,
                first=first,
                last=last,
            )
            for document, lines, link, partner in documents
        ]

    @api.model
    def _get_figures(self, company, first, last):
        """Return what the certificates of a company and year say.

        :return: ``{key: {lines: ((concept, rate_e6, base_e4, withheld_e4), …), base_e4,
            withheld_e4, posted_e4, distributor_id, partner_id}}``; the key has the values of `KEY`
            but the year; only where something is withheld in the end
        """
        parts = [
            SQL("SELECT %s FROM (%s) AS part", SQL(_COLUMNS), part)
            for part in self._get_sources(company, first, last)
        ]
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tax_number, kind,
                       CASE kind WHEN 'income' THEN 0
                            ELSE ceil(extract(month FROM date) / 2)::int END AS period,
                       CASE kind WHEN 'ica' THEN coalesce(municipality, '') ELSE '' END AS town,
                       coalesce(concept, '') AS subject, coalesce(rate_e6, 0) AS rate,
                       sum(base_e4)::int8, sum(withheld_e4)::int8,
                       coalesce(sum(withheld_e4) FILTER (WHERE is_posted), 0)::int8,
                       max(distributor_id), max(partner_id)
                  FROM (%s) AS source
                 GROUP BY tax_number, kind, period, town, subject, rate
                HAVING sum(base_e4) <> 0 OR sum(withheld_e4) <> 0
                 ORDER BY tax_number, kind, period, town, subject, rate
                """,
                SQL(" UNION ALL ").join(parts),
            )
        )
        found = {}
        for *key, concept, rate_e6, base_e4, withheld_e4, posted_e4, distributor, partner in rows:
            one = found.setdefault(
                tuple(key),
                {
                    "lines": (),
                    "base_e4": 0,
                    "withheld_e4": 0,
                    "posted_e4": 0,
                    "distributor_id": 0,
                    "partner_id": 0,
                },
            )
            one["lines"] += ((concept or False, rate_e6, base_e4, withheld_e4),)
            one["base_e4"] += base_e4
            one["withheld_e4"] += withheld_e4
            one["posted_e4"] += posted_e4
            one["distributor_id"] = max(one["distributor_id"], distributor or 0)
            one["partner_id"] = max(one["partner_id"], partner or 0)
        return {key: one for key, one in found.items() if one["withheld_e4"] > 0}

    @api.model
    def _get_people(self, figures):
        """Return ``{tax number: contact}``: who bears the number now, else who was paid.

        :param figures: see `_get_figures`
        """
        numbers = {key[0] for key in figures}
        partners = self.env["res.partner"].with_context(active_test=False)
        same = partners._mlm_with_numbers(numbers)
        people, known = {}, same._mlm_tax_number()
        members = self.env["mlm.distributor"].browse(
            {one["distributor_id"] for one in figures.values()} - {0}
        )
        for partner in same.sorted("id", reverse=True):
            people[known[partner.id]] = partner
        for key, one in figures.items():
            number = key[0]
            paid = partners.browse(one["partner_id"] or ()) or (
                members.browse(one["distributor_id"]).partner_id
                if one["distributor_id"]
                else partners
            )
            if paid and (number not in people or known.get(paid.id) == number):
                people[number] = paid
        return people
