# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was posted before counts towards the year of each tax number."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.mlm_base.migrating import unguarded


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].search([]).filtered(env["mlm.deduction"]._is_colombian)
    for table, amount, line, link in (
        ("mlm_statement", "gross_e4", "mlm_statement_deduction", "statement_id"),
        ("mlm_adjustment", "amount_e4", "mlm_adjustment_deduction", "adjustment_id"),
    ):
        _number(env, table, companies)
        cr.execute(
            SQL(
                """
                INSERT INTO mlm_co_paid (company_id, tax_number, month, base_e4, income_e4)
                SELECT document.company_id, document.tax_number,
                       date_trunc('month', move.date)::date, sum(document.%(amount)s),
                       sum(coalesce(taken.amount_e4, 0))
                  FROM %(table)s AS document
                  JOIN account_move AS move ON move.id = document.move_id
                  LEFT JOIN LATERAL (
                       SELECT sum(line.amount_e4) AS amount_e4 FROM %(line)s AS line
                        WHERE line.%(link)s = document.id AND line.code IN ('renta', 'withholding')) AS taken ON TRUE
                 WHERE document.tax_number IS NOT NULL
                 GROUP BY 1, 2, 3
                    ON CONFLICT (company_id, tax_number, month) DO UPDATE
                   SET base_e4 = mlm_co_paid.base_e4 + EXCLUDED.base_e4,
                       income_e4 = mlm_co_paid.income_e4 + EXCLUDED.income_e4
                """,
                table=SQL.identifier(table),
                amount=SQL.identifier(amount),
                line=SQL.identifier(line),
                link=SQL.identifier(link),
            )
        )


def _number(env, table, companies):
    """Write the tax number of who was paid on documents that were posted before it was kept."""
    model = env[table.replace("_", ".", 1).replace("_", ".")]
    records = model.search([("company_id", "in", companies.ids), ("move_id", "!=", False)])
    numbers = records.partner_id._mlm_tax_number()
    rows = [(one.id, numbers[one.partner_id.id]) for one in records if one.partner_id]
    with unguarded(env.cr, table):
        env.cr.execute(
            SQL(
                "UPDATE %s AS document SET tax_number = new.number"
                " FROM unnest(%s::int[], %s::text[]) AS new(id, number) WHERE document.id = new.id",
                SQL.identifier(table),
                [one for one, __ in rows],
                [number for __, number in rows],
            )
        )
    model.invalidate_model()
