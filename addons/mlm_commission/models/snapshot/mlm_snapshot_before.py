# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.by_id import index_of, summed, translated
from mlm_engine.kernel.codes import FIGURES, Measure

from odoo import api, models

CARRIED = (Measure.CARRY_LEFT, Measure.CARRY_RIGHT, Measure.INACTIVE_PERIODS)


class MlmSnapshot(models.AbstractModel):
    """What a run takes over: carry and ranks of the run before, or opening balances."""

    _inherit = "mlm.snapshot"

    @api.model
    def _figures_of(self, run, codes, people=None):
        """Stored figures of a run: int64 arrays ``holder`` (id of the person), ``position``,
        ``bonus`` (ids, 0 for none), ``measure`` and ``value``."""
        rows = self.env["mlm.measure"]._read_long(run, codes, people)
        bonuses = np.array([*run.version_id.bonus_ids.sorted("sequence").ids, 0], dtype=np.int64)
        return {**rows, "bonus": bonuses[rows.pop("place")]}

    @api.model
    def _crossed(self, section, codes, version, previous):
        """``{key: index here}`` of ``{key: code there}``: codes of the version of the run
        before in the places of ``version``, without those that the crossing of versions
        lets go (RULES 11)."""
        key = {"bonus": "bonuses", "rank": "ranks"}[section]
        places = {item["code"]: place for place, item in enumerate(version._plan()[key])}
        found = {}
        for one, code in codes.items():
            here = version._carried_code(section, code, previous.version_id)
            if here in places:
                found[one] = places[here]
        return found

    @api.model
    def _bonuses_before(self, version, previous):
        """``{id of a bonus of the run before: its index here}``."""
        return self._crossed(
            "bonus",
            {bonus.id: bonus.code for bonus in previous.version_id.bonus_ids},
            version,
            previous,
        )

    @api.model
    def _ranks_before(self, version, previous):
        """``{index of a rank in the run before: its index here}``."""
        return self._crossed(
            "rank",
            {rank.sequence: rank.code for rank in previous.version_id.rank_ids},
            version,
            previous,
        )

    def _load_carry(self, snapshot, period, version):
        """What the posted run before of the same kind left over, or the opening balances."""
        previous = period._previous_run()
        if previous:
            rows = self._figures_of(previous, CARRIED)
            bonus = translated(rows["bonus"], self._bonuses_before(version, previous))
        else:
            rows = self._opening_carry(period)
            bonus = self._opening_bonus(rows, version)
        (
            snapshot.carry_position,
            snapshot.carry_bonus,
            snapshot.carry_measure,
            snapshot.carry_value,
        ) = summed(
            index_of(snapshot.position_id, rows["position"]),
            bonus,
            rows["measure"],
            rows["value"],
        )

    @api.model
    def _opening_carry(self, period):
        self.env.cr.execute(
            """
            SELECT position_id, bonus_code, measure, value_e4 FROM mlm_opening
             WHERE network_id = %s AND kind = 'carry'
             ORDER BY position_id, bonus_code, measure
            """,
            [period.network_id.id],
        )
        found = self.env.cr.fetchall()
        return {
            "position": np.array([row[0] for row in found], dtype=np.int64),
            "code": [row[1] for row in found],
            "measure": np.array([int(FIGURES[row[2]]) for row in found], dtype=np.int64),
            "value": np.array([row[3] for row in found], dtype=np.int64),
        }

    @api.model
    def _opening_bonus(self, rows, version):
        places = {bonus["code"]: place for place, bonus in enumerate(version._plan()["bonuses"])}
        return np.array([places.get(code, -1) for code in rows["code"]], dtype=np.int64)

    def _load_ranks(self, snapshot, period, version):
        """Title, rank paid as and misses: of the last posted run of the kind of period
        that decides ranks, or brought as opening."""
        size = len(snapshot.member_id)
        snapshot.member_title = np.zeros(size, dtype=np.int64)
        previous = period._rank_run(version)
        if previous:
            codes = (Measure.TITLE, Measure.RANK, Measure.RANK_MISSES)
            rows = self._figures_of(previous, codes)
            rank = translated(rows["value"], self._ranks_before(version, previous))
            member = index_of(snapshot.member_id, rows["holder"])
            columns = {code: np.zeros(size, dtype=np.int64) for code in codes}
            for code, column in columns.items():
                values = rows["value"] if code == Measure.RANK_MISSES else rank
                known = (rows["measure"] == code) & (member >= 0) & (values >= 0)
                column[member[known]] = values[known]
            snapshot.member_title = columns[Measure.TITLE]
            snapshot.member_paid = columns[Measure.RANK]
            snapshot.member_misses = columns[Measure.RANK_MISSES]
            return
        snapshot.member_title = self._opening_rank(snapshot, period, version, "title")
        paid = self._opening_rank(snapshot, period, version, "paid")
        if paid.any():
            snapshot.member_paid = paid
            snapshot.member_misses = np.zeros(size, dtype=np.int64)

    @api.model
    def _opening_rank(self, snapshot, period, version, kind):
        places = {rank["code"]: place for place, rank in enumerate(version._plan()["ranks"])}
        self.env.cr.execute(
            """
            SELECT distributor_id, measure FROM mlm_opening
             WHERE network_id = %s AND kind = %s
            """,
            [period.network_id.id, kind],
        )
        found = [row for row in self.env.cr.fetchall() if row[1] in places]
        member = index_of(snapshot.member_id, np.array([row[0] for row in found], dtype=np.int64))
        rank = np.array([places[row[1]] for row in found], dtype=np.int64)
        column = np.zeros(len(snapshot.member_id), dtype=np.int64)
        column[member[member >= 0]] = rank[member >= 0]
        return column
