# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from psycopg2.errors import LockNotAvailable

from odoo import api, models
from odoo.tools import SQL

from ...copy_binary import copy_in
from .mlm_live_columns import EMPTY, TYPES

_NAME = re.compile(r"mlm_live_store_(\d+)_(\d+)")


class MlmLive(models.Model):
    """The rows: each time a table of its own, which nobody knows until it is complete.

    The table before stays until the next one is there, for whoever has begun to read it;
    so nobody waits for anybody.
    """

    _inherit = "mlm.live"

    def init(self):
        # an older version may have kept other columns; they are computed again in a minute
        found = super().init()
        self.env.cr.execute("UPDATE mlm_live SET is_stored = FALSE, tried_at = NULL, mark = NULL")
        self._drop_old(keep=0)
        return found

    def _get_store_name(self, number):
        return f"mlm_live_store_{self.id}_{number}"

    def _store(self, number, columns):
        """Fill a table of its own; it is read once the record says its number."""
        name = self._get_store_name(number)
        table, cr = SQL.identifier(name), self.env.cr
        kinds = [SQL("%s %s", SQL.identifier(one), SQL(kind)) for one, kind in TYPES.items()]
        cr.execute(SQL("CREATE TABLE %s (id int4, %s)", table, SQL(", ").join(kinds)))
        copy_in(cr, name, columns, {"id": "int4", **TYPES}, EMPTY)
        cr.execute(SQL("ALTER TABLE %s ADD PRIMARY KEY (id)", table))
        cr.execute(SQL("ANALYZE %s", table))

    def _read_stored(self, people):
        """Return ``{id of the person: {column: value}}``, of who is there."""
        names = ["id", *TYPES]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, names)),
                SQL.identifier(self._get_store_name(self.number)),
                list(people),
            )
        )
        return {
            row[0]: {
                name: value if value is not None else EMPTY.get(name, ())
                for name, value in zip(names, row, strict=True)
            }
            for row in rows
        }

    @api.model
    def _drop_old(self, keep=2):
        """Drop the tables that nobody reads any more, all but the last ones of each network."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT id, number FROM mlm_live")
        last = dict(cr.fetchall())
        cr.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace"
            " WHERE relkind = 'r' AND nspname = current_schema"
            " AND relname LIKE 'mlm\\_live\\_store\\_%'"
        )
        for (name,) in cr.fetchall():
            live, number = map(int, _NAME.fullmatch(name).groups())
            if number > last.get(live, number) - keep and live in last:
                continue
            try:
                with cr.savepoint(flush=False):
                    cr.execute("SET LOCAL lock_timeout = '2s'")
                    cr.execute(SQL("DROP TABLE %s", SQL.identifier(name)))
            except LockNotAvailable:
                continue  # the next time
