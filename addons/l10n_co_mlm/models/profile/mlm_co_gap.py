# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .mlm_co_profile_rut import RUT_OF_HOLDER


class MlmCoGap(models.Model):
    """Who is or was paid, and lacks what the tax office asks the company for.

    People with a statement of the last twelve months, or an amount in a run under way.
    Read from the records at the moment of asking.
    """

    _name = "mlm.co.gap"
    _description = "Person without Tax Data"
    _inherit = "mlm.guarded"
    _server_only = True
    _auto = False
    _log_access = False
    _rec_name = "partner_id"
    _order = "holds desc, partner_id, id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    distributor_id = fields.Many2one("mlm.distributor", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    profile_id = fields.Many2one("mlm.co.profile", readonly=True)
    draft_id = fields.Many2one("mlm.co.profile", string="Waits for Confirmation", readonly=True)
    no_profile = fields.Boolean(string="Without Profile", readonly=True)
    no_municipality = fields.Boolean(string="Without Municipality", readonly=True)
    no_activity = fields.Boolean(string="Without Activity", readonly=True)
    no_number = fields.Boolean(string="Without Tax Number", readonly=True)
    no_rut = fields.Boolean(string="Without RUT", readonly=True)
    holds = fields.Boolean(
        string="Payouts Are Held",
        readonly=True,
        help="A missing RUT alone holds nothing.",
    )
    lack_text = fields.Char(compute="_compute_lack_text", string="What Is Missing")
    balance = fields.Monetary(
        related="distributor_id.mlm_balance", string="Commissions Payable", related_sudo=False
    )

    _depends = {
        "mlm.co.profile": [
            "activity_id",
            "company_id",
            "date_from",
            "date_to",
            "municipality_id",
            "partner_id",
            "resident",
            "state",
        ],
        "mlm.distributor": ["company_id", "kind", "partner_id"],
        "mlm.identity.document": ["distributor_id", "expires_on", "has_file", "type"],
        "res.company": ["account_fiscal_country_id"],
        "res.partner": ["vat"],
    }

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return SQL(
            """
            WITH person AS (
                SELECT member.id, member.id AS distributor_id, member.company_id,
                       member.partner_id, profile.id AS profile_id, draft.id AS draft_id,
                       profile.id IS NULL AS no_profile,
                       COALESCE(profile.resident AND profile.municipality_id IS NULL, FALSE)
                       AS no_municipality,
                       COALESCE(profile.resident AND profile.activity_id IS NULL, FALSE)
                       AS no_activity,
                       COALESCE(contact.vat, '') = '' AS no_number,
                       NOT EXISTS (
                           SELECT FROM mlm_identity_document AS document
                            WHERE document.distributor_id = member.id AND %(is_rut)s
                              AND COALESCE(document.expires_on >= %(today)s, TRUE)
                       ) AS no_rut
                  FROM mlm_distributor AS member
                  JOIN res_company AS company ON company.id = member.company_id
                  JOIN res_country AS country
                    ON country.id = company.account_fiscal_country_id AND country.code = 'CO'
                  JOIN res_partner AS contact ON contact.id = member.partner_id
                  JOIN mlm_holder AS holder
                    ON holder.distributor_id = member.id AND holder.role = 'holder'
                   AND holder.superseded_at IS NULL AND holder.partner_id = member.partner_id
                   AND holder.valid_to IS NULL
                  LEFT JOIN mlm_co_profile AS profile
                    ON profile.company_id = member.company_id AND profile.state = 'confirmed'
                   AND profile.partner_id = member.partner_id
                   AND profile.date_from <= %(today)s
                   AND (profile.date_to IS NULL OR profile.date_to >= %(today)s)
                  LEFT JOIN mlm_co_profile AS draft
                    ON draft.company_id = member.company_id AND draft.state = 'draft'
                   AND draft.partner_id = member.partner_id
                 WHERE member.kind = 'distributor'
            )
            SELECT person.*, (no_profile OR no_municipality OR no_activity OR no_number) AS holds
              FROM person
             WHERE (no_profile OR no_municipality OR no_activity OR no_number OR no_rut)
               AND (EXISTS (
                        SELECT FROM mlm_statement AS statement
                          JOIN mlm_period AS period ON period.id = statement.period_id
                         WHERE statement.distributor_id = person.id
                           AND period.date_end > %(since)s)
                    OR person.id IN (SELECT payee_id FROM mlm_run_sum_store
                                      WHERE is_paid AND (%(runs)s)))
            """,
            today=today,
            since=fields.Date.subtract(today, years=1),
            runs=self._get_runs_sql(),
            is_rut=RUT_OF_HOLDER,
        )

    def _get_runs_sql(self):
        """SQL condition of the rows of runs under way: those sent to be approved, and the last
        preview of each cycle. Ranges of ids, so that other partitions are left out."""
        self.env["mlm.run"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT number FROM (
                    SELECT run.number, run.state,
                           max(run.number) OVER (PARTITION BY run.period_id) AS last
                      FROM mlm_run AS run JOIN mlm_period AS period ON period.id = run.period_id
                     WHERE run.state IN ('preview', 'submitted', 'approved', 'posting')
                       AND period.state IN ('open', 'grace', 'closed')) AS run
                 WHERE state != 'preview' OR number = last
                """
            )
        )
        ranges = [
            SQL("(id >= %s AND id < %s)", *self.env["mlm.run.sum"]._id_range(number))
            for (number,) in rows
        ]
        return SQL(" OR ").join(ranges) if ranges else SQL("FALSE")

    @api.depends("no_profile", "no_municipality", "no_activity", "no_number", "no_rut")
    @api.depends_context("lang")
    def _compute_lack_text(self):
        names = self.env["mlm.co.profile"]._get_lack_names()
        for gap in self:
            text = ", ".join(name for key, name in names.items() if gap[f"no_{key}"])
            gap.lack_text = text[:1].upper() + text[1:]

    def action_profile(self):
        """Open what has to be done for the person: the profile that waits, or a new one."""
        self.ensure_one()
        action = self.distributor_id.action_mlm_co_profile()
        if self.draft_id:
            action.update(view_mode="form", res_id=self.draft_id.id)
        return action
