# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from mlm_engine.kernel import periods as engine_periods

from odoo import api, models
from odoo.exceptions import UserError

#: periods that a common first day is looked for in: weeks of twelve years
MOST_STEPS = 600


class MlmPlanVersion(models.Model):
    """The kinds of period that a version brings to the network."""

    _inherit = "mlm.plan.version"

    def write(self, vals):
        """A published plan and the network keep one calendar."""
        publishing = vals.get("state") == "published"
        if publishing:
            for version in self:
                version._adopt_calendar()
        result = super().write(vals)
        if publishing:
            for network in self.network_id:
                # sudo: periods follow from the plan, whoever publishes it
                self.env["mlm.period"].sudo()._ensure_longer(network)
        return result

    @api.model
    def _next_start(self, network, plan, after=None):
        """Return the next day on which a version can begin: the first one of each kind of
        period of ``plan``, in no period that is closed (RULES 11).

        :param plan: canonical plan
        :param after: a day that must be past, e.g. the start of the version before
        """
        periods = self.env["mlm.period"].sudo()  # sudo: whoever writes plans need not close periods
        closed = periods.search(
            [("network_id", "=", network.id), ("state", "in", ("closed", "posted"))],
            order="date_end desc",
            limit=1,
        )
        past = [one for one in (closed.date_end, after) if one]
        first = max([periods._today(network), *(one + timedelta(days=1) for one in past)])
        day = first.toordinal()
        for _step in range(MOST_STEPS):
            later = engine_periods.starts_period({**plan, "valid_from": day})
            if not later:
                return date.fromordinal(day)
            day = max(start for _code, start in later)
        return first  # kinds of period that never begin together: a finding says so

    def _base_kind(self):
        """Code of the kind of period that takes the rows of the ledger."""
        return next(iter(self._plan()["periods"]))

    def _longer_kinds(self):
        """``{code: definition}`` of the other kinds."""
        if not self:
            return {}
        base = self._base_kind()
        return {
            code: definition for code, definition in self._plan()["periods"].items() if code != base
        }

    def _calendar_of(self, code, definition):
        """Values of the network whose cycles are those of a definition."""
        values = {
            "cycle_kind": code,
            "cycle_calendar": definition["kind"],
            "cycle_anchor_number": definition["anchor_number"],
            "cycle_anchor_date": date.fromordinal(definition["anchor_start"]),
        }
        if definition["kind"] == "days":
            return values | {
                "cycle_days": definition["days"],
                "cycle_pay_after": definition["pay_after_start"],
            }
        return values | {"cycle_pay_day": definition["pay_day"]}

    def _adopt_calendar(self):
        """The network's cycles are the first kind of its plan.

        Without cycles the network takes the plan's; with cycles both must agree,
        since rows and runs stand on them.
        """
        self.ensure_one()
        # sudo: the calendar comes with the plan, whoever may publish it
        network = self.network_id.sudo()
        periods = self.env["mlm.period"].sudo()
        code = self._base_kind()
        definition = self._plan()["periods"][code]
        if not periods.search_count([("network_id", "=", network.id)], limit=1):
            network.write(self._calendar_of(code, definition))
            return
        day = max(self.valid_from, periods._today(network))
        ours = periods._calendar_values(network, periods._number_on(network, day))
        number = engine_periods.number_of(definition, day.toordinal())
        start, end, _pay = map(date.fromordinal, engine_periods.bounds(definition, number))
        theirs = {"kind": code, "number": number, "date_start": start, "date_end": end}
        if any(ours[name] != value for name, value in theirs.items()):
            raise UserError(
                self.env._(
                    "The cycles of %(version)s are not those of %(network)s: %(day)s is in "
                    "%(theirs)s (%(kind)s) there and in %(ours)s (%(own_kind)s) here. Give the "
                    "plan's first kind of period the number and the first day of the network's "
                    "cycles.",
                    version=self.display_name,
                    network=network.display_name,
                    day=day,
                    theirs=f"{number}: {start} – {end}",
                    kind=code,
                    ours=f"{ours['number']}: {ours['date_start']} – {ours['date_end']}",
                    own_kind=ours["kind"],
                )
            )
