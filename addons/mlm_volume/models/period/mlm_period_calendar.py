# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal

from ... import series


class MlmPeriod(models.Model):
    """When periods begin, end and are paid, where the network keeps time.

    Ledger rows go to the periods of one kind, the base kind: the network's cycles.
    Periods of longer kinds (a month, four weeks) consist of the cycles that end in
    them; which longer kinds exist is said by the plan, see ``mlm_commission``.
    """

    _inherit = "mlm.period"

    # -- moments ---------------------------------------------------------

    @api.model
    def _today(self, network):
        return datetime.now(ZoneInfo(network.tz)).date()

    @api.model
    def _local_start(self, network, date, hour=0):
        """Moment (naive UTC) at which ``date`` starts where the network keeps time."""
        local = datetime.combine(date, time(hour), ZoneInfo(network.tz))
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    @api.model
    def _local_noon(self, network, date):
        """Moment (naive UTC) of noon of ``date`` where the network keeps time."""
        return self._local_start(network, date, hour=12)

    @api.model
    def _local_date(self, network, moment):
        """Date of a naive UTC ``moment`` where the network keeps time."""
        return network._local_date(moment)

    def _start_moment(self):
        """First second of the period, naive UTC."""
        self.ensure_one()
        return self._local_start(self.network_id, self.date_start)

    def _end_moment(self):
        """First second after the period, naive UTC."""
        self.ensure_one()
        return self._local_start(self.network_id, self.date_end + timedelta(days=1))

    # -- series ----------------------------------------------------------

    @api.model
    def _base_definition(self, network):
        """Definition of the network's cycles, see ``series``."""
        return {
            "kind": network.cycle_calendar,
            "days": network.cycle_days or 7,
            "anchor_number": network.cycle_anchor_number,
            "anchor_date": network.cycle_anchor_date,
            "pay_after": network.cycle_pay_after,
            "pay_day": network.cycle_pay_day or 1,
        }

    @api.model
    def _period_values(self, network, kind, calendar, days, number, dates):
        """Values of a period from its ``dates``: first, last and pay day."""
        start, end, pay = dates
        return {
            "network_id": network.id,
            "kind": kind,
            "calendar": calendar,
            "days": days,
            "number": number,
            "date_start": start,
            "date_end": end,
            "pay_date": pay,
        }

    @api.model
    def _calendar_values(self, network, number):
        """Values of the cycle ``number``, from the network's anchor."""
        definition = self._base_definition(network)
        return self._period_values(
            network,
            network.cycle_kind,
            definition["kind"],
            definition["days"] if definition["kind"] == "days" else 0,
            number,
            series.bounds(definition, number),
        )

    @api.model
    def _number_on(self, network, date):
        """Number of the cycle that contains ``date``."""
        return series.number_on(self._base_definition(network), date)

    @api.model
    def _base_domain(self, network):
        """Domain of the network's cycles, without periods of longer kinds."""
        return [("network_id", "=", network.id), ("kind", "=", network.cycle_kind)]

    @api.model
    def _ensure_until(self, network, date):
        """Create the missing cycles up to the one that contains ``date``."""
        last = self.search(self._base_domain(network), order="number desc", limit=1)
        wanted = self._number_on(network, date)
        # History may end before the first cycle run here, and is never added to.
        first = max(last.number + 1, network.first_cycle) if last else None
        first = first or network.first_cycle or wanted
        return as_internal(self).create(
            [self._calendar_values(network, number) for number in range(first, wanted + 1)]
        )

    @api.model
    def _cron_ensure_periods(self):
        """Keep this cycle and the next one in existence."""
        for network in self.env["mlm.network"].search([]):
            self._ensure_present(network)

    @api.model
    def _ensure_present(self, network, date=None):
        """Create the cycles up to the next one of a network that has any.

        :param date: nothing to do while cycles exist up to here
        """
        last = self._last_day(network)
        if not last or (date and date <= last):
            return
        present = self._calendar_values(network, self._number_on(network, self._today(network)))
        until = present["date_end"] + timedelta(days=1)
        if until > last:
            self._ensure_until(network, until)

    @api.model
    def _last_day(self, network):
        """Last day of the last cycle that exists, or False."""
        last = self.search(self._base_domain(network), order="number desc", limit=1)
        return last.date_end

    @api.model
    def _waits(self, network, date):
        """Whether what is dated so waits for its cycle: cycles exist up to the next one."""
        self._ensure_present(network, date)
        last = self._last_day(network)
        return bool(last) and date > last

    # -- longer periods --------------------------------------------------

    @api.model
    def _has_longer(self):
        """Whether the networks of the user have periods of longer kinds."""
        # sudo: whether there are any, for the menus of whoever logs in
        networks = self.env.user.sudo().company_ids.mlm_network_id
        domain = [("network_id", "in", networks.ids), ("is_base", "=", False)]
        return bool(self.sudo().search_count(domain, limit=1))

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
                *self._base_domain(self.network_id),
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
                ("network_id", "=", self.network_id.id),
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
        last = self._number_on(self.network_id, self.date_end)
        values = self._calendar_values(self.network_id, last)
        if values["date_end"] > self.date_end:
            values = self._calendar_values(self.network_id, last - 1)
        ends = parts.mapped("date_end")
        if values["date_end"] in ends or self.search_count(
            [
                *self._base_domain(self.network_id),
                ("date_end", "=", values["date_end"]),
                ("state", "=", "history"),
            ],
            limit=1,
        ):
            return False
        return self.new(values).display_name
