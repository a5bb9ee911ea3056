"""The database's own guard of append-only tables."""

from contextlib import contextmanager

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
_STAMP_FUNCTION = "mlm_recorded_at"
_STAMP_SETTING = "mlm.recorded_at"
_STAMP_BODY = f"""
BEGIN
    NEW.recorded_at := coalesce(
        nullif(current_setting('{_STAMP_SETTING}', true), '')::timestamp,
        now() AT TIME ZONE 'UTC');
    RETURN NEW;
END
"""
_STAMP_TRIGGER = "mlm_recorded_at"
_ROW_TRIGGER = "mlm_append_only_row"
_TRUNCATE_TRIGGER = "mlm_append_only_truncate"


def seal_table(cr, table):
    """Refuse UPDATE, DELETE and TRUNCATE on ``table`` from now on, for everybody.

    For the tables of append-only models, and for a partition at the moment when
    its content is posted. Idempotent; the triggers fire in replica mode too.

    :param cr: database cursor
    :param str table: name of an ordinary or partitioned table, or of a partition
    """
    _ensure_function(cr, _FUNCTION, _BODY)
    triggers = {
        _ROW_TRIGGER: SQL("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", _ident(table)),
        _TRUNCATE_TRIGGER: SQL("BEFORE TRUNCATE ON %s FOR EACH STATEMENT", _ident(table)),
    }
    _ensure_triggers(cr, table, _FUNCTION, triggers)


def stamp_table(cr, table):
    """Let the database set ``recorded_at`` of every row that is inserted, whatever the
    INSERT says: the moment (naive UTC) at which its transaction began. Idempotent.

    :param cr: database cursor
    :param str table: name of an ordinary table with a column ``recorded_at``
    """
    _ensure_function(cr, _STAMP_FUNCTION, _STAMP_BODY)
    clause = SQL("BEFORE INSERT ON %s FOR EACH ROW", _ident(table))
    # not ALWAYS: a row that is replicated keeps the moment of its original
    _ensure_triggers(cr, table, _STAMP_FUNCTION, {_STAMP_TRIGGER: clause}, always=False)


@contextmanager
def recorded(cr, moment):
    """Let rows that are inserted meanwhile be recorded at ``moment`` (naive UTC).

    For what must know the moment before the row is written (a fingerprint that covers
    it), and for tests of the past. Only code of the server can call this.
    """
    query = "SELECT set_config(%s, %s, true)"
    cr.execute(query, [_STAMP_SETTING, moment.isoformat(sep=" ")])
    yield
    # after an error the transaction, and with it the setting, is rolled back
    cr.execute(query, [_STAMP_SETTING, ""])


def _ensure_triggers(cr, table, function, triggers, always=True):
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
                    _ident(function),
                )
            )
        if always and existing.get(name) != "A":
            cr.execute(
                SQL(
                    "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s",
                    _ident(table),
                    _ident(name),
                )
            )


def _ensure_function(cr, name, body):
    cr.execute(SQL("SELECT prosrc FROM pg_proc WHERE proname = %s", name))
    row = cr.fetchone()
    if row and row[0] == body:
        return
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s",
            _ident(name),
            body,
        )
    )


def _ident(name):
    return SQL.identifier(name)


_PROOF_FUNCTION = "mlm_proof_guard"
_PROOF_BODY = """
BEGIN
    IF TG_OP = 'UPDATE'
       AND (OLD.id, OLD.name, OLD.res_model, OLD.res_id, OLD.res_field, OLD.type, OLD.url,
            OLD.checksum, OLD.file_size)
           IS NOT DISTINCT FROM
           (NEW.id, NEW.name, NEW.res_model, NEW.res_id, NEW.res_field, NEW.type, NEW.url,
            NEW.checksum, NEW.file_size) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM mlm_proof WHERE attachment = OLD.id)
       AND NOT EXISTS (
           SELECT FROM mlm_proof
            WHERE attachment = OLD.id AND released_in = txid_current() AND TG_OP = 'DELETE') THEN
        RAISE EXCEPTION 'proof: % of attachment % is refused', TG_OP, OLD.id
            USING ERRCODE = 'restrict_violation',
                  TABLE = TG_TABLE_NAME,
                  HINT = 'Upload another file beside it.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
"""


def guard_proofs(cr):
    """Refuse to overwrite, rename, move or delete files that `mlm.proof` keeps.

    Where the content lies (the database or the file store) may change; the self-check
    compares the content itself. Idempotent; the trigger fires in replica mode too.
    """
    _ensure_function(cr, _PROOF_FUNCTION, _PROOF_BODY)
    clause = SQL("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", _ident("ir_attachment"))
    _ensure_triggers(cr, "ir_attachment", _PROOF_FUNCTION, {_PROOF_FUNCTION: clause})
