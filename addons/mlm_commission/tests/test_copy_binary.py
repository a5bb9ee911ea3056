from unittest.mock import patch

import numpy as np

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from .. import copy_binary
from ..copy_binary import Lists, copy_in, copy_out
from ..snapshot_columns import moments_of

TYPES = {"small": "int2", "middle": "int4", "flag": "bool"}
EMPTY = {"small": 0, "middle": 7, "flag": 0}


@tagged("post_install", "-at_install")
class TestCopyBinary(TransactionCase):
    """Arrays go into a table and come out of it as they were, in whatever pieces."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute(
            "CREATE TEMPORARY TABLE mlm_copied (id int8 NOT NULL, small int2, middle int4,"
            " flag bool, keys int8[])"
        )

    def _columns(self, count):
        chance = np.random.default_rng(count)
        size = chance.integers(0, 4, count)
        start = np.append(0, np.cumsum(size))
        return {
            "id": np.arange(count) + (1 << 40),
            "small": chance.integers(-3, 3, count),
            "middle": chance.integers(6, 9, count),
            "flag": chance.integers(0, 2, count),
            "keys": Lists(start, chance.integers(-(1 << 60), 1 << 60, int(start[-1]))),
        }

    def _copied(self):
        rows = copy_out(
            self.env.cr,
            SQL(
                "SELECT id, coalesce(small, 0::int2), coalesce(middle, 7),"
                " coalesce(flag, FALSE)::int::bigint FROM mlm_copied ORDER BY id"
            ),
            None,
            ("id", "small", "middle", "flag"),
        )
        lists = copy_out(
            self.env.cr,
            "SELECT id, key FROM mlm_copied, unnest(keys) WITH ORDINALITY AS one (key, place)"
            " ORDER BY id, place",
            [],
            ("id", "key"),
        )
        return rows, lists

    def test_there_and_back(self):
        columns = self._columns(1000)
        # in pieces that end within rows on the way out
        with patch.object(copy_binary, "PIECE", 1000):
            self.assertEqual(copy_in(self.env.cr, "mlm_copied", columns, TYPES, EMPTY, 64), 1000)
            rows, lists = self._copied()
        for name, values in rows.items():
            self.assertEqual(values.tolist(), columns[name].tolist(), name)
        keys = columns["keys"]
        self.assertEqual(lists["key"].tolist(), keys.values.tolist())
        owner = np.repeat(columns["id"], np.diff(keys.start))
        self.assertEqual(lists["id"].tolist(), owner.tolist())

    def test_moments(self):
        """The same seconds as the server has."""
        texts = [
            "1970-01-01",
            "1999-12-31 23:59:59",
            "2026-08-31 05:00:00.5",
            "2026-08-31 04:59:59.4",
        ]
        rows = copy_out(
            self.env.cr,
            "SELECT one, extract(epoch FROM one)::bigint FROM unnest(%s::timestamp[]) AS one",
            [texts],
            ("stamp", "second"),
        )
        self.assertEqual(moments_of(rows["stamp"]).tolist(), rows["second"].tolist())
        self.assertEqual(rows["second"][0], 0)

    def test_what_is_empty_takes_no_room(self):
        columns = self._columns(200)
        copy_in(self.env.cr, "mlm_copied", columns, TYPES, EMPTY)
        self.env.cr.execute(
            "SELECT count(*) FILTER (WHERE small IS NULL), count(*) FILTER (WHERE middle IS NULL),"
            " count(*) FILTER (WHERE keys IS NULL) FROM mlm_copied"
        )
        size = np.diff(columns["keys"].start)
        wanted = ((columns["small"] == 0).sum(), (columns["middle"] == 7).sum(), (size == 0).sum())
        self.assertEqual(self.env.cr.fetchone(), tuple(map(int, wanted)))

    def test_nothing(self):
        copy_in(self.env.cr, "mlm_copied", self._columns(0), TYPES, EMPTY)
        rows, lists = self._copied()
        self.assertEqual((rows["id"].size, lists["key"].size), (0, 0))

    def test_too_large_for_its_column(self):
        columns = self._columns(3)
        columns["small"][1] = 1 << 15
        with self.assertRaisesRegex(OverflowError, "small"):
            copy_in(self.env.cr, "mlm_copied", columns, TYPES, EMPTY)
        self.assertFalse(self._copied()[0]["id"].size)

    def test_rows_of_another_width(self):
        copy_in(self.env.cr, "mlm_copied", self._columns(20), TYPES, EMPTY)
        for column in ("small", "NULL::bigint"):
            with self.assertRaisesRegex(ValueError, "width"):
                copy_out(self.env.cr, f"SELECT {column} FROM mlm_copied", [], ("one",))
