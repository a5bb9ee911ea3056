# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of integers in and out of PostgreSQL by COPY BINARY.

Every column is ``bigint`` and NOT NULL, so a row has a fixed width and numpy
reads or writes all of them at once.
"""

import io

import numpy as np
import psycopg2.sql

HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
TRAILER = b"\xff\xff"
CHUNK = 200_000


def _row_type(count):
    columns = [("fields", ">i2")]
    for index in range(count):
        columns += [(f"length{index}", ">i4"), (f"value{index}", ">i8")]
    return np.dtype(columns)


def copy_out(cr, query, params, names):
    """Run ``query`` (all columns ``::bigint``, NOT NULL); return int64 arrays.

    :param names: one name per column
    :return: ``{name: array}`` in the order of the query's rows
    """
    buffer = io.BytesIO()
    statement = cr.mogrify(query, params).decode()
    cr.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)", buffer)
    data = buffer.getvalue()[len(HEADER) : -len(TRAILER)]
    rows = np.frombuffer(data, dtype=_row_type(len(names)))
    return {name: rows[f"value{index}"].astype(np.int64) for index, name in enumerate(names)}


def copy_in(cr, table, columns):
    """Append ``{column: int64 array}`` to ``table``; return the number of rows.

    Encoded in pieces, so that memory stays flat.
    """
    names = list(columns)
    count = len(columns[names[0]])
    row_type = _row_type(len(names))

    def pieces():
        yield HEADER
        for start in range(0, count, CHUNK):
            part = slice(start, min(start + CHUNK, count))
            rows = np.empty(part.stop - part.start, dtype=row_type)
            rows["fields"] = len(names)
            for index, name in enumerate(names):
                rows[f"length{index}"] = 8
                rows[f"value{index}"] = columns[name][part]
            yield rows.tobytes()
        yield TRAILER

    statement = psycopg2.sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        psycopg2.sql.Identifier(table),
        psycopg2.sql.SQL(", ").join(map(psycopg2.sql.Identifier, names)),
    )
    cr.copy_expert(statement.as_string(cr._cnx), _Stream(pieces()))
    return count


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
