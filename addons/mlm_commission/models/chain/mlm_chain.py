# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import chain as engine_chain
from mlm_engine.chain.codes import by_code
from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel import snapshot_file

from odoo import api, models
from odoo.exceptions import UserError

#: What the crossing of plan versions calls the sections of a plan.
CROSSED = {"bonuses": "bonus", "ranks": "rank", "packages": "package"}


class MlmChain(models.AbstractModel):
    """Posted periods computed once more, one after the other, with something changed.

    Each has the frozen inputs of its run; what it took over from a period before it takes from
    the recomputed one (``mlm_engine/chain``). Nothing is stored here, and nothing that was
    posted changes. Without a change each period gives the digest of its run.
    """

    _name = "mlm.chain"
    _description = "Chained Recomputation"

    @api.model
    def _get_runs(self, network, cycles, until=None):
        """Posted runs of the last ``cycles`` cycles and of the longer periods that lie whole
        among them, in the order in which they were computed.

        A longer period of which a cycle is not among them is left out: what that cycle paid
        would be missing in it.

        :param int cycles: how many
        :param until: ``mlm.period``, the last cycle; by default the last one posted
        """
        periods = self.env["mlm.period"]
        posted = [("network_id", "=", network.id), ("state", "=", "posted")]
        domain = [*posted, ("is_base", "=", True)]
        if until:
            domain.append(("date_end", "<=", until.date_end))
        chosen = periods.search(domain, order="date_end desc", limit=cycles)
        if not chosen:
            return self.env["mlm.run"]
        first, last = min(chosen.mapped("date_start")), max(chosen.mapped("date_end"))
        longer = periods.search(
            [
                *posted,
                ("is_base", "=", False),
                ("date_end", ">=", first),
                ("date_end", "<=", last),
            ]
        ).filtered(lambda period: not period._cycles_read() - chosen)
        # those that end on one day: the shorter first, which the longer ones read
        order = (chosen + longer).sorted(lambda one: (one.date_end, -one.date_start.toordinal()))
        return self.env["mlm.run"].browse([period.posted_run_id.id for period in order])

    @api.model
    def _compute(self, runs, change=None, cross=None, progress=None):
        """Yield ``(run, snapshot, result)`` of each run, as it is computed.

        :param runs: as ``_get_runs`` gives them
        :param change: ``f(run, snapshot) -> snapshot``
        :param cross: see ``mlm_engine.chain``; by default what the transitions of the runs'
            plan versions say
        :param progress: ``f(how many are done, stage, fraction of the present one)``
        :raise UserError: the frozen inputs of a run cannot be read; it is named
        """
        key = {(run.period_id.kind, run.period_id.number): run for run in runs}

        def changed(snapshot):
            run = key[snapshot.period_kind, snapshot.period_number]
            return change(run, snapshot) if change else snapshot

        found = engine_chain.chain(
            (self._read_frozen(run) for run in runs),
            changed,
            cross or self._cross(runs.version_id),
            progress,
        )
        for run, (snapshot, result) in zip(runs, found, strict=True):
            yield run, snapshot, result

    @api.model
    def _read_frozen(self, run):
        """The frozen inputs of a run; UserError names the run and the remedy."""
        try:
            snapshot = run._read_frozen()
        except (UserError, snapshot_file.SnapshotFileError) as error:
            raise UserError(
                self.env._(
                    "The inputs of %(run)s cannot be read: %(reason)s Restore its file from a"
                    " backup, or choose fewer cycles, so that it is not among them.",
                    run=run.display_name,
                    reason=str(error),
                )
            ) from error
        if run.engine_version != engine_run.ENGINE_VERSION:
            self._ensure_same_engine(run, snapshot)
        return snapshot

    @api.model
    def _ensure_same_engine(self, run, snapshot):
        """An earlier version of the engine counts where this one still comes to its figures."""
        if engine_run.compute(snapshot).digest != run.digest:
            raise UserError(
                self.env._(
                    "%(run)s was computed by version %(old)s of the calculation, and version"
                    " %(new)s comes to other figures: they cannot be compared. Choose fewer"
                    " cycles, so that it is not among them.",
                    run=run.display_name,
                    old=run.engine_version,
                    new=engine_run.ENGINE_VERSION,
                )
            )

    @api.model
    def _cross(self, versions):
        """What bonuses, ranks and packages of one version are called in another, as its
        transition says (RULES 11); everything else goes by its code.

        :param versions: the ``mlm.plan.version`` whose plans occur
        """
        known = {(one._plan()["code"], one._plan()["version"]): one for one in versions}

        def cross(section, before, plan):
            if section not in CROSSED or before == plan:
                return by_code(section, before, plan)
            source, target = (known[one["code"], one["version"]] for one in (before, plan))
            places = {item["code"]: place for place, item in enumerate(plan[section])}
            found = {}
            for place, item in enumerate(before[section]):
                code = target._carried_code(CROSSED[section], item["code"], source)
                if code in places:
                    found[place] = places[code]
            return found

        return cross
