# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger, from_e4


class MlmPeriodSum(models.Model):
    """What the ledger of a posted cycle adds up to.

    A posted cycle gets no more rows, so they are added up once: a page of cycles need not read
    the ledger of half a year. By the two companies that decide who may see a row.
    """

    _name = "mlm.period.sum"
    _description = "Volume of a Posted Cycle"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    period_id = fields.Many2one("mlm.period", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    home_id = fields.Many2one(
        "res.company", string="Home Company", required=True, ondelete="restrict"
    )
    entry_count = fields.Integer(string="Ledger rows")
    pv_e4 = BigInteger(string="PV (ten-thousandths)")
    cv_e4 = BigInteger(string="CV (ten-thousandths)")

    _once = models.Constraint(
        "UNIQUE(period_id, company_id, home_id)", "Sums of a cycle are kept once."
    )

    @api.model
    def _keep(self, periods):
        """Add up the ledger of posted cycles."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mlm_period_sum
                       (period_id, company_id, home_id, entry_count, pv_e4, cv_e4)
                SELECT entry.period_id, entry.company_id, person.company_id,
                       count(*), sum(entry.pv_e4), sum(entry.cv_e4)
                  FROM mlm_volume_entry AS entry
                  JOIN mlm_distributor AS person ON person.id = entry.distributor_id
                 WHERE entry.period_id = ANY(%s)
                 GROUP BY 1, 2, 3
                ON CONFLICT DO NOTHING
                """,
                periods.ids,
            )
        )


class MlmPeriod(models.Model):
    _inherit = "mlm.period"

    entry_count = fields.Integer(compute="_compute_totals", string="Ledger rows")
    pv = fields.Float(compute="_compute_totals", string="PV", digits=(18, 2))
    cv = fields.Float(compute="_compute_totals", string="CV", digits=(18, 2))

    def write(self, vals):
        done = super().write(vals)
        if vals.get("state") == "posted":
            self.env["mlm.period.sum"]._keep(self)
        return done

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_totals(self):
        parts = {period: period._parts() for period in self}
        totals = self._get_totals(self.union(*parts.values()))
        for period in self:
            found = [totals[part] for part in parts[period] if part in totals]
            for index, name in enumerate(("entry_count", "pv_e4", "cv_e4")):
                total = sum(one[index] for one in found)
                period[name.removesuffix("_e4")] = from_e4(total) if index else total

    @api.model
    def _get_totals(self, cycles):
        """Return ``{cycle: (rows, PV, CV)}`` in ten-thousandths, of what the user may see: kept
        sums of posted cycles, the ledger of the others."""
        figures = ["pv_e4:sum", "cv_e4:sum"]
        kept = self.env["mlm.period.sum"]._read_group(
            [("period_id", "in", cycles.ids)], ["period_id"], ["entry_count:sum", *figures]
        )
        totals = {cycle: tuple(one) for cycle, *one in kept}
        read = self.env["mlm.volume.entry"]._read_group(
            [("period_id", "in", (cycles - self.browse().union(*totals)).ids)],
            ["period_id"],
            ["__count", *figures],
        )
        return totals | {cycle: tuple(one) for cycle, *one in read}
