# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal

from .. import series


class MlmPeriod(models.Model):
    """When periods begin, end and are paid, where the company keeps time.

    Ledger rows go to the periods of one kind, the base kind: the company's cycles.
    Periods of longer kinds (a month, four weeks) consist of the cycles that end in
    them; which longer kinds exist is said by the plan, see ``mlm_commission``.
    """

    _inherit = "mlm.period"

    # -- moments ---------------------------------------------------------

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

    # -- series ----------------------------------------------------------

    @api.model
    def _base_definition(self, company):
        """Definition of the company's cycles, see ``series``."""
        return {
            "kind": company.mlm_cycle_calendar,
            "days": company.mlm_cycle_days or 7,
            "anchor_number": company.mlm_cycle_anchor_number,
            "anchor_date": company.mlm_cycle_anchor_date,
            "pay_after": company.mlm_cycle_pay_after,
            "pay_day": company.mlm_cycle_pay_day or 1,
        }

    @api.model
    def _period_values(self, company, kind, calendar, days, number, dates):
        """Values of a period from its ``dates``: first, last and pay day."""
        start, end, pay = dates
        return {
            "company_id": company.id,
            "kind": kind,
            "calendar": calendar,
            "days": days,
            "number": number,
            "date_start": start,
            "date_end": end,
            "pay_date": pay,
        }

    @api.model
    def _calendar_values(self, company, number):
        """Values of the cycle ``number``, from the company's anchor."""
        definition = self._base_definition(company)
        return self._period_values(
            company,
            company.mlm_cycle_kind,
            definition["kind"],
            definition["days"] if definition["kind"] == "days" else 0,
            number,
            series.bounds(definition, number),
        )

    @api.model
    def _number_on(self, company, date):
        """Number of the cycle that contains ``date``."""
        return series.number_on(self._base_definition(company), date)

    @api.model
    def _base_domain(self, company):
        """Domain of the company's cycles, without periods of longer kinds."""
        return [("company_id", "=", company.id), ("kind", "=", company.mlm_cycle_kind)]

    @api.model
    def _ensure_until(self, company, date):
        """Create the missing cycles up to the one that contains ``date``."""
        last = self.search(self._base_domain(company), order="number desc", limit=1)
        wanted = self._number_on(company, date)
        # History may end before the first cycle run here, and is never added to.
        first = max(last.number + 1, company.mlm_first_cycle) if last else None
        first = first or company.mlm_first_cycle or wanted
        return as_internal(self).create(
            [self._calendar_values(company, number) for number in range(first, wanted + 1)]
        )

    @api.model
    def _cron_ensure_periods(self):
        """Keep this cycle and the next one in existence."""
        for company in self.env["res.company"].search([]):
            self._ensure_present(company)

    @api.model
    def _ensure_present(self, company, date=None):
        """Create the cycles up to the next one of a company that has any.

        :param date: nothing to do while cycles exist up to here
        """
        last = self._last_day(company)
        if not last or (date and date <= last):
            return
        present = self._calendar_values(company, self._number_on(company, self._today(company)))
        until = present["date_end"] + timedelta(days=1)
        if until > last:
            self._ensure_until(company, until)

    @api.model
    def _last_day(self, company):
        """Last day of the last cycle that exists, or False."""
        last = self.search(self._base_domain(company), order="number desc", limit=1)
        return last.date_end

    @api.model
    def _waits(self, company, date):
        """Whether what is dated so waits for its cycle: cycles exist up to the next one."""
        self._ensure_present(company, date)
        last = self._last_day(company)
        return bool(last) and date > last

    # -- longer periods --------------------------------------------------

    def _parts(self):
        """The cycles that this period consists of: itself, or those that end in it.

        A cycle belongs to the month in which it ends (RULES 10). What was brought
        as history was computed elsewhere and is no part.
        """
        self.ensure_one()
        if self.is_base:
            return self
        return self.search(
            [
                *self._base_domain(self.company_id),
                ("date_end", ">=", self.date_start),
                ("date_end", "<=", self.date_end),
                ("state", "!=", "history"),
            ],
            order="date_start",
        )

    def _longer(self):
        """Periods of longer kinds in which this cycle ends."""
        self.ensure_one()
        if not self.is_base:
            return self.browse()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("is_base", "=", False),
                ("date_start", "<=", self.date_end),
                ("date_end", ">=", self.date_end),
            ]
        )

    def _missing_part(self):
        """Name of the first cycle of a longer period that is not posted yet, or False."""
        self.ensure_one()
        parts = self._parts()
        waiting = parts.filtered(lambda part: part.state != "posted")[:1]
        if waiting:
            return waiting.display_name
        last = self._number_on(self.company_id, self.date_end)
        values = self._calendar_values(self.company_id, last)
        if values["date_end"] > self.date_end:
            values = self._calendar_values(self.company_id, last - 1)
        ends = parts.mapped("date_end")
        if values["date_end"] in ends or self.search_count(
            [
                *self._base_domain(self.company_id),
                ("date_end", "=", values["date_end"]),
                ("state", "=", "history"),
            ],
            limit=1,
        ):
            return False
        return self.new(values).display_name
