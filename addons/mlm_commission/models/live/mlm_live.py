# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying

from odoo.addons.mlm_base.background import attempt
from odoo.addons.mlm_base.internal import as_internal

from .mlm_period import as_projection

#: computing takes at most one part in so many of the time
SHARE = 5


class MlmLive(models.Model):
    """The live figures of a large network: when they were computed, of which cycle.

    The figures themselves stand in a table of their own (`_store`), one row for each person.
    """

    _name = "mlm.live"
    _description = "Live Figures"
    _inherit = "mlm.guarded"
    _log_access = False
    _rec_name = "period_id"
    _order = "network_id"
    _server_only = True

    network_id = fields.Many2one("mlm.network", required=True, readonly=True, ondelete="cascade")
    period_id = fields.Many2one("mlm.period", string="Cycle", readonly=True, ondelete="set null")
    version_id = fields.Many2one("mlm.plan.version", readonly=True, ondelete="set null")
    as_of = fields.Datetime(readonly=True, help="The figures are those of this moment.")
    tried_at = fields.Datetime(string="Last Look", readonly=True)
    seconds = fields.Float(readonly=True, digits=(9, 1), aggregator=None)
    people = fields.Integer(readonly=True)
    error = fields.Text(string="What went wrong", readonly=True)
    mark = fields.Char(readonly=True, help="Tells whether anything has changed since.")
    number = fields.Integer(readonly=True, help="How often they were computed.", aggregator=None)
    is_stored = fields.Boolean(string="Shown", readonly=True)

    _network_uniq = models.Constraint("UNIQUE(network_id)", "One row per network.")

    # -- when ------------------------------------------------------------------

    @api.model
    def _get_due(self):
        """Return the rows of the networks whose figures are to be computed now."""
        # sudo: the scheduler's work for all networks
        networks = self.env["mlm.network"].sudo().search([]).filtered(lambda one: one._is_large())
        known = self.sudo().search([("network_id", "in", networks.ids)])
        known += as_internal(self.sudo()).create(
            [{"network_id": network.id} for network in networks - known.network_id]
        )
        return known.filtered(lambda live: live._is_due())

    def _is_due(self):
        period = self.env["mlm.period"]._present(self.network_id)
        if not period:
            return False
        if not self.tried_at or (period != self.period_id and not self.error):
            return True
        wait = max(60 * self.network_id.live_minutes, (SHARE - 1) * self.seconds)
        return self.env.cr.now() >= self.tried_at + timedelta(seconds=wait)

    def _look(self, period):
        """Return ``(plan version, mark of the inputs)``; raises as `_get_columns`."""
        version = self.env["mlm.plan"]._version_at(self.network_id, period.date_start)
        return version, self.env["mlm.snapshot"]._get_mark(as_projection(period), version)

    def _is_current(self, mark):
        """Whether what is stored is what would be computed now."""
        return self.is_stored and not self.error and mark == self.mark

    @api.model
    def _mlm_needs_process(self, cron):
        for live in self._get_due():
            period = self.env["mlm.period"]._present(live.network_id)
            try:
                _version, mark = live._look(period)
            except (UserError, ValueError):
                continue  # the server notes it as well
            if not live._is_current(mark):
                return True
        return False

    def _mlm_resumes(self):
        return self.env._("The figures stay as they were, and are computed again by themselves.")

    # -- work ------------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Compute the figures of all networks where it is time and something has changed."""
        cron = self.env["ir.cron"]
        for live in self._get_due():
            attempt(live, live._refresh)
            cron._commit_progress(1)
        retrying(self._drop_old, self.env)

    def _refresh(self):
        """Compute the figures as of now, unless nothing has changed.

        Whoever reads meanwhile reads those before.
        """
        self.ensure_one()
        began, now = time.monotonic(), self.env.cr.now()
        period = self.env["mlm.period"]._present(self.network_id)
        if not period or not self.try_lock_for_update(allow_referencing=True):
            return
        try:
            version, mark = self._look(period)
            if self._is_current(mark):
                as_internal(self).write({"as_of": now, "tried_at": now})
                return
            columns = self._get_columns(period, version)
        except (UserError, ValueError) as error:
            # no plan, no rate of exchange, or inputs that contradict each other: people see
            # the posted figures
            as_internal(self).write(
                {
                    "period_id": period.id,
                    "tried_at": now,
                    "error": str(error.args[0] if error.args else error),
                    "is_stored": False,
                }
            )
            return
        number = self.number + 1
        self._store(number, columns)
        seconds = time.monotonic() - began
        as_internal(self).write(
            {
                "period_id": period.id,
                "version_id": version.id,
                "as_of": now,
                "tried_at": now + timedelta(seconds=seconds),
                "seconds": seconds,
                "people": len(columns["id"]),
                "error": False,
                "mark": mark,
                "number": number,
                "is_stored": True,
            }
        )

    def _keep_failure(self, message):
        """What was computed before stays, with its moment."""
        as_internal(self).write({"error": message, "tried_at": self.env.cr.now()})

    def action_refresh(self):
        """Compute the figures soon, without waiting for the next turn."""
        self.check_access("read")
        if not self.env.user.has_group("mlm_base.group_manager"):
            raise AccessError(self.env._("Only a manager can have live figures computed."))
        # sudo: only when they are computed next; nothing of it is the caller's
        as_internal(self.sudo()).write({"tried_at": False})
        self.env.ref("mlm_commission.cron_live").sudo()._trigger()
