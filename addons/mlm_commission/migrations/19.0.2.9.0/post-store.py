# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.mlm_base.triggers import seal_table
from odoo.addons.mlm_commission.models.rows.mlm_measure import OWN_COLUMN

BEFORE = {"mlm.earning": "mlm_earning_before", "mlm.measure": "mlm_measure_before"}


def migrate(cr, version):
    """The rows of every run, in the form of now: the same figures, so the same fingerprint."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, before in BEFORE.items():
        select = _earnings if model == "mlm.earning" else _figures
        for run in _runs(env, before):
            partition = env[model]
            table = partition._partition_create(run.number)
            old = SQL.identifier(f"{before}_{run.number}")
            names = ["id", *partition._store_columns]
            cr.execute(
                SQL(
                    "INSERT INTO %s (%s) %s",
                    SQL.identifier(table),
                    SQL(", ").join(map(SQL.identifier, names)),
                    select(partition, run, old),
                )
            )
            partition._partition_attach(run.number)
            if run.state == "posted":
                seal_table(cr, table)
        cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(before)))


def _runs(env, before):
    """Runs that have rows of the old form."""
    env.cr.execute(
        "SELECT relname FROM pg_class WHERE relname ~ %s AND relkind = 'r'"
        " AND relnamespace = current_schema::regnamespace",
        [f"^{before}_[0-9]+$"],
    )
    numbers = [int(name.rsplit("_", 1)[1]) for (name,) in env.cr.fetchall()]
    return env["mlm.run"].search([("number", "in", numbers)])


def _earnings(earnings, run, old):
    cr = earnings.env.cr
    cr.execute(SQL("SELECT * FROM %s LIMIT 0", old))
    there = {column.name for column in cr.description}  # some came later than the oldest runs
    empty = earnings._get_store_empty(run)
    columns = []
    for name, kind in earnings._store_columns.items():
        value = SQL.identifier(name) if name in there else SQL("0")
        if name in empty:
            value = SQL("NULLIF(%s, %s)", value, empty[name])
        columns.append(SQL("%s::%s", value, SQL(kind)))
    return SQL("SELECT id, %s FROM %s ORDER BY id", SQL(", ").join(columns), old)


def _figures(figures, run, old):
    """Of the long table one row for each person."""
    first, _last = figures._id_range(run.number)
    own = SQL(
        "position_id = 0 AND bonus_id = 0 AND measure = ANY(%s)", [int(one) for one in OWN_COLUMN]
    )
    cast = {"active": SQL("int::bool")}
    columns = [
        SQL(
            "max(value) FILTER (WHERE position_id = 0 AND bonus_id = 0 AND measure = %s)::%s",
            int(code),
            cast.get(name, SQL(figures._store_columns[name])),
        )
        for code, name in sorted(
            OWN_COLUMN.items(), key=lambda one: list(figures._store_columns).index(one[1])
        )
    ]
    order = SQL("ORDER BY position_id, place, measure")
    place = SQL("coalesce(bonus.sequence, -1)")
    return SQL(
        """
        SELECT %(first)s + distributor_id, %(columns)s,
               array_agg(key %(order)s) FILTER (WHERE NOT (%(own)s)),
               array_agg(value %(order)s) FILTER (WHERE NOT (%(own)s))
          FROM (SELECT old.*, %(place)s AS place, %(key)s AS key
                  FROM %(old)s AS old
                  LEFT JOIN mlm_plan_bonus AS bonus ON bonus.id = old.bonus_id) AS long
         WHERE value <> 0
         GROUP BY distributor_id
        """,
        first=first,
        columns=SQL(", ").join(columns),
        order=order,
        own=own,
        place=place,
        # the formula of `key_of`
        key=SQL("(old.position_id << 20) | ((%s + 1)::bigint << 10) | old.measure", place),
        old=old,
    )
