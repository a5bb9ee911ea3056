"""What the migrations of several add-ons do alike."""

from contextlib import contextmanager

from psycopg2.extras import Json

from odoo import SUPERUSER_ID
from odoo.api import Environment
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


#: Records that are about models, and how they are found: what moves with a model.
_ABOUT = {
    "ir.model": "SELECT id FROM ir_model WHERE model = ANY(%(models)s)",
    "ir.model.inherit": """SELECT i.id FROM ir_model_inherit i JOIN ir_model m ON m.id = i.model_id
                            WHERE m.model = ANY(%(models)s)""",
    "ir.model.fields": """SELECT id FROM ir_model_fields
                           WHERE model = ANY(%(models)s)
                              OR model || '.' || name LIKE ANY(%(fields)s)""",
    "ir.model.fields.selection": """SELECT s.id FROM ir_model_fields_selection s
                                      JOIN ir_model_fields f ON f.id = s.field_id
                                     WHERE f.model = ANY(%(models)s)
                                        OR f.model || '.' || f.name LIKE ANY(%(fields)s)""",
    "ir.model.constraint": """SELECT c.id FROM ir_model_constraint c
                                JOIN ir_model m ON m.id = c.model
                               WHERE m.model = ANY(%(models)s)""",
    "ir.model.access": """SELECT a.id FROM ir_model_access a JOIN ir_model m ON m.id = a.model_id
                           WHERE m.model = ANY(%(models)s)""",
    "ir.rule": """SELECT r.id FROM ir_rule r JOIN ir_model m ON m.id = r.model_id
                   WHERE m.model = ANY(%(models)s)""",
    "ir.ui.view": "SELECT id FROM ir_ui_view WHERE model = ANY(%(models)s)",
    "ir.actions.act_window": "SELECT id FROM ir_act_window WHERE res_model = ANY(%(models)s)",
    "ir.actions.report": "SELECT id FROM ir_act_report_xml WHERE model = ANY(%(models)s)",
    "ir.actions.server": """SELECT s.id FROM ir_act_server s JOIN ir_model m ON m.id = s.model_id
                             WHERE m.model = ANY(%(models)s)""",
    "ir.cron": """SELECT c.id FROM ir_cron c JOIN ir_act_server s ON s.id = c.ir_actions_server_id
                    JOIN ir_model m ON m.id = s.model_id WHERE m.model = ANY(%(models)s)""",
    "ir.ui.menu": """SELECT m.id FROM ir_ui_menu m JOIN ir_act_window a
                         ON m.action = 'ir.actions.act_window,' || a.id
                      WHERE a.res_model = ANY(%(models)s)""",
}

_EDITED = """CREATE TEMP TABLE IF NOT EXISTS mlm_edited
             (module text, place text, key text, ids int[], content jsonb)"""


def rehome(cr, old, new, models=(), fields=(), names=()):
    """Say that what one add-on brought is another's from now on; no record is touched.

    Call it before the new one is loaded. What an administrator may edit (``noupdate``) is
    remembered, because an add-on that is installed writes it as its files have it: see
    `restore_edited`.

    :param models: they move with all that is about them: fields, access, rules, views, actions,
        menus, scheduled work
    :param fields: ``model.field`` of models that stay, or patterns of LIKE
    :param names: other external ids
    """
    given = {
        "old": old,
        "new": new,
        "models": list(models),
        "fields": list(fields),
        "names": list(names),
        "keys": [f"{one.replace('.', '_')}_fkey" for one in fields],
    }
    for model, found in _ABOUT.items():
        cr.execute(
            f"""UPDATE ir_model_data SET module = %(new)s
                 WHERE module = %(old)s AND model = %(model)s AND res_id IN ({found})""",
            {**given, "model": model},
        )
    cr.execute(
        """UPDATE ir_model_data SET module = %(new)s
            WHERE module = %(old)s AND name = ANY(%(names)s);
           UPDATE ir_model_constraint SET module = target.id
             FROM ir_module_module target, ir_module_module source, ir_model m
            WHERE target.name = %(new)s AND source.name = %(old)s AND m.id = ir_model_constraint.model
              AND ir_model_constraint.module = source.id
              AND (m.model = ANY(%(models)s) OR ir_model_constraint.name LIKE ANY(%(keys)s));
           UPDATE ir_model_relation SET module = target.id
             FROM ir_module_module target, ir_module_module source, ir_model m
            WHERE target.name = %(new)s AND source.name = %(old)s AND m.id = ir_model_relation.model
              AND ir_model_relation.module = source.id AND m.model = ANY(%(models)s)""",
        given,
    )
    _remember_edited(cr, new)


def move_up(cr, old, new, **what):
    """`rehome` to a new add-on that builds on this one, and have it installed, too.

    Call it in a migration that runs before the old one is loaded: when the upgrade ends, Odoo
    deletes what an installed add-on no longer has.
    """
    rehome(cr, old, new, **what)
    cr.execute(
        "UPDATE ir_module_module SET state = 'to install' WHERE name = %s AND state = 'uninstalled'",
        [new],
    )


def _remember_edited(cr, module):
    """Copy the records of an add-on that an administrator may edit."""
    cr.execute(_EDITED)
    cr.execute(
        """SELECT model, array_agg(res_id) FROM ir_model_data
            WHERE module = %s AND noupdate AND model NOT LIKE 'ir.model%%' GROUP BY model""",
        [module],
    )
    env = Environment(cr, SUPERUSER_ID, {})
    for model, ids in cr.fetchall():
        cr.execute(
            """SELECT relation_table, column1 FROM ir_model_fields
                WHERE model = %s AND ttype = 'many2many' AND store AND relation_table IS NOT NULL""",
            [model],
        )
        for table, key in [(env[model]._table, "id"), *cr.fetchall()]:
            if not sql.table_exists(cr, table):
                continue
            cr.execute(
                SQL(
                    """INSERT INTO mlm_edited
                       SELECT %s, %s, %s, %s, coalesce(jsonb_agg(to_jsonb(one)), '[]')
                         FROM %s one WHERE one.%s = ANY(%s)""",
                    module,
                    table,
                    key,
                    ids,
                    SQL.identifier(table),
                    SQL.identifier(key),
                    ids,
                )
            )


def restore_edited(cr, module):
    """Give records that `rehome` remembered their values back, once the add-on is loaded."""
    cr.execute(_EDITED)
    cr.execute(
        "DELETE FROM mlm_edited WHERE module = %s RETURNING place, key, ids, content", [module]
    )
    for table, key, ids, content in cr.fetchall():
        names = {"table": SQL.identifier(table), "key": SQL.identifier(key)}
        rows = SQL("jsonb_populate_recordset(NULL::%s, %s)", names["table"], Json(content))
        if key != "id":
            cr.execute(SQL("DELETE FROM %(table)s WHERE %(key)s = ANY(%(ids)s)", ids=ids, **names))
            cr.execute(SQL("INSERT INTO %s SELECT * FROM %s", names["table"], rows))
        elif content:
            columns = SQL(", ").join(SQL.identifier(one) for one in content[0] if one != "id")
            cr.execute(
                SQL(
                    "UPDATE %s t SET (%s) = (SELECT %s FROM %s r WHERE r.id = t.id) WHERE t.id = ANY(%s)",
                    names["table"],
                    columns,
                    columns,
                    rows,
                    ids,
                )
            )
    env = Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    env.registry.clear_all_caches()
