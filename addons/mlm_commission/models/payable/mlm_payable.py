# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class MlmPayable(models.Model):
    """What a company owes a person on an account of commissions, by how late it is.

    A row for each company, account and person with open journal items, read from these at the
    moment of asking: nothing is kept that could disagree with the books. An item is late from
    the day after its due date, or after its own date where it has none, on the calendar of the
    company's network. All amounts of a row are of one company, and so of one currency.
    """

    _name = "mlm.payable"
    _description = "Commissions Payable by Person"
    _inherit = "mlm.guarded"
    _server_only = True
    _auto = False
    _log_access = False
    _rec_name = "partner_id"
    _order = "total desc, id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    distributor_id = fields.Many2one("mlm.distributor", readonly=True)
    document = fields.Char(string="Document Number", readonly=True)
    oldest = fields.Date(string="Due Since", readonly=True)
    item_count = fields.Integer(string="Items", readonly=True)
    not_due = fields.Monetary(readonly=True)
    late_30 = fields.Monetary(string="1–30 Days", readonly=True)
    late_60 = fields.Monetary(string="31–60 Days", readonly=True)
    late_90 = fields.Monetary(string="61–90 Days", readonly=True)
    older = fields.Monetary(readonly=True)
    total = fields.Monetary(readonly=True)

    _depends = {
        "account.move.line": [
            "account_id",
            "amount_residual",
            "company_id",
            "date",
            "date_maturity",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "mlm.distributor": ["network_id", "partner_id"],
        "mlm.network": ["tz"],
        "res.company": ["currency_id", "mlm_network_id", "mlm_payable_account_id"],
        "res.partner": ["vat"],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            WITH owing AS (
                SELECT id AS company_id, mlm_payable_account_id AS account_id FROM res_company
                 WHERE mlm_payable_account_id IS NOT NULL
                 UNION
                SELECT company_id, payable_account_id FROM mlm_sealed_move
                 WHERE payable_account_id IS NOT NULL
            ), place AS (
                SELECT company.id, company.currency_id, network.id AS network_id,
                       (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE network.tz)::date
                       AS today
                  FROM res_company AS company
                  JOIN mlm_network AS network ON network.id = company.mlm_network_id
            ), item AS (
                SELECT line.id, line.company_id, line.account_id, line.partner_id,
                       -line.amount_residual AS owed,
                       COALESCE(line.date_maturity, line.date) AS due,
                       place.today - COALESCE(line.date_maturity, line.date) AS late
                  FROM owing
                  JOIN place ON place.id = owing.company_id
                  JOIN account_move_line AS line
                    ON line.account_id = owing.account_id AND line.company_id = owing.company_id
                 WHERE line.reconciled IS NOT TRUE AND line.parent_state = 'posted'
            ), person AS (
                SELECT min(id) AS id, company_id, account_id, partner_id,
                       min(due) AS oldest, count(*) AS item_count,
                       COALESCE(sum(owed) FILTER (WHERE late <= 0), 0) AS not_due,
                       COALESCE(sum(owed) FILTER (WHERE late BETWEEN 1 AND 30), 0) AS late_30,
                       COALESCE(sum(owed) FILTER (WHERE late BETWEEN 31 AND 60), 0) AS late_60,
                       COALESCE(sum(owed) FILTER (WHERE late BETWEEN 61 AND 90), 0) AS late_90,
                       COALESCE(sum(owed) FILTER (WHERE late > 90), 0) AS older,
                       sum(owed) AS total
                  FROM item
                 GROUP BY company_id, account_id, partner_id
            )
            SELECT person.*, place.currency_id, contact.vat AS document,
                   member.id AS distributor_id
              FROM person
              JOIN place ON place.id = person.company_id
              LEFT JOIN res_partner AS contact ON contact.id = person.partner_id
              LEFT JOIN mlm_distributor AS member
                ON member.partner_id = person.partner_id AND member.network_id = place.network_id
            """,
            now=fields.Datetime.now(),
        )

    @api.depends("partner_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.partner_id.display_name or self.env._("Without a person")

    def action_open_items(self):
        """The open journal items behind the row, to be read and reconciled."""
        self.ensure_one()
        return self.env["account.move.line"]._mlm_action_items(
            self.env._("Open journal items of %s", self.display_name),
            [
                ("company_id", "=", self.company_id.id),
                ("account_id", "=", self.account_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("parent_state", "=", "posted"),
            ],
            search_default_unreconciled=1,
        )
