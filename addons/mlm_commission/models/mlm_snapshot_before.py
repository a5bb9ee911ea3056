# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np

from odoo import api, models

from ..engine.measures import BY_NAME
from ..snapshot_columns import index_of, sorted_columns


class MlmSnapshot(models.AbstractModel):
    """What a run takes over: carry and titles of the run before, or opening balances."""

    _inherit = "mlm.snapshot"

    def _load_carry(self, snapshot, period, version):
        """What the posted cycle before left over, or the opening balances."""
        previous = period._previous_run()
        bonuses = {bonus["code"]: index for index, bonus in enumerate(version._plan()["bonuses"])}
        if previous:
            first, last = self.env["mlm.measure"]._id_range(previous.number)
            self.env.cr.execute(
                """
                SELECT s.position_id, b.code, s.measure, s.value
                  FROM mlm_measure_store s JOIN mlm_plan_bonus b ON b.id = s.bonus_id
                 WHERE s.id >= %s AND s.id < %s AND s.measure = ANY(%s)
                 ORDER BY s.position_id, b.code, s.measure
                """,
                [first, last, [BY_NAME["carry_left"], BY_NAME["carry_right"]]],
            )
            found = self._crossed("bonus", self.env.cr.fetchall(), version, previous)
        else:
            self.env.cr.execute(
                """
                SELECT position_id, bonus_code, measure, value_e4 FROM mlm_opening
                 WHERE company_id = %s AND kind = 'carry'
                 ORDER BY position_id, bonus_code, measure
                """,
                [period.company_id.id],
            )
            found = [
                (position, bonus, int(BY_NAME[measure]), value)
                for position, bonus, measure, value in self.env.cr.fetchall()
            ]
        found = [row for row in found if row[1] in bonuses and row[3]]
        position = np.array([row[0] for row in found], dtype=np.int64)
        index = index_of(snapshot.position_id, position)
        (
            snapshot.carry_position,
            snapshot.carry_bonus,
            snapshot.carry_measure,
            snapshot.carry_value,
        ) = sorted_columns(
            (
                (int(index[n]), bonuses[row[1]], int(row[2]), int(row[3]))
                for n, row in enumerate(found)
                if index[n] >= 0
            ),
            4,
        )

    def _load_titles(self, snapshot, period, version):
        previous = period._previous_run()
        ranks = {rank["code"]: index for index, rank in enumerate(version._plan()["ranks"])}
        if previous:
            first, last = self.env["mlm.measure"]._id_range(previous.number)
            self.env.cr.execute(
                """
                SELECT s.distributor_id, r.code
                  FROM mlm_measure_store s
                  JOIN mlm_run run ON run.id = s.run_id
                  JOIN mlm_plan_rank r
                    ON r.version_id = run.version_id AND r.sequence = s.value
                 WHERE s.id >= %s AND s.id < %s AND s.measure = %s
                """,
                [first, last, int(BY_NAME["title"])],
            )
        else:
            self.env.cr.execute(
                """
                SELECT distributor_id, measure FROM mlm_opening
                 WHERE company_id = %s AND kind = 'title'
                """,
                [period.company_id.id],
            )
        found = self.env.cr.fetchall()
        if previous:
            found = self._crossed("rank", found, version, previous)
        found = [row for row in found if row[1] in ranks]
        ids = np.array([row[0] for row in found], dtype=np.int64)
        index = index_of(snapshot.member_id, ids)
        for at, (_member, code) in zip(index, found, strict=True):
            if at >= 0:
                snapshot.member_title[at] = ranks[code]

    @api.model
    def _crossed(self, section, rows, version, previous):
        """Rows ``(holder, code, …)`` of the run before, with their codes in ``version``;
        without those that the crossing of versions lets go (RULES 11)."""
        codes = {
            code: version._carried_code(section, code, previous.version_id)
            for code in {row[1] for row in rows}
        }
        return [(row[0], codes[row[1]], *row[2:]) for row in rows if codes[row[1]]]
