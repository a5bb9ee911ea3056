# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.by_id import index_of

from odoo import models


class MlmSnapshot(models.AbstractModel):
    """Ranks given by decision that are in force on the last day of a period."""

    _inherit = "mlm.snapshot"

    def _load_overrides(self, snapshot, period, version):
        # sudo: what was approved counts, whoever computes
        overrides = (
            self.env["mlm.rank.override"]
            .sudo()
            .search(
                [
                    ("network_id", "=", period.network_id.id),
                    ("state", "=", "approved"),
                    ("date_from", "<=", period.date_end),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", period.date_end),
                ]
            )
        )
        places = {rank["code"]: place for place, rank in enumerate(version._plan()["ranks"])}
        rows = []
        for override in overrides.sorted("distributor_id"):
            code = version._carried_code("rank", override.rank_id.code, override.rank_id.version_id)
            if code in places:
                exact = int(override.mode == "exact")
                rows.append((override.distributor_id.id, places[code], exact))
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        member = index_of(snapshot.member_id, table[:, 0])
        known = member >= 0
        snapshot.override_member = member[known]
        snapshot.override_rank = table[known, 1]
        snapshot.override_exact = table[known, 2]
