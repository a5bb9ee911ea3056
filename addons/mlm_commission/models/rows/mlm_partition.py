# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

RUN_SHIFT = 32


class MlmPartition(models.AbstractModel):
    """A read-only model over a table with one partition per run.

    Millions of rows per run enter by COPY into a bare table, get their index
    and are attached; a preview is dropped in one statement. The id is
    ``run number << 32 | n``, so a run is a range of ids. Odoo sees a view: a
    partitioned table would be no table to it. Subclasses name the columns of
    the store and write the view.
    """

    _name = "mlm.partition"
    _description = "Run Partitioned Rows"
    _inherit = "mlm.guarded"
    _auto = False
    _log_access = False
    _server_only = True

    _store_columns = ()  # all bigint NOT NULL, after id and run_id
    _store_index = ()  # columns of the secondary index

    @property
    def _store(self):
        return f"{self._table}_store"

    def init(self):
        super().init()
        if self._name == "mlm.partition":
            return
        columns = SQL(", ").join(
            SQL("%s bigint NOT NULL", SQL.identifier(name))
            for name in ("id", "run_id", *self._store_columns)
        )
        store = SQL.identifier(self._store)
        self.env.cr.execute(
            SQL(
                "CREATE TABLE IF NOT EXISTS %s (%s) PARTITION BY RANGE (id)",
                store,
                columns,
            )
        )
        for name in self._store_columns:  # of a table that an older version made
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s bigint NOT NULL DEFAULT 0",
                    store,
                    SQL.identifier(name),
                )
            )
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS %s CASCADE", SQL.identifier(self._table)))
        self.env.cr.execute(
            SQL("CREATE VIEW %s AS %s", SQL.identifier(self._table), self._view_query())
        )

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
    def _partition_attach(self, number):
        """Index the filled table and make its rows visible."""
        name = SQL.identifier(self._partition_name(number))
        first, last = self._id_range(number)
        self.env.cr.execute(SQL("ALTER TABLE %s ADD PRIMARY KEY (id)", name))
        for columns in self._store_index:
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX ON %s (%s)",
                    name,
                    SQL(", ").join(map(SQL.identifier, columns)),
                )
            )
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
