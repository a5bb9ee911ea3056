# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel import run as engine_run
from mlm_engine.telling import standing
from mlm_engine.telling.view import View

from odoo import api, models

from ...copy_binary import Lists
from ..rows.mlm_measure import MlmMeasure
from .mlm_period import as_projection

#: facts that do not fit into two bytes
_WIDE = ("needed_e4", "package_rate_e6", "package_until", "granted_until")
#: ``{column: type}`` of what is kept of a person: the figures as those of a run; what was
#: earned, by place of the bonus; what the next rank asks for, as far as it is reached; facts
TYPES = {
    **MlmMeasure._store_columns,
    "bonus_places": "int8[]",
    "bonus_amounts": "int8[]",
    "reached": "int8[]",
    **{name: "int8" if name in _WIDE else "int2" for name in standing.FACTS},
}
#: ``{column: the value that NULL stands for}``
EMPTY = {**MlmMeasure._store_empty, **standing.FACTS}


class MlmLive(models.Model):
    _inherit = "mlm.live"

    @api.model
    def _get_columns(self, period, version):
        """Return the figures of everybody as if the cycle ended now.

        :return: ``{column: int64 array or Lists}``, those of `TYPES` and ``id`` of the
            distributor, which rises
        :raise UserError: something is missing
        :raise ValueError: the inputs contradict each other
        """
        snapshot = self.env["mlm.snapshot"]._load(as_projection(period), version)
        result = engine_run.compute(snapshot)
        people = snapshot.member_id
        figures = self.env["mlm.run"]._figures(snapshot, result)
        held = figures["holder"] > 0  # no position that nobody holds
        figures = {name: column[held] for name, column in figures.items()}
        row = np.searchsorted(people, figures["holder"])
        columns = {
            "id": people,
            **self.env["mlm.measure"]._packed_rows(figures, row, people.size),
            **self._get_earned(snapshot, result),
        }
        view = View(snapshot, result)
        columns["reached"] = Lists(*standing.to_next_rank(view))
        return columns | standing.facts(view)

    @api.model
    def _get_earned(self, snapshot, result):
        """What each person has earned of each bonus, ten-thousandths; nothing is left out."""
        table, people = result.earnings, len(snapshot.member_id)
        bonuses = len(snapshot.plan["bonuses"])
        sums = np.zeros((people + 1, bonuses), dtype=np.int64)  # the last row: nobody is paid
        np.add.at(sums.ravel(), table.payee * bonuses + table.bonus, table.amount_e4)
        member, place = np.nonzero(sums[:people])
        start = np.searchsorted(member, np.arange(people + 1))
        return {
            "bonus_places": Lists(start, place),
            "bonus_amounts": Lists(start, sums[member, place]),
        }
