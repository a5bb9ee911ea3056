# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from mlm_engine.kernel import periods as engine_periods

from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal


class MlmPeriod(models.Model):
    """Several kinds of period in one plan (RULES 10): cycles, months, four weeks.

    The first kind of the plan is the network's cycle, which takes the rows of the
    ledger; the other kinds are longer and consist of posted cycles.
    """

    _inherit = "mlm.period"

    @api.model
    def _ensure_until(self, network, date):
        created = super()._ensure_until(network, date)
        self._ensure_longer(network)
        return created

    @api.model
    def _ensure_longer(self, network):
        """Create the months and longer periods in which cycles end that are not posted."""
        wanted = {}
        for cycle in self.search(
            [*self._base_domain(network), ("state", "in", ("open", "grace", "closed"))],
            order="date_start",
        ):
            version = self._version_of(cycle)
            for kind, definition in version._longer_kinds().items():
                number = engine_periods.number_of(definition, cycle.date_end.toordinal())
                wanted.setdefault((kind, number), definition)
        known = {
            (period.kind, period.number)
            for period in self.search(
                [
                    ("network_id", "=", network.id),
                    ("kind", "in", list({kind for kind, _number in wanted})),
                    ("number", "in", [number for _kind, number in wanted]),
                ]
            )
        }
        return as_internal(self).create(
            [
                self._longer_values(network, kind, definition, number)
                for (kind, number), definition in wanted.items()
                if (kind, number) not in known
            ]
        )

    @api.model
    def _version_of(self, cycle):
        """Plan version in force when a cycle ends, or none."""
        # sudo: whoever closes a cycle need not read the plan
        return (
            self.env["mlm.plan.version"]
            .sudo()
            .search(
                [
                    ("network_id", "=", cycle.network_id.id),
                    ("state", "in", ("published", "active")),
                    ("valid_from", "<=", cycle.date_end),
                ],
                order="valid_from desc, version desc",
                limit=1,
            )
        )

    @api.model
    def _longer_values(self, network, kind, definition, number):
        return self._period_values(
            network,
            kind,
            definition["kind"],
            definition.get("days") or 0,
            number,
            map(date.fromordinal, engine_periods.bounds(definition, number)),
        )

    def _cycles_read(self):
        """Cycles whose ledger rows a run of this period reads.

        A longer period reads the posted ones, so a preview before its end shows what
        is certain by then.
        """
        self.ensure_one()
        parts = self._parts()
        return parts if self.is_base else parts.filtered(lambda part: part.state == "posted")

    def _window_start(self, version):
        """First day of the activity window that this period is the last of."""
        self.ensure_one()
        plan = version._plan()
        activity = plan["activity"] or {"period": self.kind, "window": 1}
        definition = plan["periods"][activity["period"]]
        number = engine_periods.number_of(definition, self.date_end.toordinal())
        return date.fromordinal(
            engine_periods.bounds(definition, number - activity["window"] + 1)[0]
        )

    def _close_longer(self):
        """Close the longer periods that this cycle, posted now, completes."""
        for period in self._longer():
            if period.state in ("open", "grace") and not period._missing_part():
                period.action_close()
