# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

ACCEPTING = ("open", "grace")
# What decides which rows a cycle takes and who is paid: written by its steps only.
GUARDED = {"company_id", "kind", "number", "date_start", "date_end", "pay_date", "state"}


class MlmPeriod(models.Model):
    """A numbered cycle. Ledger rows get their period once and never change it.

    open → grace (still accepts late payments) → closed → posted. Inserting a
    ledger row locks the period row FOR SHARE and closing updates it, so no row
    can slip into a closed period.
    """

    _name = "mlm.period"
    _description = "Cycle"
    _inherit = ["mail.thread"]
    _order = "date_start desc, id desc"
    _rec_name = "display_name"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Char(default="week", required=True)
    number = fields.Integer(required=True, aggregator=None)
    date_start = fields.Date(
        string="First day", compute="_compute_dates", store=True, precompute=True, required=True
    )
    date_end = fields.Date(
        string="Last day", compute="_compute_dates", store=True, precompute=True, required=True
    )
    pay_date = fields.Date(compute="_compute_dates", store=True, precompute=True, required=True)
    state = fields.Selection(
        [
            ("history", "History"),
            ("open", "Open"),
            ("grace", "Grace"),
            ("closed", "Closed"),
            ("posted", "Posted"),
        ],
        default="open",
        required=True,
        copy=False,
        tracking=True,
    )
    is_current = fields.Boolean(
        string="Present cycle", compute="_compute_is_current", search="_search_current"
    )
    entry_count = fields.Integer(compute="_compute_totals", string="Ledger rows")
    pv = fields.Float(compute="_compute_totals", string="PV", digits=(18, 2))
    cv = fields.Float(compute="_compute_totals", string="CV", digits=(18, 2))

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, kind, number)", "A cycle has this number already."
    )
    _start_uniq = models.Constraint(
        "UNIQUE(company_id, kind, date_start)", "A cycle starts on this day already."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_end >= date_start)", "A cycle must not end before it starts."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("state", "open") != "open" for vals in vals_list):
            raise AccessError(self.env._("A cycle begins open."))
        return super().create(vals_list)

    def write(self, vals):
        """States and dates come from the buttons, not from a form or an API call."""
        if not self.env.su and GUARDED & set(vals):
            raise AccessError(
                self.env._(
                    "%(fields)s of a cycle cannot be written; use the buttons.",
                    fields=", ".join(sorted(GUARDED & set(vals))),
                )
            )
        return super().write(vals)

    def _as_step(self):
        """The cycles with the rights of the system, for somebody who may change them."""
        self.check_access("write")
        return self.sudo()

    @api.depends("number")
    def _compute_display_name(self):
        for period in self:
            period.display_name = self.env._("Cycle %(number)s", number=period.number)

    @api.depends("number", "company_id")
    def _compute_dates(self):
        """Dates follow from the number; a cycle with volume keeps the ones it has."""
        for period in self:
            if not period.date_start or not period._origin:
                found = self._calendar_values(period.company_id, period.number)
                for name in ("date_start", "date_end", "pay_date"):
                    period[name] = found[name]

    def _compute_is_current(self):
        for period in self:
            today = self._today(period.company_id)
            period.is_current = period.date_start <= today <= period.date_end

    def _search_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._today(self.env.company)
        domain = fields.Domain("date_start", "<=", today) & fields.Domain("date_end", ">=", today)
        return domain if True in value else ~domain

    def _compute_totals(self):
        totals = {
            period: (count, pv, cv)
            for period, count, pv, cv in self.env["mlm.volume.entry"]._read_group(
                [("period_id", "in", self.ids)],
                ["period_id"],
                ["__count", "pv:sum", "cv:sum"],
            )
        }
        for period in self:
            period.entry_count, period.pv, period.cv = totals.get(period, (0, 0, 0))

    # -- calendar --------------------------------------------------------

    @api.model
    def _today(self, company):
        return datetime.now(ZoneInfo(company.mlm_tz)).date()

    @api.model
    def _local_start(self, company, date, hour=0):
        """Moment (naive UTC) at which ``date`` starts where the company keeps time."""
        local = datetime.combine(date, time(hour), ZoneInfo(company.mlm_tz))
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    @api.model
    def _local_noon(self, company, date):
        """Moment (naive UTC) of noon of ``date`` where the company keeps time."""
        return self._local_start(company, date, hour=12)

    @api.model
    def _local_date(self, company, moment):
        """Date of a naive UTC ``moment`` where the company keeps time."""
        aware = moment.replace(tzinfo=timezone.utc)
        return aware.astimezone(ZoneInfo(company.mlm_tz)).date()

    def _start_moment(self):
        """First second of the period, naive UTC."""
        self.ensure_one()
        return self._local_start(self.company_id, self.date_start)

    def _end_moment(self):
        """First second after the period, naive UTC."""
        self.ensure_one()
        return self._local_start(self.company_id, self.date_end + timedelta(days=1))

    @api.model
    def _calendar_values(self, company, number):
        """Dates of the cycle ``number``, from the company's anchor."""
        days = company.mlm_cycle_days or 7
        start = company.mlm_cycle_anchor_date + timedelta(
            days=days * (number - company.mlm_cycle_anchor_number)
        )
        return {
            "company_id": company.id,
            "kind": "week",
            "number": number,
            "date_start": start,
            "date_end": start + timedelta(days=days - 1),
            "pay_date": start + timedelta(days=company.mlm_cycle_pay_after),
        }

    @api.model
    def _number_on(self, company, date):
        """Number of the cycle that contains ``date``."""
        return company.mlm_cycle_anchor_number + (
            (date - company.mlm_cycle_anchor_date).days // (company.mlm_cycle_days or 7)
        )

    @api.model
    def _ensure_until(self, company, date):
        """Create the missing cycles up to the one that contains ``date``."""
        last = self.search(
            [("company_id", "=", company.id), ("kind", "=", "week")],
            order="number desc",
            limit=1,
        )
        wanted = self._number_on(company, date)
        # History may end before the first cycle run here, and is never added to.
        first = max(last.number + 1, company.mlm_first_cycle) if last else None
        first = first or company.mlm_first_cycle or wanted
        return self.create(
            [self._calendar_values(company, number) for number in range(first, wanted + 1)]
        )

    @api.model
    def _cron_ensure_periods(self):
        """Keep this cycle and the next one in existence."""
        for company in self.env["res.company"].search([]):
            if self.search_count([("company_id", "=", company.id)], limit=1):
                self._ensure_until(
                    company, self._today(company) + timedelta(days=company.mlm_cycle_days)
                )

    @api.model
    def _taking(self, company):
        """Cycle that a sale of today would go to, or none; see `_accepting`, which
        locks it as well."""
        today = self._today(company)
        accepting = [
            ("company_id", "=", company.id),
            ("kind", "=", "week"),
            ("state", "in", ACCEPTING),
        ]
        present = [("date_start", "<=", today), ("date_end", ">=", today)]
        later = [("date_start", ">", today)]
        for domain in (present, later, []):
            period = self.search([*accepting, *domain], order="number", limit=1)
            if period:
                return period
        return self.browse()

    @api.model
    def _accepting(self, company, date):
        """Cycle that takes a row of ``date``: its own, else the first open one.

        The row is locked FOR SHARE: it cannot be closed before this
        transaction ends. Raises UserError when no cycle accepts rows.
        """
        for domain in (
            [("date_start", "<=", date), ("date_end", ">=", date)],
            [("date_start", ">", date)],
            [],
        ):
            period = self.search(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", "week"),
                    ("state", "in", ACCEPTING),
                    *domain,
                ],
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
                "No open cycle takes volume of %(date)s. Open a cycle of %(company)s "
                "first (Network › Cycles).",
                date=format_date(self.env, date),
                company=company.display_name,
            )
        )

    # -- states ----------------------------------------------------------

    def action_grace(self):
        for period in self._as_step():
            period._ensure_state("open", self.env._("start the grace time of"))
            period.state = "grace"

    def action_close(self):
        """Take no more rows. Payments still waiting are captured first."""
        periods = self._as_step()
        for period in periods:
            period._ensure_state(ACCEPTING, self.env._("close"))
            if self._today(period.company_id) <= period.date_end:
                raise UserError(
                    self.env._(
                        "%(period)s lasts until %(date)s; it can be closed from the day after.",
                        period=period.display_name,
                        date=format_date(self.env, period.date_end),
                    )
                )
            earlier = self.search(
                [
                    ("company_id", "=", period.company_id.id),
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
        for period in periods.sorted("number"):
            # what takes effect by the end of the cycle belongs to it
            self.env["mlm.operation"]._execute_due(period.company_id, period._end_moment())
        self.env["mlm.capture.queue"]._process(wait=True)
        for period in periods.sorted("number"):
            period.state = "closed"
            periods._ensure_until(period.company_id, period.date_end + timedelta(days=1))

    def action_reopen(self):
        for period in self._as_step():
            period._ensure_state("closed", self.env._("reopen"))
            period.state = "grace"

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
            "domain": [("period_id", "=", self.id)],
            "context": {"search_default_by_distributor": 1},
        }
