# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np

from odoo import models

from ..copy_binary import copy_out
from ..engine import run as engine_run
from ..engine import snapshot_file
from ..engine.run import ENGINE_VERSION


class MlmRun(models.Model):
    """Proof: a run recomputed from its frozen inputs gives what is stored."""

    _inherit = "mlm.run"

    def _verify(self):
        """Recompute the run; return what differs, in words, or an empty list.

        Three things must agree: the file of inputs with its SHA-256, the digest of
        a new computation with the digest kept, and every stored row with the rows
        of that computation.
        """
        self.ensure_one()
        data = self._snapshot_data()
        if not data:
            return [self.env._("The file of inputs is missing.")]
        if snapshot_file.sha256(data) != self.snapshot_sha:
            return [self.env._("The file of inputs is not the one that was computed.")]
        if self.engine_version != ENGINE_VERSION:
            return [
                self.env._(
                    "It was computed by version %(old)s of the engine; this one is %(new)s. "
                    "Verify it with the engine of its evidence pack.",
                    old=self.engine_version,
                    new=ENGINE_VERSION,
                )
            ]
        try:
            # not what an explanation has computed before and keeps in memory
            snapshot = snapshot_file.loads(data)
            result = engine_run.compute(snapshot)
        except snapshot_file.SnapshotFileError as error:
            return [str(error)]
        found = []
        if result.digest != self.digest:
            found.append(
                self.env._(
                    "The result is %(new)s and was %(old)s.",
                    new=result.digest,
                    old=self.digest,
                )
            )
        for model, columns in self._row_columns(snapshot, result).items():
            stored = self._stored_columns(model, list(columns))
            wrong = [
                name for name, column in columns.items() if not np.array_equal(stored[name], column)
            ]
            if wrong:
                found.append(
                    self.env._(
                        "Stored rows differ: %(model)s (%(columns)s).",
                        model=self.env[model]._description,
                        columns=", ".join(wrong),
                    )
                )
        return found

    def _stored_columns(self, model, names, column=None, ids=None):
        """Rows of this run as arrays, in their order; ``names`` are columns.

        Only those whose ``column`` is one of ``ids``, unless that is None.
        """
        partition = self.env[model]
        first, last = partition._id_range(self.number)
        chosen = "" if ids is None else f" AND {column} = ANY(%s)"
        return copy_out(
            self.env.cr,
            f"SELECT {', '.join(names)} FROM {partition._store}"
            f" WHERE id >= %s AND id < %s{chosen} ORDER BY id",
            [first, last] if ids is None else [first, last, ids],
            names,
        )

    def action_verify(self):
        """Button: recompute and say whether everything agrees."""
        self.ensure_one()
        found = self._verify()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if found else "success",
                "sticky": bool(found),
                "title": self.display_name,
                "message": "\n".join(found)
                or self.env._("Recomputed from its frozen inputs: every row agrees."),
            },
        }
