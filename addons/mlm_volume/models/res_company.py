# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = (
        "mlm_volume_rule",
        "mlm_cycle_kind",
        "mlm_cycle_calendar",
        "mlm_cycle_anchor_number",
        "mlm_cycle_anchor_date",
        "mlm_cycle_days",
        "mlm_cycle_pay_after",
        "mlm_cycle_pay_day",
        "mlm_first_cycle",
        "mlm_distributor_pricelist_id",
        "mlm_root_queue_id",
        "mlm_inactivity_cycles",
        "mlm_inactivity_automatic",
    )

    mlm_volume_rule = fields.Selection(
        [("invoiced", "When the invoice is posted"), ("paid", "When it is paid")],
        string="Volume counts",
        default="paid",
        required=True,
        help="The moment at which the lines of an invoice become rows of the volume ledger.",
    )
    mlm_cycle_kind = fields.Char(
        string="Kind of cycle",
        default="week",
        required=True,
        help="Code, in the plan, of the kind of period that takes the ledger's rows. It comes "
        "with the first plan that is published.",
    )
    mlm_cycle_calendar = fields.Selection(
        [("days", "A number of days"), ("month", "Calendar month")],
        string="Length of a cycle",
        default="days",
        required=True,
    )
    mlm_cycle_anchor_number = fields.Integer(
        string="Known cycle number",
        default=924,
        help="Number of a cycle whose first day is known; all others follow.",
    )
    mlm_cycle_anchor_date = fields.Date(string="First day of the known cycle", default="2026-08-17")
    mlm_cycle_days = fields.Integer(string="Days of a cycle", default=7)
    mlm_cycle_pay_after = fields.Integer(
        string="Days to the pay date",
        default=18,
        help="Days from the first day of the cycle to its pay date.",
    )
    mlm_cycle_pay_day = fields.Integer(
        string="Pay day",
        default=15,
        help="Of a cycle that is a month: day of the month after.",
    )
    mlm_first_cycle = fields.Integer(
        string="First cycle computed here",
        help="Cycles before it are history: they carry opening volume only and "
        "are never computed. Zero: the first cycle that exists.",
    )
    mlm_distributor_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Distributor price list",
        help="The price from which retail profit is measured.",
    )
    mlm_root_queue_id = fields.Many2one(
        "mlm.distributor",
        string="Default distributor",
        help="Gets the volume of buyers whom nobody referred.",
    )
    mlm_inactivity_cycles = fields.Integer(
        string="Cycles without volume",
        help="A distributor without volume for so many cycles counts as inactive. Zero: nobody"
        " does.",
    )
    mlm_inactivity_automatic = fields.Boolean(
        string="Terminate by itself",
        help="Plans the termination of inactive distributors at the close of the cycle; until"
        " then it can be cancelled. Otherwise they are listed only.",
    )

    def _mlm_earliest_change(self):
        """What was closed keeps the network that it was computed on."""
        Period = self.env["mlm.period"]
        closed = Period.search(
            [*Period._base_domain(self), ("state", "in", ("history", "closed", "posted"))],
            order="date_end desc",
            limit=1,
        )
        return closed._end_moment() if closed else super()._mlm_earliest_change()

    def _mlm_move_counts_from(self, moment):
        """A cycle is computed on the network of its end: it is the first one that ends
        after the move."""
        Period = self.env["mlm.period"]
        if not Period.search_count([("company_id", "=", self.id)], limit=1):
            return super()._mlm_move_counts_from(moment)
        number = Period._number_on(self, Period._local_date(self, moment))
        if moment < self._mlm_close_moment():
            return self.env._("Counts already in the present cycle %s, as a whole.", number)
        return self.env._("Counts from cycle %s on.", number)

    def _mlm_ensure_open(self, moment, record):
        """Whoever closes the cycle of this moment waits, or has us tried again."""
        day = self._mlm_local_date(moment)
        self.env.cr.execute(
            """SELECT id FROM mlm_period
                WHERE company_id = %s AND is_base
                  AND date_start <= %s AND date_end >= %s FOR SHARE""",
            [self.id, day, day],
            log_exceptions=False,
        )
        return super()._mlm_ensure_open(moment, record)

    def _mlm_close_moment(self):
        """End of the cycle in which we are."""
        Period = self.env["mlm.period"]
        if not Period.search_count([("company_id", "=", self.id)], limit=1):
            return super()._mlm_close_moment()
        number = Period._number_on(self, Period._today(self))
        return Period.new(Period._calendar_values(self, number))._end_moment()
