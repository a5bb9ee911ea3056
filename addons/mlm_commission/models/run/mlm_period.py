# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.claim import claim, wait_for

from ...roles import SEES_MONEY


class MlmPeriod(models.Model):
    _inherit = "mlm.period"

    run_ids = fields.One2many("mlm.run", "period_id", groups=SEES_MONEY)
    run_count = fields.Integer(compute="_compute_run_count", string="Runs", groups=SEES_MONEY)
    posted_run_id = fields.Many2one("mlm.run", compute="_compute_posted_run_id")

    def _compute_run_count(self):
        counts = dict(
            self.env["mlm.run"]._read_group(
                [("period_id", "in", self.ids)], ["period_id"], ["__count"]
            )
        )
        for period in self:
            period.run_count = counts.get(period, 0)

    @api.depends("state")
    def _compute_posted_run_id(self):
        # sudo: which run was posted, of a cycle that is read; the run itself keeps its rules
        posted = {
            run.period_id: run
            for run in self.env["mlm.run"]
            .sudo()
            .search([("period_id", "in", self.ids), ("state", "=", "posted")])
        }
        for period in self:
            period.posted_run_id = posted.get(period)

    def _previous_period(self):
        """The cycle before, unless it is history or does not exist.

        Where a number is missing, the nearest below: what it left over is not lost.
        """
        self.ensure_one()
        return self.search(
            [
                ("network_id", "=", self.network_id.id),
                ("kind", "=", self.kind),
                ("number", "<", self.number),
                ("state", "!=", "history"),
            ],
            order="number desc",
            limit=1,
        )

    def _previous_run(self):
        """Posted run of the cycle before, whose carry-over this one starts with."""
        return self._previous_period().posted_run_id

    def _rank_run(self, version):
        """Posted run whose ranks hold before this period: of the kind of period that
        decides ranks, the last one that ended by now."""
        self.ensure_one()
        kind = version._plan()["rank_policy"]["period"]
        if kind == self.kind:
            return self._previous_run()
        return self.search(
            [
                ("network_id", "=", self.network_id.id),
                ("kind", "=", kind),
                ("state", "=", "posted"),
                ("date_end", "<=", self.date_end),
            ],
            order="number desc",
            limit=1,
        ).posted_run_id

    def _runs_before(self, count):
        """``{age: posted run}`` of up to ``count`` periods of this kind before this one;
        age 1 is the period before."""
        self.ensure_one()
        found, period = {}, self
        for age in range(1, count + 1):
            run = period._previous_run()
            if not run:
                break
            found[age] = run
            period = run.period_id
        return found

    def _ensure_can_compute(self):
        self.ensure_one()
        if self.state in ("history", "posted"):
            raise UserError(
                self.env._(
                    "%(period)s is posted, or from the previous system, and is not computed again.",
                    period=self.display_name,
                )
            )
        previous = self._previous_period()
        if previous and previous.state != "posted":
            raise UserError(
                self.env._(
                    "Post %(previous)s first: %(period)s starts with what it carries over.",
                    previous=previous.display_name,
                    period=self.display_name,
                )
            )
        if not self._cycles_read():
            raise UserError(
                self.env._(
                    "%(period)s only reads posted cycles, and none of its cycles is posted yet.",
                    period=self.display_name,
                )
            )

    def action_preview(self):
        """Compute a new preview of the cycle and open it; while one is computed, that one."""
        self.ensure_one()
        self.check_access("read")
        if run := self._run_in_work():
            return run._action_open()
        return self.env["mlm.run"]._create_preview(self).action_compute()

    def _run_in_work(self):
        """Return the run that somebody else is making of this period at this moment, or none.

        A second click, or two people at once: all want the one run. Who comes second waits
        for it; its transaction has begun before that run was there, another one sees it.
        """
        runs = self.env["mlm.run"].search([("period_id", "=", self.id)], order="number desc")
        is_first = claim(self, "preview")
        with self.env.registry.cursor() as cr:
            if not is_first:
                wait_for(cr, self, "preview")
                cr.rollback()  # what was waited for is seen by a transaction that begins after it
            newer = runs.with_env(self.env(cr=cr)).search(
                [("period_id", "=", self.id), ("id", "not in", runs.ids)],
                order="number desc",
                limit=1,
            )
            if newer:
                return self.env["mlm.run"].browse(newer.id)
        return runs.filtered(lambda run: run.state in ("queued", "computing"))[:1]

    def action_runs(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Runs of %(period)s", period=self.display_name),
            "res_model": "mlm.run",
            "view_mode": "list,form",
            "domain": [("period_id", "=", self.id)],
        }

    def action_reopen(self):
        self.check_access("write")
        for period in self:
            # sudo: only whether a run is on its way, for who may reopen the cycle
            live = period.sudo().run_ids.filtered(
                lambda run: run.state in ("submitted", "approved", "posting")
            )
            if live:
                raise UserError(
                    self.env._(
                        "%(run)s is about to be posted. Withdraw it before you reopen %(period)s.",
                        run=live.display_name,
                        period=period.display_name,
                    )
                )
        return super().action_reopen()
