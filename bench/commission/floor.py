"""What the machine itself needs to move the data of a run. Runs inside Odoo.

Out: the rows that a run reads, each table by itself, in binary. In: the very rows that it stored,
copied into an empty table, which then gets the same keys and indexes.
"""

import io
import tempfile

from odoo.tools import SQL

#: partitions of a run
STORES = ("mlm.earning", "mlm.measure", "mlm.run.sum", "mlm.run.change")


def copy_out(env, run) -> int:
    """Copy the inputs of a run out of the database and forget them; how many rows there were."""
    values = {
        "network": run.network_id.id,
        "cycles": run.period_id._cycles_read().ids,
        "since": run.period_id._window_start(run.version_id),
        "start": run.period_id.date_start,
    }
    count = 0
    for query in _INPUTS:
        env.cr._obj.copy_expert(
            f"COPY ({env.cr.mogrify(query, values).decode()}) TO STDOUT (FORMAT binary)", _Nowhere()
        )
        count += env.cr._obj.rowcount
    return count


_INPUTS = (
    "SELECT id, kind, state, treatment, join_date FROM mlm_distributor"
    " WHERE network_id = %(network)s",
    "SELECT distributor_id, parent_distributor_id FROM mlm_link"
    " WHERE network_id = %(network)s AND tree_id IS NULL AND superseded_at IS NULL",
    "SELECT position_id, distributor_id, parent_position_id, tree_id, slot FROM mlm_link"
    " WHERE network_id = %(network)s AND tree_id IS NOT NULL AND superseded_at IS NULL",
    "SELECT id, distributor_id, buyer_id, position_id, moment, pv_e4, cv_e4, package_id,"
    " package_from_id, package_qty, retail_e4, origin_id"
    " FROM mlm_volume_entry WHERE period_id = ANY(%(cycles)s)",
    "SELECT distributor_id, pv_e4, package_id FROM mlm_volume_entry WHERE period_id IN"
    " (SELECT id FROM mlm_period WHERE network_id = %(network)s AND is_base"
    " AND date_end >= %(since)s AND date_end < %(start)s)",
    "SELECT id, buyer_id, package_id, package_from_id, moment FROM mlm_volume_entry"
    " WHERE network_id = %(network)s AND package_id IS NOT NULL AND buyer_id IS NOT NULL"
    " AND period_id <> ALL(%(cycles)s)",
)


class _Nowhere(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        return len(data)


class Stored:
    """The rows of one partition of a run, laid aside to be stored again."""

    def __init__(self, env, model: str, run):
        self.cr = env.cr
        self.table = env[model]._partition_name(run.number)
        self.copy = f"bench_{self.table}"
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 until it is dropped
        self.cr._obj.copy_expert(f'COPY "{self.table}" TO STDOUT (FORMAT binary)', self.file)
        self.count = self.cr._obj.rowcount
        self.cr.execute(SQL("SELECT pg_table_size(%(t)s), pg_indexes_size(%(t)s)", t=self.table))
        self.bytes, self.index_bytes = self.cr.fetchone()

    def store(self):
        """Copy the rows into an empty table."""
        self.file.seek(0)
        names = map(SQL.identifier, (self.copy, self.table))
        self.cr.execute(SQL("CREATE TABLE %s (LIKE %s)", *names))
        self.cr._obj.copy_expert(f'COPY "{self.copy}" FROM STDIN (FORMAT binary)', self.file)

    def index(self):
        """Give the copy the keys and indexes of the partition."""
        self.cr.execute(
            """SELECT indisprimary, pg_get_indexdef(indexrelid) FROM pg_index
                WHERE indrelid = %s::regclass ORDER BY NOT indisprimary, indexrelid""",
            [self.table],
        )
        for primary, definition in self.cr.fetchall():
            columns = definition[definition.index(" USING ") :]
            if primary:
                columns = columns[columns.index("(") :]
                statement = f'ALTER TABLE "{self.copy}" ADD PRIMARY KEY {columns}'
            else:
                statement = f'CREATE INDEX ON "{self.copy}"{columns}'
            self.cr.execute(SQL(statement))

    def drop(self):
        self.cr.execute(SQL("DROP TABLE %s", SQL.identifier(self.copy)))
        self.file.close()


def figures(env, run) -> dict:
    """What a run paid, from its rows: `{earnings, amount_e4, breakage_e4, measures, bonuses}`,
    with rows and amount of each bonus by code."""
    first, last = env["mlm.earning"]._id_range(run.number)
    env.cr.execute(
        """SELECT bonus.code, count(*), sum(amount_e4)::bigint, coalesce(sum(breakage_e4), 0)::bigint
             FROM mlm_earning_store store JOIN mlm_plan_bonus bonus ON bonus.id = store.bonus_id
            WHERE store.id >= %s AND store.id < %s GROUP BY bonus.code ORDER BY bonus.code""",
        [first, last],
    )
    rows = env.cr.fetchall()
    ((measures,),) = env.execute_query(
        SQL("SELECT count(*) FROM (%s) AS figures", env["mlm.measure"]._get_long(run))
    )
    return {
        "earnings": sum(row[1] for row in rows),
        "amount_e4": sum(row[2] for row in rows),
        "breakage_e4": sum(row[3] for row in rows),
        "measures": measures,
        "payees": run.payee_count,
        "bonuses": {code: [count, amount] for code, count, amount, _missed in rows},
        "digest": run.digest,
    }
