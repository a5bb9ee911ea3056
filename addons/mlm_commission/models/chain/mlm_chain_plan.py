# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine import measures
from mlm_engine.chain.plan import kinds_needed, lacks, under

from odoo import api, models
from odoo.exceptions import UserError

#: What only the frozen inputs could say.
REFUSED = ("periods", "trees")


class MlmChain(models.AbstractModel):
    """Another plan for periods that are computed once more.

    The inputs of a run were frozen for its own plan. Another plan may read what they do not
    have: that is read from the database where it is what it was (the ledger, events and
    posted figures are only ever added to), else the plan is refused with the reason.
    """

    _inherit = "mlm.chain"

    @api.model
    def _compute_under(self, version, runs, progress=None):
        """Yield ``(run, snapshot, result)`` of runs under another plan version; see ``_compute``.
        Longer periods that the plan does not have are left out.

        :raise UserError: the plan cannot be tried on these runs, and why
        """
        plan = version._plan()
        cross = self._cross(runs.version_id | version)
        snapshots = self.env["mlm.snapshot"]

        def trees(before, plan):
            was, now = (
                snapshots._placement_trees(one, version.network_id) for one in (before, plan)
            )
            return {was[tree]: place for tree, place in now.items() if tree in was}

        def change(run, frozen):
            missing = lacks(frozen, plan, cross, trees)
            self._ensure_can_try(version, run, missing)
            snapshot = under(frozen, plan, cross, trees)
            self._read_missing(snapshot, run, version, missing)
            return snapshot

        base = runs.filtered("period_id.is_base")
        runs = runs.filtered(lambda run: run in base or run.period_id.kind in plan["periods"])
        yield from self._compute(runs, change, cross, progress)

    @api.model
    def _ensure_can_try(self, version, run, missing):
        if "periods" in missing:
            raise UserError(
                self.env._(
                    "%(version)s has other periods than %(run)s: what was sold in one cannot be"
                    " paid in the other. A plan is tried on cycles that begin and end as its own.",
                    version=version.display_name,
                    run=run.display_name,
                )
            )
        if "trees" in missing:
            raise UserError(
                self.env._(
                    "%(version)s reads a placement tree that the plan of %(run)s did not read, so"
                    " its inputs were not kept. It can be tried once a cycle was paid by a plan"
                    " that reads this tree.",
                    version=version.display_name,
                    run=run.display_name,
                )
            )

    @api.model
    def _read_missing(self, snapshot, run, version, missing):
        """Fill in what the frozen inputs do not have and the database still has."""
        loader, period = self.env["mlm.snapshot"], run.period_id
        if "currencies" in missing:
            snapshot.fx_e6 = version._fx_e6(period)
            snapshot.rates = version._other_rates(period)
            homes = period.network_id._get_homes() if snapshot.homes else ()
            snapshot.homes = [loader._home(company, period, version) for company in homes]
        if "packages" in missing:
            known = snapshot.row_id
            loader._load_rows(snapshot, period, version)
            if not np.array_equal(known, snapshot.row_id):
                raise UserError(
                    self.env._(
                        "%(version)s pays for packages that the plan of %(run)s did not know, and"
                        " the rows of the ledger are no longer those that it counted.",
                        version=version.display_name,
                        run=run.display_name,
                    )
                )
            loader._load_held(snapshot, period, version)
        if "products" in missing:
            snapshot.row_product = loader._products_of(snapshot.row_id, version)
        if "window" in missing:
            loader._load_window(snapshot, period, version)
        if "promotions" in missing:
            loader._load_promotions(snapshot, period, version)
        if "prior" in missing:
            loader._load_prior(snapshot, period, version)

    @api.model
    def _get_notes(self, version, runs):
        """What is not as it would have been, sentences: kinds of period that are not among the
        runs, measures that earlier runs did not count, what the transition drops."""
        plan, notes = version._plan(), []
        there = set(runs.period_id.mapped("kind"))
        for kind in sorted(kinds_needed(plan) - there):
            names = [
                bonus.name
                for bonus, item in zip(
                    version.bonus_ids.sorted("sequence"), plan["bonuses"], strict=True
                )
                if item["period"] == kind
            ]
            notes.append(
                self.env._(
                    "No period of the kind “%(kind)s” lies whole within these cycles. Not computed:"
                    " %(names)s.",
                    kind=kind,
                    names=", ".join(names) or self.env._("ranks"),
                )
            )
        before = runs[:1].version_id
        known = {item["code"] for item in before._plan()["measures"]}
        new = [
            one.name
            for place, one in enumerate(version.measure_ids)
            if place in measures.ages(plan) and one.code not in known
        ]
        if new:
            notes.append(
                self.env._(
                    "Accumulated from the first of these cycles on only, because earlier runs did"
                    " not count it: %(names)s.",
                    names=", ".join(new),
                )
            )
        cross = self._cross(runs.version_id | version)
        for section, title in (
            ("bonuses", self.env._("carry-over of bonuses")),
            ("ranks", self.env._("ranks")),
            ("packages", self.env._("packages")),
        ):
            kept = cross(section, before._plan(), plan)
            lost = [
                item["name"].get(version._short_lang(), item["name"]["en"])
                for place, item in enumerate(before._plan()[section])
                if place not in kept
            ]
            if lost:
                notes.append(
                    self.env._(
                        "Not taken over, because %(version)s does not have them (%(what)s):"
                        " %(names)s.",
                        version=version.display_name,
                        what=title,
                        names=", ".join(lost),
                    )
                )
        return notes
