# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.snapshot import Snapshot

from odoo import api, models

from ...snapshot_columns import moment_of


class MlmSnapshot(models.AbstractModel):
    """Reads the inputs of one run in bulk into arrays of integers.

    All statements run in one repeatable-read transaction, so they see one
    state of the database. Nothing is computed here: see ``docs/contracts``.
    The loaders stand beside this file: people, trees, volume, where returns go
    (``_returned``), what the run before left (``_before``) and what earlier runs found
    (``_prior``).
    """

    _name = "mlm.snapshot"
    _description = "Run Inputs"

    @api.model
    def _load(self, period, version):
        """Return the ``Snapshot`` of ``period`` under a plan version."""
        self.env.flush_all()
        plan = version._plan()
        snapshot = Snapshot(
            plan=plan,
            period_kind=period.kind,
            period_number=period.number,
            period_start=period.date_start.toordinal(),
            period_end=period.date_end.toordinal(),
            period_end_moment=moment_of(period._end_moment()),
            fx_e6=version._fx_e6(period),
            rates=version._other_rates(period),
        )
        self._load_members(snapshot, period)
        self._load_positions(snapshot, period, version)
        self._load_rows(snapshot, period, version)
        snapshot = self._load_returned(snapshot, period, version)
        self._load_held(snapshot, period, version)
        self._load_window(snapshot, period, version)
        self._load_carry(snapshot, period, version)
        self._load_ranks(snapshot, period, version)
        self._load_overrides(snapshot, period, version)
        self._load_prior(snapshot, period, version)
        self._load_earned(snapshot, period, version)
        self._load_state(snapshot, period, version)
        self._load_promotions(snapshot, period, version)
        self._load_links(snapshot, period)
        return snapshot
