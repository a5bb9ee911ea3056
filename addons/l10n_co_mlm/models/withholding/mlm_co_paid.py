# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary

from ...tax import Before


class MlmCoPaid(models.Model):
    """What a company has paid to a tax number in a month, over all codes, without IVA (RULES 56).

    One statement for each posted part adds to it: two parts that add to one number at the
    same time collide, and the later one is tried again. A law compares it with the documents.
    """

    _name = "mlm.co.paid"
    _description = "Paid to a Tax Number in a Month"
    _inherit = "mlm.guarded"
    _order = "month desc, base_e4 desc"
    _rec_name = "tax_number"
    _log_access = False
    _server_only = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    tax_number = fields.Char(required=True, readonly=True, help="Without check digit.")
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    base_e4 = BigInteger(string="Paid (ten-thousandths)", required=True)
    income_e4 = BigInteger(string="Income Tax Withheld (ten-thousandths)", required=True)
    base = ScaledMonetary(scaled="base_e4", string="Paid")
    income = ScaledMonetary(scaled="income_e4", string="Income Tax Withheld")

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, tax_number, month)", "A number has one row for each month."
    )

    @api.model
    def _add(self, company, date, paid):
        """Add what a posted document pays.

        :param date: its accounting date
        :param dict paid: ``{tax number: (base, income tax withheld)}`` in ten-thousandths
        """
        # in one order, so that two of them wait for each other and never in a circle
        rows = [(number, *paid[number]) for number in sorted(paid) if any(paid[number])]
        if not rows:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO mlm_co_paid (company_id, tax_number, month, base_e4, income_e4)
                SELECT %(company)s, number, %(month)s, base_e4, income_e4
                  FROM unnest(%(numbers)s::text[], %(bases)s::int8[], %(taxes)s::int8[])
                       AS paid(number, base_e4, income_e4)
                    ON CONFLICT (company_id, tax_number, month) DO UPDATE
                   SET base_e4 = mlm_co_paid.base_e4 + EXCLUDED.base_e4,
                       income_e4 = mlm_co_paid.income_e4 + EXCLUDED.income_e4
                RETURNING id
                """,
                company=company.id,
                month=date.replace(day=1),
                numbers=[number for number, __, __ in rows],
                bases=[base_e4 for __, base_e4, __ in rows],
                taxes=[income_e4 for __, __, income_e4 in rows],
            )
        )
        self.invalidate_model()

    @api.model
    def _get_before(self, company, numbers, date):
        """Return ``{tax number: tax.Before}`` of what was paid in the year of a day.

        :param numbers: tax numbers; those without payments may be absent in the answer
        """
        month = date.replace(day=1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tax_number, sum(base_e4)::int8,
                       coalesce(sum(base_e4) FILTER (WHERE month = %(month)s), 0)::int8,
                       coalesce(sum(income_e4) FILTER (WHERE month = %(month)s), 0)::int8
                  FROM mlm_co_paid
                 WHERE company_id = %(company)s AND tax_number = ANY(%(numbers)s)
                   AND month >= %(begin)s AND month <= %(end)s
                 GROUP BY tax_number
                """,
                company=company.id,
                numbers=list(numbers),
                month=month,
                begin=date.replace(month=1, day=1),
                end=date.replace(month=12, day=31),
            )
        )
        return {number: Before(*sums) for number, *sums in rows}
