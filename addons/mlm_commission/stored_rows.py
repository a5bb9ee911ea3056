# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of a run for explanations, read where they are asked for."""

from dataclasses import fields
from types import SimpleNamespace

import numpy as np
from mlm_engine.kernel import result as engine_result

from odoo.tools import SQL

# Columns of the engine's rows that are stored under another name.
STORED_AS = {
    "payee_id": "payee",
    "position_id": "position",
    "bonus_id": "bonus",
    "source_id": "source",
    "entry_id": "row",
}
_NAMES = {name: column for column, name in STORED_AS.items()}
_COLUMNS = [one.name for one in fields(engine_result.Earnings)]
# Of so many payees each one's rows are looked for; of more all rows.
_PAYEES = 200


class StoredRows:
    """What ``mlm_engine.telling.rows.ResultRows`` offers, of the stored rows of a run.

    An index counts its earnings in the order of their ids; people, positions and volume rows are
    indexes of the frozen inputs. Made for one question and not kept: it uses the cursor.
    """

    def __init__(self, run, snapshot):
        self.env, self.run, self.snapshot = run.env, run, snapshot
        self._first, self._last = self.env["mlm.earning"]._id_range(run.number)
        self._empty = self.env["mlm.earning"]._get_store_empty(run)
        self._bonuses = run.version_id.bonus_ids.sorted("sequence").ids
        self._ids = {
            **dict.fromkeys(("payee", "source"), snapshot.member_id),
            "position": snapshot.position_id,
            "row": snapshot.row_id,
        }
        self._known, self._of_payee, self._figures = {}, {}, {}

    def at(self, index):
        """Return an earning as plain integers. Raises ``IndexError``."""
        if index not in self._known and not self._read(
            SQL("id = %s", self._first + 1 + int(index))
        ):
            raise IndexError(index)
        return self._known[index]

    def of_payee(self, member, bonus=None):
        """Return the indexes of somebody's earnings, of one bonus or all, ascending."""
        if member not in self._of_payee:
            self._of_payee[member] = self._read(self._is("payee", member))
        mine = self._of_payee[member]
        return mine if bonus is None else [one for one in mine if self.at(one).bonus == bonus]

    def on(self, row, source=None, payees=None):
        """Return the indexes of the earnings of a volume row, -1: of none, ascending."""
        wanted = [self._is("row", row)]
        if source is not None:
            wanted.append(self._is("source", source))
        if payees is not None and len(payees) <= _PAYEES:
            ids = [self._id("payee", one) for one in payees]
            wanted.append(SQL("payee_id = ANY(%s)", ids))
        return self._read(SQL(" AND ").join(wanted))

    def paid(self, member, bonus):
        """Return what a bonus paid somebody, ten-thousandths."""
        ((total,),) = self.env.execute_query(
            SQL(
                "SELECT coalesce(sum(amount_e4), 0)::bigint FROM mlm_earning_store"
                " WHERE id >= %s AND id < %s AND bonus_id = %s AND %s",
                *(self._first, self._last, self._bonuses[bonus], self._is("payee", member)),
            )
        )
        return total

    def figures(self, member, position=-1, bonus=-1):
        """Return ``{measure code: value}`` of a member, or of one of its positions."""
        holder = max(self._id("payee", member), 0)
        if holder not in self._figures:
            found = self._figures[holder] = {}
            query = self.env["mlm.measure"]._get_long(self.run, people=[holder])
            for place, of, measure, value in self.env.execute_query(
                SQL(
                    "SELECT position, place, measure, value FROM (%s) AS figures ORDER BY measure",
                    query,
                )
            ):
                found.setdefault((place, of), {})[measure] = value
        place = max(self._id("position", position), 0)
        return dict(self._figures[holder].get((place, bonus), {}))

    # -- reading

    def _read(self, wanted):
        """Read and keep the rows that a condition names; return their indexes."""
        columns = []
        for name in _COLUMNS:
            column = _NAMES.get(name, name)
            columns.append(SQL.identifier(column))
            if column in self._empty:
                columns[-1] = SQL("coalesce(%s, %s)", columns[-1], self._empty[column])
        found = []
        for row_id, *values in self.env.execute_query(
            SQL(
                "SELECT id, %s FROM mlm_earning_store WHERE id >= %s AND id < %s AND %s ORDER BY id",
                *(SQL(", ").join(columns), self._first, self._last, wanted),
            )
        ):
            row = dict(zip(_COLUMNS, values, strict=True))
            row["bonus"] = self._bonuses.index(row["bonus"])
            for name, ids in self._ids.items():
                row[name] = int(np.searchsorted(ids, row[name])) if row[name] else -1
            found.append(row_id - self._first - 1)
            self._known[found[-1]] = SimpleNamespace(**row)
        return found

    def _is(self, name, index):
        """SQL: a column of ids is that of an index."""
        column = SQL.identifier(_NAMES[name])
        if index < 0:
            return SQL("%s IS NULL", column)
        return SQL("%s = %s", column, self._id(name, index))

    def _id(self, name, index):
        return int(self._ids[name][index]) if index >= 0 else -1
