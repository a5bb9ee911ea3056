# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import replace
from datetime import timezone

from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel import snapshot_file
from mlm_engine.kernel.codes import Measure

from odoo import models
from odoo.tools import SQL

from ... import counterfactual


class MlmRun(models.Model):
    """Bought, qualified, and returned afterwards.

    Each cycle that the purchase helped is computed once more from its frozen inputs,
    without what was returned since: in the cycle of the purchase without the rows, in
    later ones without their part of the activity window and the package held. Returns
    are those of this cycle, and of purchases of this cycle up to now. Months and longer
    periods consist of cycles that were looked at.
    """

    _inherit = "mlm.run"

    def _find_returned(self, snapshot, outcome):
        cycles = self.network_id.check_return_cycles
        if cycles <= 0 or not self.period_id.is_base:
            return []
        returns = self._read_returns()
        if not returns:
            return []
        now = replace(outcome, amount_e4=self._turn_members(snapshot, outcome.amount_e4))
        found = defaultdict(list)
        for run in self._get_helped_runs(returns, cycles):
            own = [row for row in returns if row["cycle"] <= run.period_id.number]
            if run == self:
                own = [row for row in own if row["cycle"] == run.period_id.number]
                inputs = snapshot
            else:
                inputs = snapshot_file.loads(run._snapshot_data())
            if not own:
                continue
            before = now if run == self else run._read_standing({row["person"] for row in own})
            less = engine_run.outcome(run._without_returns(inputs, own))
            less.amount_e4 = run._turn_members(inputs, less.amount_e4)
            for person, fact in self._compare_returned(run, inputs, own, before, less):
                found[person].append(fact)
        return [self._get_returned_case(person, facts, returns) for person, facts in found.items()]

    def _read_returns(self):
        """Purchases in the own name that were taken back: ``[{person, cycle, cycle_end, row,
        moment, pv_e4, cv_e4, retail_e4, packages, whole, package, order}]``, one for each."""
        self.env["mlm.volume.entry"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH taken AS (
                    SELECT coalesce(middle.origin_id, back.origin_id) AS root_id,
                           back.pv_e4, back.cv_e4, back.retail_e4, back.package_qty,
                           back.period_id
                      FROM mlm_volume_entry back
                      JOIN mlm_volume_entry middle ON middle.id = back.origin_id
                      JOIN mlm_period counted ON counted.id = back.period_id
                     WHERE back.network_id = %(network)s AND counted.kind = %(kind)s
                       AND counted.number >= %(number)s
                )
                SELECT root.distributor_id AS person, bought.number AS cycle,
                       bought.date_end AS cycle_end, root.id AS row,
                       root.moment, root.package_id, root.package_qty AS bought_packages,
                       -sum(taken.pv_e4)::bigint AS pv_e4, -sum(taken.cv_e4)::bigint AS cv_e4,
                       -sum(taken.retail_e4)::bigint AS retail_e4,
                       -sum(taken.package_qty)::bigint AS packages
                  FROM taken
                  JOIN mlm_volume_entry root ON root.id = taken.root_id
                  JOIN mlm_period bought ON bought.id = root.period_id
                 WHERE root.buyer_id = root.distributor_id AND root.period_id <> taken.period_id
                   AND bought.kind = %(kind)s
                   AND (taken.period_id = %(period)s OR root.period_id = %(period)s)
                 GROUP BY root.id, bought.id
                HAVING sum(taken.pv_e4) < 0 OR sum(taken.cv_e4) < 0
                    OR sum(taken.package_qty) < 0
                 ORDER BY root.id
                """,
                network=self.network_id.id,
                kind=self.period_id.kind,
                number=self.period_id.number,
                period=self.period_id.id,
            )
        )
        return self.env.cr.dictfetchall()

    def _get_helped_runs(self, returns, cycles):
        """Posted runs from the first purchase on, as far as one looks back, and this one."""
        first = max(min(row["cycle"] for row in returns), self.period_id.number - cycles)
        # sudo: what was posted before decides on a case, not who computes
        posted = self.sudo().search(
            [
                ("network_id", "=", self.network_id.id),
                ("state", "=", "posted"),
                ("period_id.kind", "=", self.period_id.kind),
                ("period_id.number", ">=", first),
                ("period_id.number", "<", self.period_id.number),
            ],
            order="number",
        )
        return [*posted, self]

    def _without_returns(self, inputs, rows):
        """The snapshot of this run without what was returned."""
        number = self.period_id.number
        window = self.period_id._window_start(self.version_id)
        taken, pv, package_pv, held = {}, defaultdict(int), defaultdict(int), set()
        for row in rows:
            if row["cycle"] == number:
                taken[row["row"]] = tuple(
                    row[name] for name in ("pv_e4", "cv_e4", "retail_e4", "packages")
                )
                continue
            if row["cycle_end"] >= window:
                pv[row["person"]] += row["pv_e4"]
                package_pv[row["person"]] += row["pv_e4"] if row["package_id"] else 0
            if row["package_id"] and row["packages"] >= row["bought_packages"]:
                moment = int(row["moment"].replace(tzinfo=timezone.utc).timestamp())
                held.add((row["person"], moment))
        changed = counterfactual.without_rows(inputs, taken)
        changed = counterfactual.without_window(changed, pv, package_pv)
        return counterfactual.without_held(changed, held)

    def _read_standing(self, people):
        """``{person: (active, rank, amount_e4)}`` as it was posted."""
        figures = self._values_of(people, (Measure.ACTIVE, Measure.RANK))
        amounts = self._amounts_of(people)
        return {
            person: (
                bool(figures.get((person, Measure.ACTIVE))),
                figures.get((person, Measure.RANK), 0),
                amounts.get(person, 0),
            )
            for person in people
        }

    def _compare_returned(self, run, inputs, rows, before, less):
        """Yield ``(person, facts)`` of those who earned more with the purchase."""
        least = max(round(self.network_id.check_least * 10_000), 1)
        index = {int(person): at for at, person in enumerate(inputs.member_id)}
        for person in sorted({row["person"] for row in rows}):
            at = index.get(person)
            if at is None:
                continue
            active, rank, amount = (
                before[person]
                if isinstance(before, dict)
                else (bool(before.active[at]), int(before.rank[at]), int(before.amount_e4[at]))
            )
            without = int(less.amount_e4[at])
            if amount - without < least:
                continue
            # sudo: only codes of packages; whoever computes need not sell
            packages = {
                self.env["mlm.package"].sudo().browse(row["package_id"]).code
                for row in rows
                if row["person"] == person and row["package_id"]
            }
            yield (
                person,
                {
                    "cycle": run.period_id.number,
                    "active": active and not less.active[at].item(),
                    "rank": rank,
                    "rank_without": int(less.rank[at]),
                    "packages": sorted(packages),
                    "amount_e4": amount,
                    "without_e4": without,
                },
            )

    def _get_returned_case(self, person, facts, returns):
        rows = [row for row in returns if row["person"] == person]
        # sudo: rows of the ledger that the run has read, whoever computes
        entries = self.env["mlm.volume.entry"].sudo().browse([row["row"] for row in rows])
        return {
            "kind": "returned",
            "key": self.env["mlm.run.check"]._make_key(
                "returned",
                [person],
                [(row["row"], row["pv_e4"], row["cv_e4"], row["packages"]) for row in rows],
            ),
            "distributor_id": person,
            "distributor_ids": [person],
            "at_stake_e4": sum(one["amount_e4"] - one["without_e4"] for one in facts),
            "facts": {
                "cycles": facts,
                "pv_e4": sum(row["pv_e4"] for row in rows),
                "orders": sorted({entry.order_name or f"#{entry.id}" for entry in entries}),
            },
        }
