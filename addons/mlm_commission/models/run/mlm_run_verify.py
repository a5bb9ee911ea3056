# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import fields

import numpy as np
from mlm_engine.kernel import digest, snapshot_file
from mlm_engine.kernel import result as engine_result
from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel.codes import CARRIED, Measure
from mlm_engine.kernel.columns import full, joined
from mlm_engine.kernel.run import ENGINE_VERSION

from odoo import models
from odoo.tools import SQL

from ...copy_binary import copy_out
from ...stored_rows import STORED_AS

# Ids: the store has 0 for none, the engine -1.
NONE_IS_ZERO = ("payee", "position", "source", "row")
# Columns of a figure: name in a result, name in `mlm.measure._read_long`.
_FIGURES = {
    "member": "holder",
    "position": "position",
    "bonus": "place",
    "measure": "measure",
    "value": "value",
}
_NO_ROWS = np.zeros(0, dtype=np.int64)
# Ids of rows that are read at a time.
PART = 1 << 16


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
            digest = engine_run.compute(snapshot).digest
        except snapshot_file.SnapshotFileError as error:
            return [str(error)]
        if digest != self.digest and self.engine_version != ENGINE_VERSION:
            return [
                self.env._(
                    "It was computed by version %(old)s of the engine; this one is %(new)s. "
                    "Verify it with the engine of its evidence pack.",
                    old=self.engine_version,
                    new=ENGINE_VERSION,
                )
            ]
        found = []
        if digest != self.digest:
            found.append(self._tell_digests(digest, self.digest))
        # the rows of a large run are not held twice; what differs is looked for where it does
        stored = self._stored_digest(snapshot.member_id)
        if stored != digest:
            found += self._find_differing(snapshot) or [self._tell_digests(stored, digest)]
        return found

    def _tell_digests(self, new, old):
        return self.env._("The result is %(new)s and was %(old)s.", new=new, old=old)

    def _find_differing(self, snapshot):
        """Return in words which columns of stored rows are not what the engine computes."""
        result = engine_run.compute(snapshot)
        figures, computed = (
            self.env["mlm.measure"]._read_long(self),
            self._figures(snapshot, result),
        )
        wrong = {
            "mlm.earning": self._find_differing_earnings(self._earning_columns(snapshot, result)),
            "mlm.measure": [
                name for name in computed if not np.array_equal(figures[name], computed[name])
            ],
        }
        return [
            self.env._(
                "Stored rows differ: %(model)s (%(columns)s).",
                model=self.env[model]._description,
                columns=", ".join(names),
            )
            for model, names in wrong.items()
            if names
        ]

    def _find_differing_earnings(self, computed):
        same, place = dict.fromkeys(computed, True), 0
        for part in self._stored_parts(list(computed)):
            size = len(next(iter(part.values())))
            for name, column in part.items():
                same[name] &= np.array_equal(column, computed[name][place : place + size])
            place += size
        if place != computed["bonus_id"].size:
            return list(computed)
        return [name for name, alike in same.items() if not alike]

    def _stored_columns(self, names, payees=None):
        """Earnings of this run as int64 arrays, in their order; ``names`` are columns.

        :param payees: ids of distributors, to read only theirs; None for everybody's
        """
        if payees is not None:
            return self._read_earnings(
                names, *self.env["mlm.earning"]._id_range(self.number), payees
            )
        pieces = {name: [np.zeros(0, dtype=np.int64)] for name in names}
        for part in self._stored_parts(names):
            for name, column in part.items():
                pieces[name].append(column)
        return {name: np.concatenate(pieces.pop(name)) for name in names}

    def _stored_parts(self, names):
        """Yield all earnings of this run a part at a time, in their order, as
        `_stored_columns` gives them."""
        first, last = self.env["mlm.earning"]._id_range(self.number)
        ((greatest,),) = self.env.execute_query(
            SQL("SELECT max(id) FROM mlm_earning_store WHERE id >= %s AND id < %s", first, last)
        )
        for begin in range(first, (greatest or first) + 1, PART):
            yield self._read_earnings(names, begin, min(begin + PART, last))

    def _read_earnings(self, names, begin, end, payees=None):
        """Earnings from one id to before another, in their order."""
        empty = self.env["mlm.earning"]._get_store_empty(self)
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
                begin,
                end,
                SQL("TRUE") if payees is None else SQL("payee_id = ANY(%s)", list(payees)),
            ),
            None,
            ("id", *names),
        )
        order = np.argsort(rows.pop("id"))
        return {name: column[order] for name, column in rows.items()}

    def _stored_digest(self, member_id):
        """The fingerprint of the stored rows, as ``mlm_engine/kernel/digest.py`` makes it of a result.

        :param member_id: of the frozen inputs
        """
        figures = self._stored_figures_narrow()
        carried = (figures["position"] >= 0) & np.isin(figures["measure"], CARRIED)
        ranks = {"member": member_id}
        for name, code in (("rank", Measure.RANK), ("title", Measure.TITLE)):
            chosen = (figures["measure"] == code) & (figures["position"] < 0)
            ranks[name] = np.zeros(member_id.size, dtype=np.int64)
            at = np.searchsorted(member_id, figures["member"][chosen])
            ranks[name][at] = figures["value"][chosen]
        carry = {name: figures[name][carried] for name in ("position", "bonus", "measure", "value")}
        return digest.of_tables(
            {
                "earnings": self._stored_earnings_narrow(),
                "measures": figures,
                "ranks": ranks,
                "carry": carry,
            }
        )

    def _stored_earnings_narrow(self):
        """Stored earnings as a result of the engine names and counts them, but with ids for
        indexes; small numbers in few bytes."""
        bonuses = self.version_id.bonus_ids.sorted("sequence").ids
        place = np.full(max(bonuses, default=0) + 1, -1, dtype=np.int64)
        place[bonuses] = np.arange(len(bonuses))
        names = {column: name for name, column in STORED_AS.items()}
        columns = [one.name for one in fields(engine_result.Earnings)]
        pieces = {name: [] for name in columns}
        for part in self._stored_parts([names.get(name, name) for name in columns]):
            for name in columns:
                values = part.pop(names.get(name, name))
                if name == "bonus":
                    values = place[values]
                elif name in NONE_IS_ZERO:
                    values = _none_below(values)
                pieces[name].append(_narrow(values))
        return {name: joined(pieces.pop(name) or [_NO_ROWS]) for name in columns}

    def _stored_figures_narrow(self):
        """Stored figures likewise, in canonical order."""
        pieces = {name: [] for name in _FIGURES}
        for part in self.env["mlm.measure"]._read_parts(self):
            for name, column in _FIGURES.items():
                values = part.pop(column)
                values = _none_below(values) if name in ("member", "position") else values
                pieces[name].append(_narrow(values))
        return {name: joined(pieces.pop(name) or [_NO_ROWS]) for name in _FIGURES}


def _none_below(ids):
    """Ids with -1 for none, as the engine has it, instead of 0."""
    return np.where(ids == 0, -1, ids)


def _narrow(values):
    """A column in few bytes: of one value for all rows a view of it."""
    low, high = values.min(initial=0), values.max(initial=0)
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            values = values.astype(kind)
            break
    if values.size and (values == values[0]).all():
        return full(values[0], values.size)
    return values
