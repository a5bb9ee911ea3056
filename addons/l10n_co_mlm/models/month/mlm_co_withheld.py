# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..law.mlm_co_rate import CONCEPTS

#: of each return, the taxes that it declares
FORMS = {"350": ("income", "vat"), "ica": ("ica",)}
#: what a return declares, by where a row comes from
DECLARED = ("commissions", "books")


class MlmCoWithheld(models.Model):
    """The ledger of what is withheld: a row for each journal item on the accounts of withholdings.

    Items of commission entries carry concept, kind of person and municipality of their
    deduction: the n-th of one account and amount in one sealed entry belong together, for they
    are written in one order. An item without its deduction stands alone, as a difference. All
    other items come from accounting: by their tax, or without one as payments and corrections,
    which no return declares. So the rows are always the whole ledger.
    """

    _name = "mlm.co.withheld"
    _description = "Withholdings in the Ledger"
    _inherit = "mlm.guarded"
    _server_only = True
    _auto = False
    _log_access = False
    _order = "date desc, id desc"
    _rec_name = "move_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Date(readonly=True)
    move_id = fields.Many2one("account.move", string="Journal entry", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    tax_id = fields.Many2one("account.tax", string="Tax of Accounting", readonly=True)
    kind = fields.Selection(
        [("income", "Income tax"), ("vat", "VAT"), ("ica", "ICA")], string="Tax", readonly=True
    )
    origin = fields.Selection(
        [
            ("commissions", "Commissions"),
            ("books", "Accounting"),
            ("difference", "Differs from its deduction"),
            ("other", "Payments and corrections"),
        ],
        string="Comes From",
        readonly=True,
        help="A return declares what comes from commissions and, with a tax, from accounting.",
    )
    concept = fields.Selection([*CONCEPTS, ("work", "Own work (art. 383)")], readonly=True)
    person = fields.Selection(
        [("natural", "Natural person"), ("legal", "Legal person"), ("abroad", "Non-resident")],
        string="Kind of Person",
        readonly=True,
    )
    municipality_id = fields.Many2one("mlm.co.municipality", readonly=True)
    basis = fields.Json(readonly=True, help="What the deduction was made from.")
    base = fields.Monetary(readonly=True)
    withheld = fields.Monetary(readonly=True)

    _depends = {
        "account.move.line": [
            "account_id",
            "balance",
            "company_id",
            "date",
            "parent_state",
            "partner_id",
            "tax_base_amount",
            "tax_line_id",
        ],
        "account.account": ["code_store"],
        "mlm.sealed.move": ["company_id", "date", "move_id"],
        "mlm.statement": ["move_id"],
        "mlm.statement.deduction": ["account_id", "amount_e4", "basis", "code", "statement_id"],
        "mlm.adjustment": ["move_id"],
        "mlm.adjustment.deduction": ["account_id", "amount_e4", "basis", "code", "adjustment_id"],
        "mlm.co.excess": ["amount_e4", "basis", "code", "item_id", "move_id"],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            WITH account AS (
                SELECT company.id AS company_id, account.id, form.kind
                  FROM res_company AS company
                 CROSS JOIN account_account AS account
                  JOIN (VALUES ('2365', 'income'), ('2367', 'vat'), ('2368', 'ica'))
                       AS form(prefix, kind)
                    ON form.prefix = left(
                       account.code_store ->> split_part(company.parent_path, '/', 1), 4)
            ), item AS (
                SELECT found.*, account.kind, true AS is_sealed
                  FROM mlm_sealed_move AS seal
                 CROSS JOIN LATERAL (%(sealed)s) AS found
                  LEFT JOIN account
                    ON account.company_id = seal.company_id AND account.id = found.account_id
                 UNION ALL
                SELECT line.id, line.company_id, line.date, line.move_id, line.partner_id,
                       line.account_id, line.tax_line_id, line.balance, line.tax_base_amount,
                       NULL, NULL, NULL, account.kind, false
                  FROM account
                  JOIN account_move_line AS line
                    ON line.account_id = account.id AND line.company_id = account.company_id
                 WHERE line.parent_state = 'posted'
                   AND NOT EXISTS (
                       SELECT FROM mlm_sealed_move AS seal WHERE seal.move_id = line.move_id)
            ), withheld AS (
                SELECT item.*, company.currency_id,
                       CASE item.code WHEN 'renta' THEN 'income' WHEN 'reteiva' THEN 'vat'
                            WHEN 'reteica' THEN 'ica' ELSE item.kind END AS tax
                  FROM item
                  JOIN res_company AS company ON company.id = item.company_id
                 WHERE company.chart_template = 'co'
            )
            SELECT withheld.id, withheld.company_id, withheld.currency_id, withheld.date,
                   withheld.move_id, withheld.partner_id, withheld.account_id,
                   withheld.tax_line_id AS tax_id, withheld.tax AS kind,
                   CASE WHEN withheld.code IS NOT NULL THEN 'commissions'
                        WHEN withheld.tax_line_id IS NULL THEN 'other'
                        WHEN withheld.is_sealed THEN 'difference'
                        ELSE 'books' END AS origin,
                   CASE WHEN withheld.basis ->> 'rule' = 'art383' THEN 'work'
                        ELSE withheld.basis ->> 'concept' END AS concept,
                   CASE WHEN withheld.basis ? 'abroad' THEN 'abroad'
                        ELSE withheld.basis ->> 'person' END AS person,
                   town.id AS municipality_id, withheld.basis,
                   CASE WHEN withheld.code IS NOT NULL THEN withheld.base_e4 / 10000.0
                        ELSE abs(withheld.tax_base_amount) * -sign(withheld.balance)
                        END AS base,
                   -withheld.balance AS withheld
              FROM withheld
              LEFT JOIN mlm_co_municipality AS town
                ON town.code = withheld.basis ->> 'municipality'
             WHERE withheld.tax IS NOT NULL
            """,
            sealed=self._get_sealed_query(),
        )

    @api.model
    def _get_sealed_query(self):
        """SQL of the items of one sealed entry, each with its deduction."""
        return SQL(
            """
            SELECT line.id, seal.company_id, seal.date, seal.move_id, line.partner_id,
                   account_id, line.tax_line_id, line.balance, line.tax_base_amount,
                   kept.code, kept.basis, kept.base_e4
              FROM (SELECT one.*, (-one.balance * 10000)::bigint AS amount_e4, row_number()
                           OVER (PARTITION BY account_id, balance ORDER BY id) AS nth
                      FROM account_move_line AS one WHERE one.move_id = seal.move_id) AS line
              LEFT JOIN (
                   SELECT each.*, row_number()
                          OVER (PARTITION BY account_id, amount_e4 ORDER BY id) AS nth
                     FROM (%(kept)s) AS each) AS kept
             USING (account_id, amount_e4, nth)
            """,
            kept=SQL(" UNION ALL ").join(self._get_kept_queries()),
        )

    @api.model
    def _get_kept_queries(self):
        """SQL of what was kept of each amount withheld in the entry ``seal.move_id``."""
        return [
            SQL(
                """
                SELECT one.id, one.account_id, one.code, one.basis, one.base_e4, one.amount_e4
                  FROM mlm_statement AS statement
                  JOIN mlm_statement_deduction AS one ON one.statement_id = statement.id
                 WHERE statement.move_id = seal.move_id
                """
            ),
            SQL(
                """
                SELECT one.id, one.account_id, one.code, one.basis, one.base_e4, one.amount_e4
                  FROM mlm_adjustment AS adjustment
                  JOIN mlm_adjustment_deduction AS one ON one.adjustment_id = adjustment.id
                 WHERE adjustment.move_id = seal.move_id
                """
            ),
            # a refund offsets what was withheld, under its concept and person; its base stays
            SQL(
                """
                SELECT one.id, origin.account_id, one.code, one.basis, 0::bigint, -one.amount_e4
                  FROM mlm_co_excess AS one
                  JOIN account_move_line AS origin ON origin.id = one.item_id
                 WHERE one.move_id = seal.move_id
                """
            ),
        ]

    # -- the draft of a return ---------------------------------------------------

    @api.model
    def _get_draft_domain(self, company, form, first, last, municipality=None):
        """Domain of the items of a return.

        :param form: key of `FORMS`
        :param first: and ``last``: days
        :param municipality: `mlm.co.municipality` whose return of ICA it is; None: all
        """
        return [
            ("company_id", "=", company.id),
            ("kind", "in", FORMS[form]),
            ("date", ">=", first),
            ("date", "<=", last),
            *([("municipality_id", "=", municipality.id)] if municipality else []),
        ]

    @api.model
    def _get_draft(self, *period):
        """Return the rows of the draft of a return, and what of the ledger is not in it.

        :param period: see `_get_draft_domain`
        :return: ``[{kind, origin, municipality_id, concept, person, tax_id, base, withheld,
            count}]``; records, texts or False, and amounts as the ledger sums them
        """
        names = ("kind", "origin", "municipality_id", "concept", "person", "tax_id")
        groups = self._read_group(
            self._get_draft_domain(*period),
            names,
            ["base:sum", "withheld:sum", "__count"],
        )
        rows = {}
        for *key, base, withheld, count in groups:
            values = dict(zip(names, key, strict=True))
            if values["origin"] == "commissions":
                # by what it was withheld for; accounting knows the tax only
                values["tax_id"] = values["tax_id"].browse()
            row = rows.setdefault(
                tuple(values.values()), {**values, "base": 0, "withheld": 0, "count": 0}
            )
            row["base"] += base or 0
            row["withheld"] += withheld or 0
            row["count"] += count
        return list(rows.values())

    def action_open_move(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
