# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.codes import CARRIED

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

WAITING = ("submitted", "approved", "posting")


class MlmPlanVersion(models.Model):
    """Runs of a plan version: what used it is not taken back, what waits is paid first."""

    _inherit = "mlm.plan.version"

    run_count = fields.Integer(compute="_compute_run_count", string="Runs")

    def _compute_run_count(self):
        counts = dict(
            self.env["mlm.run"]._read_group(
                [("version_id", "in", self.ids)], ["version_id"], ["__count"]
            )
        )
        for version in self:
            version.run_count = counts.get(version, 0)

    def action_runs(self):
        """Runs that pay by this version."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("mlm_commission.action_mlm_run"),
            "domain": [("version_id", "=", self.id)],
        }

    def _ensure_unused(self):
        # sudo: whoever changes plans need not read runs; only whether there is one
        if self.env["mlm.run"].sudo().search_count([("version_id", "=", self.id)], limit=1):
            raise UserError(
                self.env._(
                    "A run used %(version)s, so it stays as it is. Create a new version.",
                    version=self.display_name,
                )
            )
        return super()._ensure_unused()

    def _ensure_nobody_waits(self):
        # sudo: whoever ends a plan need not read runs
        run = (
            self.env["mlm.run"]
            .sudo()
            .search([("version_id", "=", self.id), ("state", "in", WAITING)], limit=1)
        )
        if run:
            raise UserError(
                self.env._(
                    "%(run)s was computed with %(version)s and is waiting to be posted. Post it "
                    "or withdraw it first.",
                    run=run.display_name,
                    version=self.display_name,
                )
            )
        return super()._ensure_nobody_waits()

    def _held(self):
        """Of bonuses and ranks, as the last posted run left them."""
        held = super()._held()
        # sudo: only sums of what is held under each code, for who writes the plan
        run = (
            self.env["mlm.run"]
            .sudo()
            .search(
                [("network_id", "=", self.network_id.id), ("state", "=", "posted")],
                order="number desc",
                limit=1,
            )
        )
        if not run:
            return held
        carries = [code for code in CARRIED if code.unit == "cv"]
        for code, count, value in self.env.execute_query(
            SQL(
                """
                SELECT bonus.code, count(DISTINCT figures.position), sum(figures.value)::bigint
                  FROM (%s) AS figures
                  JOIN mlm_plan_bonus AS bonus
                    ON bonus.version_id = %s AND bonus.sequence = figures.place
                 GROUP BY bonus.code
                """,
                self.env["mlm.measure"]._get_long(run, carries),
                run.version_id.id,
            )
        ):
            held["bonus", code] = (count, value)
        first, last = self.env["mlm.measure"]._id_range(run.number)
        for code, count in self.env.execute_query(
            SQL(
                """
                SELECT rank.code, count(*)
                  FROM mlm_measure_store AS store
                  JOIN mlm_plan_rank AS rank
                    ON rank.version_id = %s AND rank.sequence = store.title
                 WHERE store.id >= %s AND store.id < %s
                 GROUP BY rank.code
                """,
                run.version_id.id,
                first,
                last,
            )
        ):
            held["rank", code] = (count, 0)
        return held
