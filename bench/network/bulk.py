"""Filling tables in bulk: what would be checked row by row is made anew after it. Runs inside Odoo."""

import time

from odoo.tools import SQL


class Bulk:
    """Takes keys and indexes off some tables and puts them back.

    :ivar seconds: `{what: how long it took}`
    """

    def __init__(self, env, tables: list[str]):
        self.env = env
        self.tables = tables
        self.seconds: dict[str, float] = {}

    def _timed(self, what, function):
        start = time.perf_counter()
        function()
        self.seconds[what] = time.perf_counter() - start

    def _take_off(self):
        """Drop what would be checked row by row, and remember how to make it again."""
        cr = self.env.cr
        cr.execute(
            """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
                 FROM pg_constraint
                WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'x', 'f')
                      -- what points at a row with its network needs the unique key of both
                   OR confrelid = ANY(%s::regclass[]) AND cardinality(conkey) > 1
             ORDER BY contype = 'f', conname""",
            [self.tables, self.tables],
        )
        self.constraints = cr.fetchall()
        for table, name, __ in reversed(self.constraints):
            cr.execute(
                SQL("ALTER TABLE %s DROP CONSTRAINT %s", *map(SQL.identifier, (table, name)))
            )
        cr.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
                 FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary""",
            [self.tables],
        )
        self.indexes = cr.fetchall()
        for name, __ in self.indexes:
            cr.execute(SQL("DROP INDEX %s", SQL.identifier(name.strip('"'))))

    def _put_back(self):
        cr = self.env.cr
        for __, definition in self.indexes:
            cr.execute(SQL(definition.replace("%", "%%")))
        for table, name, definition in self.constraints:
            cr.execute(
                SQL(
                    "ALTER TABLE %s ADD CONSTRAINT %s %s",
                    SQL.identifier(table),
                    SQL.identifier(name),
                    SQL(definition.replace("%", "%%")),
                )
            )
