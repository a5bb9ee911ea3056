# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal, as_system
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmRun(models.Model):
    """What the run pays, as a part of net sales and of CV in money."""

    _inherit = "mlm.run"

    net_sales_e4 = BigInteger(
        string="Net sales (ten-thousandths)",
        readonly=True,
        help="Invoices less credit notes dated in the cycle, before tax.",
    )
    net_sales = ScaledMonetary(
        string="Net sales",
        scaled="net_sales_e4",
        help="Invoices less credit notes dated in the cycle, before tax, when the run was"
        " computed.",
    )
    adjusted_e4 = BigInteger(
        string="Outside the plan (ten-thousandths)",
        readonly=True,
        help="Prizes and corrections in the statements of the cycle, before deductions, when"
        " the run was computed.",
    )
    adjusted = ScaledMonetary(string="Outside the plan", scaled="adjusted_e4")
    sales_ratio = fields.Float(
        compute="_compute_sales_ratio",
        digits=(9, 2),
        string="Paid % of net sales",
        help="With prizes and corrections outside the plan.",
    )

    @api.depends("amount_e4", "adjusted_e4", "net_sales_e4")
    def _compute_sales_ratio(self):
        for run in self:
            paid_e4 = run._paid_with_prizes_e4()
            run.sales_ratio = 100 * paid_e4 / run.net_sales_e4 if run.net_sales_e4 else 0

    def _paid_with_prizes_e4(self):
        """Everything that the cycle pays, in the run's currency: prizes outside the plan count
        in the share of sales, too (RULES 20)."""
        return self.amount_e4 + self.adjusted_e4

    def _store_totals(self):
        result = super()._store_totals()
        as_internal(self).write(
            {
                "net_sales_e4": self._read_net_sales_e4(),
                "adjusted_e4": self._read_adjusted_e4(),
            }
        )
        return result

    def _ensure_inputs_unchanged(self):
        result = super()._ensure_inputs_unchanged()
        # sudo: the sum of all companies, as when it was computed; the caller has checked the step
        run = as_system(self)
        if run._read_adjusted_e4() != run.adjusted_e4:
            raise UserError(
                self.env._(
                    "Prizes or corrections were posted after %s was computed, and count in its"
                    " cost. Compute a new preview.",
                    self.display_name,
                )
            )
        return result

    def _read_adjusted_e4(self):
        """Adjustments that stand in the statements of the cycle, of all companies."""
        if not self.period_id.is_base:
            return 0
        # sudo: a sum for whoever computes the run of the whole network
        sums = (
            self.env["mlm.adjustment"]
            .sudo()
            ._read_group(
                [("period_id", "=", self.period_id.id), ("state", "=", "posted")],
                ["company_id"],
                ["amount_e4:sum"],
            )
        )
        return sum(self._turn_e4(int(amount_e4), company) for company, amount_e4 in sums)

    def _cv_money_e4(self):
        """The cycle's CV in the run's currency, ten-thousandths."""
        return round(self.cv * 10_000) * self.fx_e6 // 1_000_000

    def _read_net_sales_e4(self):
        """Income of posted invoices and credit notes dated in the cycle, before tax."""
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        homes = self.network_id._get_homes()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.company_id, coalesce(round(-sum(line.balance) * 10000), 0)::bigint
                  FROM account_move move
                  JOIN account_move_line line ON line.move_id = move.id
                 WHERE move.company_id = ANY(%s) AND move.state = 'posted'
                   AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND move.invoice_date BETWEEN %s AND %s
                   AND line.display_type = 'product'
                 GROUP BY move.company_id
                """,
                homes.ids,
                self.period_id.date_start,
                self.period_id.date_end,
            )
        )
        return sum(self._turn_e4(amount, homes.browse(company)) for company, amount in rows)
