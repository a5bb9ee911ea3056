"""The database's own guard of append-only tables."""

from odoo.tools import SQL

_FUNCTION = "mlm_append_only_guard"
_BODY = """
BEGIN
    RAISE EXCEPTION 'append-only: % on table "%" is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              TABLE = TG_TABLE_NAME,
              HINT = 'A correction is a new row that points at the old one.';
END
"""
_ROW_TRIGGER = "mlm_append_only_row"
_TRUNCATE_TRIGGER = "mlm_append_only_truncate"


def seal_table(cr, table):
    """Refuse UPDATE, DELETE and TRUNCATE on ``table`` from now on, for everybody.

    For the tables of append-only models, and for a partition at the moment when
    its content is posted. Idempotent; the triggers fire in replica mode too.

    :param cr: database cursor
    :param str table: name of an ordinary or partitioned table, or of a partition
    """
    _ensure_function(cr)
    triggers = {
        _ROW_TRIGGER: SQL("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", _ident(table)),
        _TRUNCATE_TRIGGER: SQL("BEFORE TRUNCATE ON %s FOR EACH STATEMENT", _ident(table)),
    }
    cr.execute(
        SQL(
            """SELECT t.tgname, t.tgenabled
                 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                WHERE c.relname = %s
                  AND c.relnamespace = current_schema::regnamespace
                  AND NOT t.tgisinternal""",
            table,
        )
    )
    existing = dict(cr.fetchall())
    for name, clause in triggers.items():
        if name not in existing:
            cr.execute(
                SQL(
                    "CREATE TRIGGER %s %s EXECUTE FUNCTION %s()",
                    _ident(name),
                    clause,
                    _ident(_FUNCTION),
                )
            )
        if existing.get(name) != "A":
            cr.execute(
                SQL(
                    "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s",
                    _ident(table),
                    _ident(name),
                )
            )


def _ensure_function(cr):
    cr.execute(SQL("SELECT prosrc FROM pg_proc WHERE proname = %s", _FUNCTION))
    row = cr.fetchone()
    if row and row[0] == _BODY:
        return
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s",
            _ident(_FUNCTION),
            _BODY,
        )
    )


def _ident(name):
    return SQL.identifier(name)
