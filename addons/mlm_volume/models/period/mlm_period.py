# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.claim import claim
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal, is_internal, is_system

ACCEPTING = ("open", "grace")
# What follows from the network's calendar and the plan.
CALENDAR = {"kind", "calendar", "days", "date_start", "date_end", "pay_date"}
# What decides which rows a cycle takes and who is paid: written by its steps only.
GUARDED = CALENDAR | {"state"}
# Said when the cycle is made, and never after.
GIVEN = {"network_id", "number"}
CALENDARS = [
    ("days", "Days"),
    ("month", "Calendar month"),
    ("weeks_of_month", "Cycles that end in the month"),
]


class MlmPeriod(models.Model):
    """A numbered period. Ledger rows get their cycle once and never change it.

    open → grace (still accepts late payments) → closed → posted. Inserting a
    ledger row locks the period row FOR SHARE and closing updates it, so no row
    can slip into a closed period. A period of a longer kind takes no rows: it
    consists of cycles, and closes by itself when the last of them is posted.
    """

    _name = "mlm.period"
    _description = "Cycle"
    _inherit = ["mlm.guarded", "mlm.of.network", "mail.thread"]
    _order = "date_start desc, id desc"
    _rec_name = "display_name"
    _guarded = GUARDED
    _given = GIVEN

    kind = fields.Char(
        default=lambda self: self.env.company.mlm_network_id.cycle_kind,
        required=True,
        help="Code of the kind in the plan, such as week or month.",
    )
    calendar = fields.Selection(
        CALENDARS,
        default=lambda self: self.env.company.mlm_network_id.cycle_calendar,
        required=True,
    )
    days = fields.Integer(string="Length in days", aggregator=None)
    is_base = fields.Boolean(
        string="Takes volume",
        compute="_compute_is_base",
        store=True,
        precompute=True,
        help="Cycles take the rows of the ledger; longer periods consist of cycles.",
    )
    number = fields.Integer(required=True, aggregator=None)
    date_start = fields.Date(
        string="First day",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_end = fields.Date(
        string="Last day",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    pay_date = fields.Date(
        compute="_compute_dates", store=True, readonly=False, precompute=True, required=True
    )
    state = fields.Selection(
        [
            ("history", "Previous system"),
            ("open", "Open"),
            ("grace", "Grace Period"),
            ("closed", "Closed"),
            ("posted", "Posted"),
        ],
        default="open",
        required=True,
        copy=False,
        tracking=True,
    )
    is_current = fields.Boolean(
        string="Current cycle", compute="_compute_is_current", search="_search_current"
    )
    part_ids = fields.Many2many(
        "mlm.period", compute="_compute_part_ids", string="Cycles", help="Cycles that end in it."
    )

    _number_uniq = models.Constraint(
        "UNIQUE(network_id, kind, number)", "A cycle already has this number."
    )
    _start_uniq = models.Constraint(
        "UNIQUE(network_id, kind, date_start)", "A cycle already starts on this day."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_end >= date_start)", "A cycle cannot end before it starts."
    )

    @api.model_create_multi
    def create(self, vals_list):
        periods = super().create(vals_list)
        if not is_internal(self.env) and not is_system(self.env):
            periods._ensure_not_before_closed()
        if not all(periods.mapped("is_base")):
            self.env.registry.clear_cache()  # the menus tell of them
        self.env["mlm.capture.queue"]._wake()
        return periods

    def _ensure_not_before_closed(self):
        """UserError for a new cycle that begins before one that takes no rows any more: what
        was paid and what is history is not added to."""
        for period in self:
            later = self.search(
                [
                    ("network_id", "=", period.network_id.id),
                    ("kind", "=", period.kind),
                    ("state", "not in", ACCEPTING),
                    ("date_end", ">=", period.date_start),
                ],
                order="date_end desc",
                limit=1,
            )
            if later:
                raise UserError(
                    self.env._(
                        "%(period)s would begin before the end of %(later)s, which is closed."
                        " Create a cycle after it.",
                        period=period.display_name,
                        later=later.display_name,
                    )
                )

    def _get_guarded_message(self, names):
        return self.env._(
            "%(fields)s of a cycle cannot be written: its kind and dates come from its number "
            "and the plan, and the buttons change its state.",
            fields=", ".join(names),
        )

    def _as_step(self):
        """The cycles with the rights of the system, for somebody who may change them."""
        self.check_access("write")
        return self.sudo()

    @api.depends("kind", "network_id.cycle_kind")
    def _compute_is_base(self):
        for period in self:
            period.is_base = period.kind == period.network_id.cycle_kind

    @api.depends("number", "calendar", "days", "is_base", "date_end")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Cycles are known by their number, months by their name."""
        formats = Formats(self.env)
        for period in self:
            if period.calendar != "days" and period.date_end:
                name = formats.day(period.date_end, "MMMM y").capitalize()
            elif period.is_base or not period.days:
                name = self.env._("Cycle %(number)s", number=period.number)
            else:
                name = self.env._(
                    "%(days)s days, number %(number)s", days=period.days, number=period.number
                )
            period.display_name = name

    def _compute_part_ids(self):
        for period in self:
            period.part_ids = period._parts() if not period.is_base else False

    @api.depends("number", "network_id")
    def _compute_dates(self):
        """Dates of a cycle follow from its number; with volume it keeps the ones it has.

        Longer periods are created with theirs.
        """
        for period in self:
            if not period.date_start or not period._origin:
                found = self._calendar_values(period.network_id, period.number)
                for name in ("date_start", "date_end", "pay_date"):
                    period[name] = found[name]

    def _compute_is_current(self):
        for period in self:
            today = self._today(period.network_id)
            period.is_current = period.date_start <= today <= period.date_end

    def _search_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._today(self.env.company.mlm_network_id)
        domain = fields.Domain("date_start", "<=", today) & fields.Domain("date_end", ">=", today)
        return domain if True in value else ~domain

    # -- which cycle takes a row -----------------------------------------

    @api.model
    def _taking(self, network):
        """Cycle that a sale of today would go to, or none; see `_accepting`, which
        locks it as well."""
        today = self._today(network)
        accepting = [*self._base_domain(network), ("state", "in", ACCEPTING)]
        present = [("date_start", "<=", today), ("date_end", ">=", today)]
        later = [("date_start", ">", today)]
        for domain, order in ((present, "number"), (later, "number"), ([], "number desc")):
            period = self.search([*accepting, *domain], order=order, limit=1)
            if period:
                return period
        return self.browse()

    @api.model
    def _accepting(self, network, date):
        """Cycle that takes a row of ``date``: its own, else the first open one after it.

        The row is locked FOR SHARE: it cannot be closed before this
        transaction ends. Raises UserError when no cycle accepts rows; what is dated
        ahead of the cycles waits for its own, see `_waits`.
        """
        self._ensure_present(network, date)
        for domain in (
            [("date_start", "<=", date), ("date_end", ">=", date)],
            [("date_start", ">", date)],
        ):
            period = self.search(
                [*self._base_domain(network), ("state", "in", ACCEPTING), *domain],
                order="number",
                limit=1,
            )
            if not period:
                continue
            self.env.cr.execute("SELECT state FROM mlm_period WHERE id = %s FOR SHARE", [period.id])
            if self.env.cr.fetchone()[0] in ACCEPTING:
                return period
        raise UserError(
            self.env._(
                "No open cycle takes volume of %(date)s. Open a cycle of %(network)s "
                "first (%(menu)s).",
                menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_base.menu_cycles"),
                date=Formats(self.env).day(date),
                network=network.display_name,
            )
        )

    # -- states ----------------------------------------------------------

    def action_grace(self):
        for period in self._as_step():
            period._ensure_takes_volume()
            period._ensure_state("open", self.env._("start the grace period of"))
            as_internal(period).write({"state": "grace"})

    def action_close(self):
        """Take no more rows. Payments still waiting are captured first."""
        periods = self._as_step()
        for period in periods:
            if not claim(period, "close"):
                raise UserError(
                    self.env._(
                        "%(period)s is being closed right now, by you or somebody else. Wait "
                        "until that is done.",
                        period=period.display_name,
                    )
                )
            period._ensure_state(ACCEPTING, self.env._("close"))
            if self._today(period.network_id) <= period.date_end:
                raise UserError(
                    self.env._(
                        "%(period)s lasts until %(date)s; it can be closed from the next day on.",
                        period=period.display_name,
                        date=Formats(self.env).day(period.date_end),
                    )
                )
            earlier = self.search(
                [
                    ("network_id", "=", period.network_id.id),
                    ("kind", "=", period.kind),
                    ("number", "<", period.number),
                    ("state", "in", ACCEPTING),
                    ("id", "not in", self.ids),
                ],
                limit=1,
            )
            if earlier:
                raise UserError(
                    self.env._(
                        "Close %(earlier)s before %(period)s.",
                        earlier=earlier.display_name,
                        period=period.display_name,
                    )
                )
        cycles = periods.filtered("is_base").sorted("number")
        for period in periods - cycles:
            period._ensure_parts_posted()
        for period in cycles:
            # what takes effect by the end of the cycle belongs to it
            self.env["mlm.operation"]._execute_due(period.network_id, period._end_moment())
        if cycles:
            self.env["mlm.capture.queue"]._process(wait=True)
        as_internal(periods).write({"state": "closed"})
        periods._keep_closed()
        for period in cycles:
            periods._ensure_until(period.network_id, period.date_end + timedelta(days=1))

    def action_reopen(self):
        for period in self._as_step():
            period._ensure_takes_volume()
            period._ensure_state("closed", self.env._("reopen"))
            as_internal(period).write({"state": "grace"})

    def _ensure_takes_volume(self):
        self.ensure_one()
        if not self.is_base:
            raise UserError(
                self.env._(
                    "%(period)s takes no volume itself: it consists of cycles. Open or close "
                    "those.",
                    period=self.display_name,
                )
            )

    def _ensure_parts_posted(self):
        self.ensure_one()
        missing = self._missing_part()
        if missing:
            raise UserError(
                self.env._(
                    "Post %(missing)s first: %(period)s consists of posted cycles.",
                    missing=missing,
                    period=self.display_name,
                )
            )

    def _ensure_state(self, states, verb):
        self.ensure_one()
        states = (states,) if isinstance(states, str) else states
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "It is not possible to %(verb)s %(period)s: it is “%(state)s” and "
                    "should be “%(wanted)s”.",
                    verb=verb,
                    period=self.display_name,
                    state=labels[self.state],
                    wanted=" / ".join(labels[state] for state in states),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["mlm.volume.entry"].search_count([("period_id", "in", self.ids)], limit=1)
        if used or any(period.state not in ("open", "history") for period in self):
            raise UserError(self.env._("A cycle with volume or a closed cycle cannot be deleted."))

    def action_view_entries(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Volume of %(period)s", period=self.display_name),
            "res_model": "mlm.volume.entry",
            "view_mode": "list,pivot,form",
            "domain": [("period_id", "in", self._parts().ids)],
            "context": {"search_default_by_distributor": 1},
        }
