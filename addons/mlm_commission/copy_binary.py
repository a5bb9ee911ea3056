# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of integers in and out of PostgreSQL by COPY BINARY.

Rows that have the same columns filled have a fixed width, so numpy reads or writes all of
them at once.
"""

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import psycopg2.sql

from odoo.tools import SQL

HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
TRAILER = b"\xff\xff"
# Rows encoded, and bytes decoded, at a time, so that memory stays flat.
CHUNK = 200_000
PIECE = 4 << 20
_FORMATS = {"int8": ">i8", "int4": ">i4", "int2": ">i2", "bool": ">i1"}
_INT8_OID = 20
_WIDTH = "the server sent rows of another width: a NULL, or no integer"


@dataclass(frozen=True)
class Lists:
    """A column of arrays (``int8[]``): row ``i`` has ``values[start[i]:start[i + 1]]``;
    where that is nothing the column is NULL."""

    start: np.ndarray
    values: np.ndarray

    def __len__(self):
        return self.start.size - 1


def copy_out(cr, query, params, names):
    """Run ``query`` (all columns integers, of whatever width, never NULL); return int64 arrays.

    :param query: a string, or ``SQL`` that brings its ``params`` (None)
    :param names: one name per column
    :return: ``{name: array}`` in the order of the query's rows
    """
    if isinstance(query, SQL):
        query, params = query.code, query.params
    statement = cr.mogrify(query, params).decode()
    sink = _Columns(names)
    # each row is written by itself: millions of calls that Python need not see
    writer = io.BufferedWriter(sink, PIECE)
    cr.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)", writer)
    writer.flush()
    return sink.finish()


def copy_in(cr, table, columns, types=None, empty=None, chunk=CHUNK):
    """Append ``{column: int64 array or Lists}`` to ``table``; return the number of rows.

    :param types: ``{column: "int2", "int4", "int8" or "bool"}``; int8 where left out
    :param empty: ``{column: the value that is stored as NULL}``; of ``Lists`` it is nothing
    :param chunk: rows encoded at a time; inside a chunk, rows may change places
    :raise OverflowError: a value does not fit its column
    """
    types, empty = types or {}, empty or {}
    for name, column in columns.items():
        _ensure_fits(name, column, types.get(name, "int8"))
    count = len(next(iter(columns.values())))

    def pieces():
        yield HEADER
        for start in range(0, count, chunk):
            yield from _encoded(columns, types, empty, slice(start, min(start + chunk, count)))
        yield TRAILER

    statement = psycopg2.sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        psycopg2.sql.Identifier(table),
        psycopg2.sql.SQL(", ").join(map(psycopg2.sql.Identifier, columns)),
    )
    cr.copy_expert(statement.as_string(cr._cnx), _Stream(pieces()))
    return count


def _ensure_fits(name, column, kind):
    if isinstance(column, Lists) or kind in ("int8", "bool") or not len(column):
        return
    limit = np.iinfo(_FORMATS[kind][1:])
    if column.min() < limit.min or column.max() > limit.max:
        raise OverflowError(f"{name}: a value is too large for {kind}")


def _encoded(columns, types, empty, part):
    """Yield the bytes of some rows: those with the same columns filled at once."""
    shape = np.zeros(part.stop - part.start, dtype=np.int64)
    radix, kinds = 1, []
    for name, column in columns.items():
        if isinstance(column, Lists):
            size = np.diff(column.start[part.start : part.stop + 1])
        elif name in empty:
            size = (column[part] != empty[name]).astype(np.int64)
        else:
            kinds.append((name, types.get(name, "int8"), None))
            continue
        most = int(size.max()) + 1
        kinds.append((name, types.get(name, "int8"), (radix, most)))
        shape += radix * size
        radix *= most
        if radix >= 1 << 62:
            raise OverflowError(f"{name}: lists of too many lengths in one piece")
    order = np.argsort(shape, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(shape[order]) != 0, True)) + 1
    for start, end in zip(np.append(0, ends[:-1]).tolist(), ends.tolist(), strict=True):
        index = order[start:end]
        one = int(shape[index[0]])
        yield _rows(columns, kinds, part.start + index, one)


def _rows(columns, kinds, index, shape):
    sizes = tuple(1 if place is None else shape // place[0] % place[1] for _n, _k, place in kinds)
    lists = tuple(isinstance(columns[name], Lists) for name, _kind, _place in kinds)
    rows = np.empty(index.size, dtype=_shape_type(tuple(k for _n, k, _p in kinds), sizes, lists))
    rows["fields"] = len(kinds)
    for place, (name, kind, _) in enumerate(kinds):
        if not sizes[place]:
            rows[f"length{place}"] = -1
        elif lists[place]:
            column = columns[name]
            rows[f"length{place}"] = 20 + 12 * sizes[place]
            rows[f"head{place}"] = (1, 0, _INT8_OID, sizes[place], 1)
            at = column.start[index][:, None] + np.arange(sizes[place])
            rows[f"value{place}"]["length"] = 8
            rows[f"value{place}"]["value"] = column.values[at]
        else:
            rows[f"length{place}"] = np.dtype(_FORMATS[kind]).itemsize
            rows[f"value{place}"] = columns[name][index]
    return rows.tobytes()


@lru_cache(maxsize=4096)
def _shape_type(kinds, sizes, lists):
    fields = [("fields", ">i2")]
    for place, (kind, size, is_list) in enumerate(zip(kinds, sizes, lists, strict=True)):
        fields.append((f"length{place}", ">i4"))
        if size and is_list:
            fields.append((f"head{place}", ">i4", (5,)))
            fields.append((f"value{place}", [("length", ">i4"), ("value", ">i8")], (size,)))
        elif size:
            fields.append((f"value{place}", _FORMATS[kind]))
    return np.dtype(fields)


class _Columns(io.RawIOBase):
    """What COPY writes to: turns the rows into columns piece by piece, so that what came from
    the server is never held beside them."""

    def __init__(self, names):
        self._type, self._pieces = None, {name: [] for name in names}
        self._waiting, self._skip = bytearray(), len(HEADER)

    def writable(self):
        return True

    def write(self, data):  # pylint: disable=method-required-super
        self._waiting += data
        self._decode()
        return len(data)

    def _row_type(self):
        """The type of the rows: all are as wide as the first one."""
        columns, place = [("fields", ">i2")], self._skip + 2
        for index in range(len(self._pieces)):
            length = int.from_bytes(self._waiting[place : place + 4], "big", signed=True)
            if length not in (2, 4, 8):
                raise ValueError(_WIDTH)
            columns += [(f"length{index}", ">i4"), (f"value{index}", f">i{length}")]
            place += 4 + length
        return np.dtype(columns)

    def _decode(self):
        if self._waiting[self._skip :] == TRAILER:
            return
        self._type = self._type or self._row_type()
        count = (len(self._waiting) - self._skip) // self._type.itemsize
        rows = np.frombuffer(self._waiting, self._type, count, self._skip)
        for index, pieces in enumerate(self._pieces.values()):
            values = rows[f"value{index}"]
            if (rows[f"length{index}"] != values.itemsize).any():
                raise ValueError(_WIDTH)
            pieces.append(values.astype(np.int64))
        del values
        end = self._skip + count * self._type.itemsize
        del rows  # a bytearray that is looked at cannot shrink
        del self._waiting[:end]
        self._skip = 0

    def finish(self):
        if self._waiting[self._skip :] != TRAILER:
            raise ValueError(_WIDTH)
        none = np.zeros(0, dtype=np.int64)
        return {
            name: np.concatenate([none, *self._pieces.pop(name)]) for name in list(self._pieces)
        }


class _Stream:
    """What COPY reads from: an iterator of byte strings."""

    def __init__(self, pieces):
        self._pieces = pieces
        self._piece = io.BytesIO()

    def read(self, size=-1):  # pylint: disable=method-required-super
        # a view into the piece: cutting the rest off for each read would copy it all
        while not (taken := self._piece.read(size)):
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._piece = io.BytesIO(piece)
        return taken
