"""What the migrations of several add-ons do alike."""

from contextlib import contextmanager

from odoo.tools import SQL, sql


@contextmanager
def unguarded(cr, table):
    """Let a migration fill a new column of a table whose triggers refuse every UPDATE."""
    cr.execute(
        """SELECT tgname, tgenabled FROM pg_trigger
            WHERE tgrelid = %s::regclass AND NOT tgisinternal""",
        [table],
    )
    triggers = cr.fetchall()
    cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table)))
    yield
    states = {"A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "O": "ENABLE", "D": "DISABLE"}
    for name, enabled in triggers:
        cr.execute(
            SQL(
                "ALTER TABLE %s %s TRIGGER %s",
                SQL.identifier(table),
                SQL(states[enabled]),
                SQL.identifier(name),
            )
        )


def fill_network(cr, table, through=None):
    """Add ``network_id`` to a table that is there already, and fill it.

    :param through: ``None``: from its own ``company_id``; else the column of the table that
        points at a distributor
    """
    if not sql.table_exists(cr, table) or sql.column_exists(cr, table, "network_id"):
        return
    names = {"table": SQL.identifier(table), "through": SQL.identifier(through or "company_id")}
    cr.execute(SQL("ALTER TABLE %(table)s ADD COLUMN network_id int4", **names))
    if sql.column_exists(cr, table, "company_id"):
        # where the field is gone Odoo drops the column at the end of the upgrade only
        cr.execute(SQL("ALTER TABLE %(table)s ALTER COLUMN company_id DROP NOT NULL", **names))
    with unguarded(cr, table):
        cr.execute(
            SQL(
                "UPDATE %(table)s t SET network_id = d.network_id FROM mlm_distributor d"
                " WHERE d.id = t.%(through)s"
                if through
                else "UPDATE %(table)s t SET network_id = company.mlm_network_id"
                " FROM res_company company WHERE company.id = t.%(through)s",
                **names,
            )
        )


def move_settings(cr, columns):
    """Copy settings of companies to their networks: ``{column of the company: of the network}``."""
    for old, new in columns.items():
        if not sql.column_exists(cr, "res_company", old):
            continue
        cr.execute(
            """SELECT format_type(atttypid, atttypmod) FROM pg_attribute
                WHERE attrelid = 'res_company'::regclass AND attname = %s""",
            [old],
        )
        kind = SQL(cr.fetchone()[0])
        cr.execute(
            SQL("ALTER TABLE mlm_network ADD COLUMN IF NOT EXISTS %s %s", SQL.identifier(new), kind)
        )
        # a network that several companies share already has those of its first one
        cr.execute(
            SQL(
                """UPDATE mlm_network network SET %s = company.%s
                     FROM res_company company
                    WHERE company.id = (SELECT min(id) FROM res_company
                                         WHERE mlm_network_id = network.id)""",
                SQL.identifier(new),
                SQL.identifier(old),
            )
        )


def forget_rules(cr, module, names):
    """Drop record rules of a file that is not loaded again, so that it makes them anew."""
    cr.execute(
        """WITH gone AS (
               DELETE FROM ir_model_data
                WHERE module = %s AND model = 'ir.rule' AND name = ANY(%s)
            RETURNING res_id)
           DELETE FROM ir_rule WHERE id IN (SELECT res_id FROM gone)""",
        [module, list(names)],
    )
