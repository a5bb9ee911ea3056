# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmNetwork(models.Model):
    """The calendar of cycles, and what follows from it for changes of the genealogy."""

    _inherit = "mlm.network"
    _free = (
        "cycle_kind",
        "cycle_calendar",
        "cycle_anchor_number",
        "cycle_anchor_date",
        "cycle_days",
        "cycle_pay_after",
        "cycle_pay_day",
        "first_cycle",
        "inactivity_cycles",
        "inactivity_automatic",
    )

    cycle_kind = fields.Char(
        string="Kind of cycle",
        default="week",
        required=True,
        help="Code, in the plan, of the kind of period that takes the ledger's rows. It comes "
        "with the first plan that is published.",
    )
    cycle_calendar = fields.Selection(
        [("days", "A number of days"), ("month", "Calendar month")],
        string="Length of a cycle",
        default="days",
        required=True,
    )
    cycle_anchor_number = fields.Integer(
        string="Known cycle number",
        default=924,
        help="Number of a cycle whose first day is known; the others are computed from it.",
    )
    cycle_anchor_date = fields.Date(string="First day of the known cycle", default="2026-08-17")
    cycle_days = fields.Integer(string="Days of a cycle", default=7)
    cycle_pay_after = fields.Integer(
        string="Days to the pay date",
        default=18,
        help="Days from the first day of the cycle to its pay date.",
    )
    cycle_pay_day = fields.Integer(
        string="Pay day",
        default=15,
        help="For a cycle that is a month: day of the next month.",
    )
    first_cycle = fields.Integer(
        string="First cycle computed here",
        help="Cycles before it come from the previous system: they only hold opening volume and "
        "are never computed. Zero: the first cycle that exists.",
    )
    inactivity_cycles = fields.Integer(
        string="Cycles without volume",
        help="A distributor without volume for this number of cycles counts as inactive. Zero: "
        "nobody does.",
    )
    inactivity_automatic = fields.Boolean(
        string="Terminate automatically",
        help="Plans the termination of inactive distributors at the close of the cycle; until"
        " then it can be cancelled. Otherwise they are listed only.",
    )

    def _earliest_change(self):
        """What was closed keeps the network that it was computed on."""
        Period = self.env["mlm.period"]
        closed = Period.search(
            [*Period._base_domain(self), ("state", "in", ("history", "closed", "posted"))],
            order="date_end desc",
            limit=1,
        )
        return closed._end_moment() if closed else super()._earliest_change()

    def _move_counts_from(self, moment):
        """A cycle is computed on the network of its end: it is the first one that ends
        after the move."""
        Period = self.env["mlm.period"]
        if not Period.search_count([("network_id", "=", self.id)], limit=1):
            return super()._move_counts_from(moment)
        number = Period._number_on(self, self._local_date(moment))
        if moment < self._close_moment():
            return self.env._("Already counts in the current cycle %s, in full.", number)
        return self.env._("Counts from cycle %s on.", number)

    def _ensure_open(self, moment, record):
        """Whoever closes the cycle of this moment waits, or has us tried again."""
        day = self._local_date(moment)
        self.env.cr.execute(
            """SELECT id FROM mlm_period
                WHERE network_id = %s AND is_base
                  AND date_start <= %s AND date_end >= %s FOR SHARE""",
            [self.id, day, day],
            log_exceptions=False,
        )
        return super()._ensure_open(moment, record)

    def _close_moment(self):
        """End of the cycle in which we are."""
        Period = self.env["mlm.period"]
        if not Period.search_count([("network_id", "=", self.id)], limit=1):
            return super()._close_moment()
        number = Period._number_on(self, Period._today(self))
        return Period.new(Period._calendar_values(self, number))._end_moment()
