# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Readable columns beside exact ones.

Amounts and volumes are stored as scaled integers (``*_e4``). People search,
sort, group and total by ordinary numbers, so PostgreSQL keeps a *generated*
numeric column beside each: it can never disagree with the integer, and nobody
can write it.
"""

from odoo import fields
from odoo.tools import SQL, sql


class _GeneratedColumn:
    """Mixin of a numeric field generated from the integer column ``scaled``."""

    scaled = None  # name of the BigInteger field, in ten-thousandths
    readonly = True
    copy = False

    def update_db(self, model, columns):
        cr = model.env.cr
        model._fields[self.scaled].update_db(model, columns)
        # the integer's own turn may come after this one and must find it there
        columns.update(sql.table_columns(cr, model._table))
        cr.execute(
            SQL(
                "SELECT attgenerated FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attname = %s"
                " AND NOT attisdropped",
                model._table,
                self.name,
            )
        )
        if cr.fetchall() == [("s",)]:
            return False
        table, column = SQL.identifier(model._table), SQL.identifier(self.name)
        # DDL on an empty or new column; rows of append-only tables pass, since
        # ALTER TABLE fires no row trigger.
        cr.execute(SQL("ALTER TABLE %s DROP COLUMN IF EXISTS %s", table, column))
        cr.execute(
            SQL(
                "ALTER TABLE %s ADD COLUMN %s numeric GENERATED ALWAYS AS (%s / 10000.0) STORED",
                table,
                column,
                SQL.identifier(self.scaled),
            )
        )
        return False


class ScaledFloat(_GeneratedColumn, fields.Float):
    """Points (PV, CV) as people read them; ``scaled`` names the exact column."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("digits", (18, 2))
        super().__init__(*args, **kwargs)


class ScaledMonetary(_GeneratedColumn, fields.Monetary):
    """Money as people read it; ``scaled`` names the exact column."""
