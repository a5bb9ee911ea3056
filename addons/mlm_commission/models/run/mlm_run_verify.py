# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import fields

import numpy as np
from mlm_engine.kernel import digest, snapshot_file
from mlm_engine.kernel import result as engine_result
from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel.codes import CARRIED, Measure
from mlm_engine.kernel.run import ENGINE_VERSION

from odoo import models
from odoo.tools import SQL

from ...copy_binary import copy_out

# Columns of the engine's rows that are stored under another name.
STORED_AS = {
    "payee_id": "payee",
    "position_id": "position",
    "bonus_id": "bonus",
    "source_id": "source",
    "entry_id": "row",
}
# Ids: the store has 0 for none, the engine -1.
NONE_IS_ZERO = ("payee", "position", "source", "row")


class MlmRun(models.Model):
    """Proof: a run recomputed from its frozen inputs gives what is stored."""

    _inherit = "mlm.run"

    def _verify(self):
        """Recompute the run; return what differs, in words, or an empty list.

        Three things must agree: the file of inputs with its SHA-256, the digest of
        a new computation with the digest kept, and every stored row with the rows
        of that computation. An earlier version of the engine counts where this one still
        comes to its figures.
        """
        self.ensure_one()
        data = self._snapshot_data()
        if not data:
            return [self.env._("The input file is missing.")]
        if snapshot_file.sha256(data) != self.snapshot_sha:
            return [self.env._("The input file is not the one that was computed.")]
        try:
            # not what an explanation has computed before and keeps in memory
            snapshot = snapshot_file.loads(data)
            result = engine_run.compute(snapshot)
        except snapshot_file.SnapshotFileError as error:
            return [str(error)]
        if result.digest != self.digest and self.engine_version != ENGINE_VERSION:
            return [
                self.env._(
                    "It was computed by version %(old)s of the engine; this one is %(new)s. "
                    "Verify it with the engine of its evidence pack.",
                    old=self.engine_version,
                    new=ENGINE_VERSION,
                )
            ]
        found = []
        if result.digest != self.digest:
            found.append(
                self.env._(
                    "The result is %(new)s and was %(old)s.",
                    new=result.digest,
                    old=self.digest,
                )
            )
        earnings = self._earning_columns(snapshot, result)
        for model, stored, computed in (
            ("mlm.earning", self._stored_columns(list(earnings)), earnings),
            (
                "mlm.measure",
                self.env["mlm.measure"]._read_long(self),
                self._figures(snapshot, result),
            ),
        ):
            wrong = [
                name
                for name, column in computed.items()
                if not np.array_equal(stored[name], column)
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

    def _stored_columns(self, names, payees=None):
        """Earnings of this run as int64 arrays, in their order; ``names`` are columns.

        :param payees: ids of distributors, to read only theirs; None for everybody's
        """
        earnings = self.env["mlm.earning"]
        first, last = earnings._id_range(self.number)
        empty = earnings._get_store_empty(self)
        columns = [
            SQL("coalesce(%s, %s)::bigint", SQL.identifier(name), empty[name])
            if name in empty
            else SQL("%s::bigint", SQL.identifier(name))
            for name in names
        ]
        rows = copy_out(
            self.env.cr,
            SQL(
                "SELECT id, %s FROM mlm_earning_store WHERE id >= %s AND id < %s AND %s",
                SQL(", ").join(columns),
                first,
                last,
                SQL("TRUE") if payees is None else SQL("payee_id = ANY(%s)", list(payees)),
            ),
            None,
            ("id", *names),
        )
        order = np.argsort(rows.pop("id"))
        return {name: column[order] for name, column in rows.items()}

    def _stored_digest(self, snapshot):
        """The fingerprint of the stored rows, as ``mlm_engine/kernel/digest.py`` makes it of a result."""
        bonuses = self.version_id.bonus_ids.sorted("sequence").ids
        place = np.full(max(bonuses, default=0) + 1, -1, dtype=np.int64)
        place[bonuses] = np.arange(len(bonuses))
        names = {column: name for name, column in STORED_AS.items()}
        columns = [one.name for one in fields(engine_result.Earnings)]
        stored = self._stored_columns([names.get(name, name) for name in columns])
        earnings = {}
        for name in columns:
            values = stored.pop(names.get(name, name))
            if name == "bonus":
                values = place[values]
            elif name in NONE_IS_ZERO:
                values = _none_below(values)
            earnings[name] = values
        rows = self.env["mlm.measure"]._read_long(self)
        figures = {
            "member": _none_below(rows["holder"]),
            "position": _none_below(rows["position"]),
            "bonus": rows["place"],
            "measure": rows["measure"],
            "value": rows["value"],
        }
        carried = (figures["position"] >= 0) & np.isin(figures["measure"], CARRIED)
        ranks = {"member": snapshot.member_id}
        for name, code in (("rank", Measure.RANK), ("title", Measure.TITLE)):
            chosen = (figures["measure"] == code) & (figures["position"] < 0)
            ranks[name] = np.zeros(snapshot.member_id.size, dtype=np.int64)
            at = np.searchsorted(snapshot.member_id, figures["member"][chosen])
            ranks[name][at] = figures["value"][chosen]
        carry = {name: figures[name][carried] for name in ("position", "bonus", "measure", "value")}
        return digest.of_tables(
            {"earnings": earnings, "measures": figures, "ranks": ranks, "carry": carry}
        )


def _none_below(ids):
    """Ids with -1 for none, as the engine has it, instead of 0."""
    return np.where(ids == 0, -1, ids)
