# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np

from odoo import api, models

#: columns of earnings that are added up
SUMMED = ("amount_e4", "breakage_e4", "cap_e4", "scale_e4")


class MlmRunSum(models.AbstractModel):
    """What a run pays each person by each bonus, added up once when its rows are stored.

    Totals, charts, comparisons and whatever else reads everybody's amounts reads these: a
    tenth of the rows or less. What is posted is added up from the rows themselves. Nobody
    reads them through the ORM, so there is no view.
    """

    _name = "mlm.run.sum"
    _description = "Sums of a Run"
    _inherit = ["mlm.partition"]

    _store_columns = {
        **dict.fromkeys(SUMMED, "int8"),
        "payee_id": "int4",
        "bonus_id": "int4",
        "count": "int4",
        "is_paid": "bool",  # whether any row pays something, even where they sum to nothing
    }
    _store_empty = dict.fromkeys(("payee_id", *SUMMED[1:]), 0)
    _store_constraints = ()  # nobody asks for one of them by its id
    _store_indexes = ("(payee_id)",)

    @api.model
    def _keep(self, run, earnings=None):
        """Add up the rows of a run.

        :param earnings: ``{column: int64 array}`` in the order of their ids, as they are
            stored; None: read them
        """
        if earnings is None:
            earnings = run._stored_columns(["payee_id", "bonus_id", *SUMMED])
        payee, bonus = earnings["payee_id"], earnings["bonus_id"]
        # rows of a person are neighbours, and those of one bonus among them
        new = np.ones(payee.size, dtype=bool)
        new[1:] = (payee[1:] != payee[:-1]) | (bonus[1:] != bonus[:-1])
        begin = np.flatnonzero(new)
        first, _last = self._id_range(run.number)

        def added(values):
            return np.add.reduceat(values, begin) if begin.size else np.zeros(0, dtype=np.int64)

        self._fill(
            run,
            {
                "id": first + 1 + np.arange(begin.size),
                "payee_id": payee[begin],
                "bonus_id": bonus[begin],
                **{name: added(earnings[name]) for name in SUMMED},
                "count": np.diff(begin, append=payee.size),
                "is_paid": added((earnings["amount_e4"] != 0).astype(np.int64)) > 0,
            },
        )
