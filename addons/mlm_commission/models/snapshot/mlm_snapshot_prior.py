# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine import measures, rules
from mlm_engine.kernel.by_id import index_of, summed, translated
from mlm_engine.kernel.codes import AWARDS, PLAN, STREAK, Measure

from odoo import api, models

from ...copy_binary import copy_out

STATES = (Measure.AWARDED, Measure.STANDING, *range(STREAK, STREAK + AWARDS))


class MlmSnapshot(models.AbstractModel):
    """What earlier runs found: accumulated measures, earnings of shorter periods, state."""

    _inherit = "mlm.snapshot"

    def _load_prior(self, snapshot, period, version):
        """Values of measures in earlier periods of this kind, for those that accumulate."""
        ages = measures.ages(version._plan())
        if not ages:
            return
        pieces = []
        runs = period._runs_before(max(ages.values()))
        for age, run in runs.items():
            codes = {
                code: place
                for code, place in self._measures_before(version, run).items()
                if ages.get(place, 0) >= age
            }
            rows = self._figures_of(run, codes)
            pieces.append(
                (
                    index_of(snapshot.member_id, rows["holder"]),
                    translated(rows["measure"], codes),
                    np.full(len(rows["value"]), age, dtype=np.int64),
                    rows["value"],
                )
            )
        if not runs:
            pieces.append(self._opening_accumulated(snapshot, period, version))
        (
            snapshot.prior_member,
            snapshot.prior_measure,
            snapshot.prior_age,
            snapshot.prior_value,
        ) = summed(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))

    @api.model
    def _measures_before(self, version, run):
        """``{stored code of a measure in an earlier run: its place here}``."""
        places = {item["code"]: place for place, item in enumerate(version._plan()["measures"])}
        return {
            PLAN + number: places[item["code"]]
            for number, item in enumerate(run.version_id._plan()["measures"])
            if item["code"] in places
        }

    @api.model
    def _opening_accumulated(self, snapshot, period, version):
        """Volumes brought from the system before, in the place of the last value."""
        plan = version._plan()
        places = {plan["measures"][place]["code"]: place for place in measures.going_on(plan)}
        self.env.cr.execute(
            """
            SELECT distributor_id, measure, value_e4 FROM mlm_opening
             WHERE network_id = %s AND kind = 'accumulated' AND measure = ANY(%s)
            """,
            [period.network_id.id, list(places)],
        )
        found = [
            (
                holder,
                places[code],
                # a number is kept in the same unit as a volume
                value if plan["measures"][places[code]]["volume"] else value // 10_000,
            )
            for holder, code, value in self.env.cr.fetchall()
        ]
        holder, place, value = (
            np.array([row[column] for row in found], dtype=np.int64) for column in range(3)
        )
        return index_of(snapshot.member_id, holder), place, np.ones_like(place), value

    def _load_earned(self, snapshot, period, version):
        """What posted runs of the cycles inside paid, where a bonus of this kind of
        period reads other bonuses."""
        plan = version._plan()
        reads = any(
            rules.get(bonus["rule"]).reads_bonuses
            for bonus in plan["bonuses"]
            if bonus["period"] == period.kind
        )
        if period.is_base or not reads:
            return
        pieces = []
        for run in period._cycles_read().posted_run_id:
            first, last = self.env["mlm.run.sum"]._id_range(run.number)
            rows = copy_out(
                self.env.cr,
                """
                SELECT payee_id::bigint, bonus_id::bigint, amount_e4
                  FROM mlm_run_sum_store
                 WHERE id >= %s AND id < %s AND payee_id IS NOT NULL
                """,
                [first, last],
                ("payee", "bonus", "amount"),
            )
            pieces.append(
                (
                    index_of(snapshot.member_id, rows["payee"]),
                    translated(rows["bonus"], self._bonuses_before(version, run)),
                    rows["amount"],
                )
            )
        if pieces:
            (
                snapshot.earned_member,
                snapshot.earned_bonus,
                snapshot.earned_amount_e4,
            ) = summed(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))

    def _load_state(self, snapshot, period, version):
        """Awards had, streaks and standings of the run before of the same kind."""
        previous = period._previous_run()
        if not previous:
            return
        rows = self._figures_of(previous, STATES)
        of_person = rows["position"] == 0
        (
            snapshot.state_member,
            snapshot.state_bonus,
            snapshot.state_measure,
            snapshot.state_value,
        ) = summed(
            np.where(of_person, index_of(snapshot.member_id, rows["holder"]), -1),
            translated(rows["bonus"], self._bonuses_before(version, previous)),
            rows["measure"],
            rows["value"],
        )
