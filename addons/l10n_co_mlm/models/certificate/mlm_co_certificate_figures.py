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
SELECT document.tax_number, document.distributor_id, %(partner)s AS partner_id, %(day)s AS date,
       CASE line.code WHEN 'reteica' THEN 'ica' WHEN 'reteiva' THEN 'vat' ELSE 'income' END AS kind,
       CASE line.code WHEN 'reteica' THEN line.basis ->> 'municipality' END AS municipality,
       CASE WHEN line.basis ->> 'rule' = 'art383' THEN 'work'
            ELSE line.basis ->> 'concept' END AS concept,
       line.rate_e6, line.base_e4, line.amount_e4 AS withheld_e4,
       extract(year FROM %(day)s) = extract(year FROM move.date) AS is_posted
  FROM %(lines)s AS line
  JOIN %(documents)s AS document ON document.id = line.%(link)s
  JOIN account_move AS move ON move.id = document.move_id
  %(origin)s
 WHERE document.company_id = %(company)s
   AND line.code IN ('renta', 'withholding', 'reteica', 'reteiva')
   AND document.tax_number IS NOT NULL
   AND move.state = 'posted' AND %(day)s BETWEEN %(first)s AND %(last)s
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
        it is taken back; ``is_posted``: a deduction that was posted in the year that certifies
        it, which a law compares with the ledger. ``date`` is empty of what no two months can say.

        What is taken back counts where it was certified, whenever that is (D. 1189/1988 art. 5).
        """
        period = {"company": company.id, "first": first, "last": last}
        return [
            SQL(
                _DOCUMENT,
                documents=SQL.identifier("mlm_statement"),
                lines=SQL.identifier("mlm_statement_deduction"),
                link=SQL.identifier("statement_id"),
                partner=SQL("NULL::int"),
                day=SQL("move.date"),
                origin=SQL(),
                **period,
            ),
            SQL(
                _DOCUMENT,
                documents=SQL.identifier("mlm_adjustment"),
                lines=SQL.identifier("mlm_adjustment_deduction"),
                link=SQL.identifier("adjustment_id"),
                partner=SQL("document.partner_id"),
                day=SQL("coalesce(origin.accounting_date, move.date)"),
                origin=SQL(
                    "LEFT JOIN mlm_adjustment AS origin ON origin.id = document.reverses_id"
                ),
                **period,
            ),
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
                            ELSE coalesce(ceil(extract(month FROM date) / 2), 0)::int
                            END AS period,
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
        """Return ``{tax number: contact}``: who holds or held the code that was paid and bears
        the number; else who was paid.

        That somebody else says to have the number proves nothing: people of the portal write
        their own contact, and who has a certificate there reads it.

        :param figures: see `_get_figures`
        """
        partners = self.env["res.partner"].with_context(active_test=False)
        # sudo: contacts of what is certified, whoever asks
        members = self.env["mlm.distributor"].sudo()
        members = members.browse({one["distributor_id"] for one in figures.values()} - {0})
        former = members._get_former_holders()
        paid = {
            one.id: one.partner_id | former.get(one.id, one.partner_id.browse()) for one in members
        }
        known = partners.union(
            *paid.values(),
            partners.browse({one["partner_id"] for one in figures.values()} - {0}),
        )._mlm_tax_number()
        people = {}
        for key, one in figures.items():
            number = key[0]
            candidates = partners.browse(one["partner_id"] or ()) | paid.get(
                one["distributor_id"], partners.browse()
            )
            bears = candidates.filtered(lambda who, number=number: known[who.id] == number)
            person = bears[:1] or self._get_last_paid(number, one)
            if person and (bears or number not in people):
                people[number] = partners.browse(person.id)
        return people

    @api.model
    def _get_last_paid(self, number, one):
        """The contact that the last document with a number paid, which bears it no longer.

        :param one: figures of the number
        """
        if one["partner_id"]:
            return self.env["res.partner"].browse(one["partner_id"])
        # sudo: as in `_get_people`
        statements = self.env["mlm.statement"].sudo()
        domain = [("tax_number", "=", number), ("distributor_id", "=", one["distributor_id"])]
        return statements.search(domain, order="id desc", limit=1).partner_id
