"""The database's own guard of dated tables: a row changes once, when it is superseded."""

from odoo.tools import SQL

_BODY = """
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL
       AND NEW.superseded_at IS NOT NULL
       AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at' THEN
        RETURN NEW;
    END IF;%s
    RAISE EXCEPTION 'history: %% on table "%%" is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              TABLE = TG_TABLE_NAME,
              HINT = 'Supersede the row and insert the one that replaces it.';
END
"""


def guard_table(cr, table, exception=""):
    """Refuse DELETE, TRUNCATE and every UPDATE but the superseding one on ``table``.

    Idempotent; the triggers fire in replica mode too.

    :param cr: database cursor
    :param str table: name of the table, which has a column ``superseded_at``
    :param str exception: PL/pgSQL that returns ``NEW`` where more may change
    """
    function = f"{table}_guard"
    body = _BODY % exception
    cr.execute(SQL("SELECT prosrc FROM pg_proc WHERE proname = %s", function))
    row = cr.fetchone()
    if not row or row[0] != body:
        cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s",
                SQL.identifier(function),
                body,
            )
        )
    cr.execute(SQL("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", table))
    existing = {row[0] for row in cr.fetchall()}
    clauses = {
        function: SQL("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", SQL.identifier(table)),
        # a row trigger does not see a TRUNCATE
        f"{function}_all": SQL("BEFORE TRUNCATE ON %s FOR EACH STATEMENT", SQL.identifier(table)),
    }
    for name, clause in clauses.items():
        if name in existing:
            continue
        trigger = SQL.identifier(name)
        cr.execute(
            SQL(
                "CREATE TRIGGER %s %s EXECUTE FUNCTION %s()",
                trigger,
                clause,
                SQL.identifier(function),
            )
        )
        cr.execute(SQL("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", SQL.identifier(table), trigger))
