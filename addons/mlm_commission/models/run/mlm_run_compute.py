# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
from mlm_engine.kernel import outcome as engine_outcome
from mlm_engine.kernel import result as engine_result
from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel import snapshot_file

from odoo import api, fields, models

from odoo.addons.mlm_base.background import attempt
from odoo.addons.mlm_base.internal import as_internal, as_system

from ...failpoint import hit

# Above so many distributors the work is done in the background.
INLINE_MEMBERS = 5_000
# Runs that the background goes on with.
POSTING = [("state", "=", "posting")]
AT_WORK = [("state", "in", ("queued", "computing", "posting")), ("stopped_by_id", "=", False)]
# Earnings encoded at a time: they stay near where the order of their ids puts them.
NEAR = 8_192
# Columns of an earning that are stored as the engine gives them.
PLAIN_COLUMNS = (
    "level",
    "paid_level",
    "base_e4",
    "rate_e6",
    "fx_e6",
    "per_e6",
    "amount_e4",
    "breakage_e4",
    "reason",
    "rate_source",
    "cap_e4",
    "scale_e4",
)


class MlmRun(models.Model):
    _inherit = "mlm.run"

    @api.model
    def _create_preview(self, period):
        """New run of ``period`` with the plan in force; raises clear errors."""
        self.check_access("create")
        period.network_id._ensure_led()
        period._ensure_can_compute()
        version = self.env["mlm.plan"]._version_at(period.network_id, period.date_start)
        previous = self.search(
            [("period_id", "=", period.id), ("state", "!=", "cancelled")],
            order="number desc",
            limit=1,
        )
        # sudo: nobody creates a run but here, where the values are known
        run = as_internal(self.sudo()).create(
            {
                "network_id": period.network_id.id,
                "period_id": period.id,
                "version_id": version.id,
                "previous_id": previous.id,
                "computed_by_id": self.env.uid,
            }
        )
        version._mark_used()
        hit("preview.created")
        return run.sudo(self.env.su)

    def action_compute(self):
        """Compute now, or in the background when the network is large."""
        for run in self._as_step():
            run._ensure_run_state("queued", "failed")
            as_internal(run).write({"computed_by_id": self.env.uid})
            members = self.env["mlm.distributor"].search_count(
                [("network_id", "=", run.network_id.id)], limit=INLINE_MEMBERS + 1
            )
            if members > INLINE_MEMBERS:
                as_internal(run).write({"state": "queued"})
                # sudo: `_as_step` has checked the right to write the run
                self.env.ref("mlm_commission.cron_work").sudo()._trigger()
            else:
                # sudo: `_as_step` has checked the right; the caller's context is no part of a result
                as_system(run)._compute_run()
        return self._action_open()

    def _action_open(self):
        if len(self) != 1:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": "mlm.run",
            "res_id": self.id,
            "view_mode": "form",
        }

    def _compute_run(self, progress=None):
        """Read the inputs, compute, store the rows. Repeatable after a kill.

        :param progress: ``f(stage, fraction)`` called as the work goes on
        """
        self.ensure_one()
        report = progress or (lambda stage, fraction: None)
        as_internal(self).write({"state": "computing"})
        report("capture", 0.0)
        # sudo: the queue is the work's; who may compute was checked when it was asked for
        self.env["mlm.capture.queue"].sudo()._process()
        hit("compute.captured")
        report("inputs", 0.05)
        snapshot = self.env["mlm.snapshot"]._load(self.period_id, self.version_id)
        mark = self.env["mlm.snapshot"]._get_mark(self.period_id, self.version_id)
        data = snapshot_file.dumps(snapshot)
        sha = snapshot_file.sha256(data)
        hit("compute.snapshot")
        report("engine", 0.2)
        result = engine_run.compute(
            snapshot,
            progress=lambda stage, fraction: report(stage, 0.2 + 0.5 * fraction),
        )
        hit("compute.engine")
        report("rows", 0.7)
        # earnings say only where their rate is another one
        as_internal(self).write({"fx_e6": snapshot.fx_e6})
        outcome, digest = engine_outcome.of_result(snapshot, result), result.digest
        self._store_rows(snapshot, result)
        del result  # what follows computes again, and a large one holds much
        hit("compute.rows")
        self._store_snapshot(data, sha)
        del data
        report("totals", 0.9)
        as_internal(self).write(
            {
                "state": "preview",
                "error": False,
                "inputs_mark": mark,
                "rates": snapshot.rates or False,
                "homes": self._homes_of(snapshot) or False,
                "digest": digest,
                "engine_version": engine_run.ENGINE_VERSION,
                "computed_at": self.env.cr.now(),
                "computed_by_id": self.computed_by_id.id or self.env.uid,
                "cv": int(snapshot.row_cv_e4.sum()) / 10_000,
            }
        )
        self._store_totals()
        hit("compute.stored")
        report("review", 0.95)
        self._review(snapshot, outcome)
        hit("review.stored")
        report("done", 1.0)

    def _review(self, snapshot, outcome):
        """Fill what a manager reads before approval; extended by what is looked for.

        :param outcome: ``mlm_engine.kernel.outcome.Outcome``
        """

    # -- storing -----------------------------------------------------------

    def _store_rows(self, snapshot, result):
        """Copy the engine's rows into the partitions of this run; its earnings are given back."""
        earnings = self.env["mlm.earning"]
        columns = self._earning_columns(snapshot, result)
        result.earnings = None  # half of what a large run holds
        first, _last = earnings._id_range(self.number)
        columns["id"] = first + 1 + np.arange(columns["bonus_id"].size, dtype=np.int64)
        earnings._fill(self, columns, NEAR)
        self.env["mlm.run.sum"]._keep(self, columns)
        del columns
        figures = self.env["mlm.measure"]
        figures._fill(self, figures._packed(self, self._figures(snapshot, result)))

    def _earning_columns(self, snapshot, result):
        """``{column: int64 array}`` of the earnings of a result, indexes turned into ids."""
        bonuses = np.array(self.version_id.bonus_ids.sorted("sequence").ids, dtype=np.int64)
        members = np.append(snapshot.member_id, 0)  # -1 → 0: none
        positions = np.append(snapshot.position_id, 0)
        rows = np.append(snapshot.row_id, 0)
        table = dict(engine_result.columns(result.earnings))
        return {
            "payee_id": members[table["payee"]],
            "position_id": positions[table["position"]],
            "bonus_id": bonuses[table["bonus"]],
            "source_id": members[table["source"]],
            "entry_id": rows[table["row"]],
            # an engine for one company divides by nothing
            **{name: table[name] for name in PLAIN_COLUMNS},
        }

    def _figures(self, snapshot, result):
        """The engine's measures plus carry, each once, in canonical order; ids of people
        and positions: ``{holder, position, place, measure, value}``."""
        table = dict(engine_result.columns(result.measures))
        carried = np.isin(table["measure"], np.unique(result.carry_measure))
        parts = {name: [column[~carried]] for name, column in table.items()}
        parts["member"].append(snapshot.position_member[result.carry_position])
        parts["position"].append(result.carry_position)
        parts["bonus"].append(result.carry_bonus)
        parts["measure"].append(result.carry_measure)
        parts["value"].append(result.carry_value)
        # columns go as they are turned into others: those of a large run are long
        merged = {name: np.concatenate(parts.pop(name)) for name in list(parts)}
        order = np.lexsort(
            (merged["measure"], merged["bonus"], merged["position"], merged["member"])
        )
        return {
            "holder": np.append(snapshot.member_id, 0)[merged.pop("member")[order]],
            "position": np.append(snapshot.position_id, 0)[merged.pop("position")[order]],
            **{
                name: merged.pop(column)[order]
                for name, column in (("place", "bonus"), ("measure", "measure"), ("value", "value"))
            },
        }

    def _store_snapshot(self, data, sha):
        """Keep the inputs in a file that nobody but the system reads or deletes.

        An attachment of the run would be the manager's to delete: this one belongs
        to no record and to no person.
        """
        # sudo: as the system, whose file it is; who may compute was checked before
        attachments = as_system(self.env["ir.attachment"])
        self.snapshot_id.with_env(attachments.env).unlink()
        kept = attachments.create(
            {
                "name": f"run-{self.number}.snapshot",
                "raw": data,
                "mimetype": "application/octet-stream",
            }
        )
        as_internal(self).write({"snapshot_id": kept.id, "snapshot_sha": sha})

    # -- background ----------------------------------------------------------

    @api.model
    def _cron_work(self):
        """Compute what is queued and go on with what is being posted."""
        cron = self.env["ir.cron"]
        for run in self.search(AT_WORK, order="number"):
            run._work()
            cron._commit_progress(1)

    @api.model
    def _cron_help(self):
        """Post chunks beside the process that computes, and others like this one."""
        for run in self.search([*AT_WORK, *POSTING], order="number"):
            run._work()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _mlm_needs_process(self, cron):
        only = [] if cron == self.env.ref("mlm_commission.cron_work") else POSTING
        return bool(self.search_count([*AT_WORK, *only], limit=1))

    def _mlm_resumes(self):
        if self.state != "posting":
            return ""
        return self.env._("What was posted stays; the rest is posted within an hour.")

    def action_stop(self):
        """End the computation of a run, of which nothing is kept, or its posting after the
        entry at work: what is posted stays."""
        for run in self._as_step():
            run._ensure_run_state("queued", "computing", "posting")
            if run.state == "posting":
                as_internal(run).write({"stopped_by_id": self.env.uid})
            else:
                self.env["mlm.job"]._stop_or_fail(run)

    def _work(self):
        """One piece of background work; a failure is kept on the run."""
        self.ensure_one()
        if self.state == "posting":  # by several at once
            attempt(self, lambda: self._post_all(commit=True), again=False)
        elif self.try_lock_for_update(allow_referencing=True):
            attempt(self, self._compute_waiting)

    def _compute_waiting(self):
        """Compute unless somebody else took or discarded the run before this attempt."""
        if not self.try_lock_for_update(allow_referencing=True):
            return
        if self.state in ("queued", "computing"):
            people = self.env["mlm.distributor"].search_count(
                [("network_id", "=", self.network_id.id)]
            )
            self._compute_run(self.env["mlm.run.progress"]._watch(self, "compute", people))

    def _keep_failure(self, message):
        if message != self.error:  # posting is tried every hour, and said once
            self.message_post(body=message)
        state = self.state if self.state == "posting" else "failed"
        as_internal(self).write({"error": message, "state": state})

    @api.model
    def _cron_drop_previews(self):
        """Drop the rows of previews that nobody needs: the cycle was posted."""
        old = self.search([("state", "=", "preview"), ("period_id.state", "=", "posted")])
        old.filtered(
            lambda run: run.computed_at and (fields.Datetime.now() - run.computed_at).days >= 30
        ).action_discard()
