# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ...copy_binary import CHUNK, copy_in

RUN_SHIFT = 32


class MlmPartition(models.AbstractModel):
    """A read-only model over a table with one partition per run.

    Millions of rows per run enter by COPY into a bare table, get their indexes
    and are attached; a preview is dropped in one statement. The id is
    ``run number << 32 | n``, so a run is a range of ids and ``id >> 32`` its number. Odoo
    sees a view: a partitioned table would be no table to it. Subclasses name the columns
    of the store and write the view; abstract ones have none.
    """

    _name = "mlm.partition"
    _description = "Run Partitioned Rows"
    _inherit = "mlm.guarded"
    _auto = False
    _log_access = False
    _server_only = True

    #: ``{column: type}`` after ``id``, the wide ones first: no room is lost between them
    _store_columns = {}
    #: ``{column: the value that NULL stands for}``; the other columns are never NULL
    _store_empty = {}
    #: SQL after ``ALTER TABLE partition ADD``
    _store_constraints = ("PRIMARY KEY (id)",)
    #: SQL after ``CREATE INDEX ON partition``
    _store_indexes = ()

    @property
    def _store(self):
        return f"{self._table}_store"

    def init(self):
        super().init()
        if self._name == "mlm.partition":
            return
        columns = {name: self._column_sql(name) for name in self._store_columns}
        store = SQL.identifier(self._store)
        self.env.cr.execute(
            SQL(
                "CREATE TABLE IF NOT EXISTS %s (%s) PARTITION BY RANGE (id)",
                store,
                SQL(", ").join([SQL("id int8 NOT NULL"), *columns.values()]),
            )
        )
        for column in columns.values():  # of a table that an older version made
            self.env.cr.execute(SQL("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s", store, column))
        if self._abstract:
            return
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS %s CASCADE", SQL.identifier(self._table)))
        self.env.cr.execute(
            SQL("CREATE VIEW %s AS %s", SQL.identifier(self._table), self._view_query())
        )

    def _column_sql(self, name):
        kind = self._store_columns[name]
        column = SQL("%s %s", SQL.identifier(name), SQL(kind))
        if name in self._store_empty or kind.endswith("[]"):
            return column
        return SQL("%s NOT NULL DEFAULT %s", column, False if kind == "bool" else 0)

    @api.model
    def _get_store_empty(self, run):
        """``_store_empty`` of the rows of a run."""
        return self._store_empty

    def _view_query(self):
        """SQL of the view, the columns of the stored fields; each model writes its own."""
        raise NotImplementedError

    @api.model
    def _partition_name(self, number):
        return f"{self._store}_{number}"

    @api.model
    def _id_range(self, number):
        return number << RUN_SHIFT, (number + 1) << RUN_SHIFT

    @api.model
    def _partition_create(self, number):
        """Bare table of a run, not attached yet; replaces what a kill left."""
        name = SQL.identifier(self._partition_name(number))
        self._partition_drop(number)
        first, last = self._id_range(number)
        self.env.cr.execute(SQL("CREATE TABLE %s (LIKE %s)", name, SQL.identifier(self._store)))
        self.env.cr.execute(
            SQL("ALTER TABLE %s ADD CHECK (id >= %s AND id < %s)", name, first, last)
        )
        return self._partition_name(number)

    @api.model
    def _fill(self, run, columns, chunk=CHUNK):
        """Store the rows of a run: ``{column: int64 array or Lists}``, ``id`` among them."""
        copy_in(
            self.env.cr,
            self._partition_create(run.number),
            columns,
            self._store_columns,
            self._get_store_empty(run),
            chunk,
        )
        self._partition_attach(run.number)
        self.invalidate_model()

    @api.model
    def _partition_attach(self, number):
        """Index the filled table and make its rows visible."""
        name = SQL.identifier(self._partition_name(number))
        first, last = self._id_range(number)
        for constraint in self._store_constraints:
            self.env.cr.execute(SQL("ALTER TABLE %s ADD %s", name, SQL(constraint)))
        for index in self._store_indexes:
            self.env.cr.execute(SQL("CREATE INDEX ON %s %s", name, SQL(index)))
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)",
                SQL.identifier(self._store),
                name,
                first,
                last,
            )
        )
        self.env.cr.execute(SQL("ANALYZE %s", name))

    @api.model
    def _partition_drop(self, number):
        """Drop the rows of a preview; waits at most two seconds for readers."""
        self.env.cr.execute("SET LOCAL lock_timeout = '2s'")
        self.env.cr.execute(
            SQL(
                "DROP TABLE IF EXISTS %s",
                SQL.identifier(self._partition_name(number)),
            )
        )
        self.env.cr.execute("SET LOCAL lock_timeout = DEFAULT")

    def export_data(self, fields_to_export):
        """Export without external ids: a view has no place for them."""
        super(MlmPartition, self.browse()).export_data([])  # who may export is Odoo's to say
        rows = []
        for record in self:
            rows.append([record._export_value(path) for path in fields_to_export])
        return {"datas": rows}

    def _export_value(self, path):
        if isinstance(path, str):
            path = path.split("/")
        value = self
        for name in path:
            if name in (".id", "id"):
                return value.id
            value = value[name]
        return value.display_name if isinstance(value, models.BaseModel) else value
