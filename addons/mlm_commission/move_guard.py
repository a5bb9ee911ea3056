# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The database's own guard of sealed journal entries.

An entry is sealed when `mlm_sealed_move` has a row for it; that table is append-only.
"""

from odoo.tools import SQL

CONSTRAINT = "mlm_sealed_move"
# What of an entry and of its items stays as it was posted. All else is free: matching,
# residuals, payment state, hash, analytic distribution, followers.
MOVE_COLUMNS = (
    "id",
    "state",
    "move_type",
    "name",
    "ref",
    "date",
    "journal_id",
    "company_id",
    "currency_id",
    "partner_id",
    "amount_total",
    "amount_total_signed",
)
LINE_COLUMNS = (
    "id",
    "move_id",
    "parent_state",
    "move_name",
    "name",
    "display_type",
    "date",
    "date_maturity",
    "journal_id",
    "company_id",
    "company_currency_id",
    "currency_id",
    "account_id",
    "partner_id",
    "debit",
    "credit",
    "balance",
    "amount_currency",
    "tax_line_id",
    "tax_repartition_line_id",
    "tax_group_id",
    "group_tax_id",
    "tax_base_amount",
)
TAXES = "account_move_line_account_tax_rel"

_REFUSE = """
    RAISE EXCEPTION 'sealed: % on "%" is refused, entry %', TG_OP, TG_TABLE_NAME, entry
        USING ERRCODE = 'restrict_violation',
              TABLE = '{table}',
              CONSTRAINT = '{constraint}',
              DETAIL = entry::text,
              HINT = 'Correct the cause; a later run takes it into account.';
END
"""
# A merge of contacts that the suite carries out replaces the person and nothing else.
_KEPT = """
    IF TG_OP = 'UPDATE' THEN
        IF ({old}) IS NOT DISTINCT FROM ({new}) THEN
            RETURN NEW;
        END IF;
        IF ({old_rest}) IS NOT DISTINCT FROM ({new_rest}) AND EXISTS (
            SELECT FROM {schema}.mlm_contact_merge AS merge
             WHERE merge.source_id = OLD.partner_id AND merge.target_id = NEW.partner_id
               AND merge.transaction = txid_current()) THEN
            RETURN NEW;
        END IF;
    END IF;
"""
_OF_ENTRY = """
DECLARE entry int;
BEGIN
{kept}
    SELECT seal.move_id INTO entry FROM {schema}.mlm_sealed_move AS seal
     WHERE seal.move_id IN (OLD.{move}, NEW.{move}) LIMIT 1;
    IF NOT FOUND THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
{refuse}"""
_OF_TAXES = """
DECLARE entry int;
BEGIN
    SELECT seal.move_id INTO entry
      FROM {schema}.account_move_line AS line
      JOIN {schema}.mlm_sealed_move AS seal ON seal.move_id = line.move_id
     WHERE line.id IN (OLD.account_move_line_id, NEW.account_move_line_id) LIMIT 1;
    IF NOT FOUND THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
{refuse}"""
_OF_ALL = """
DECLARE entry int;
BEGIN
    SELECT seal.move_id INTO entry FROM {schema}.mlm_sealed_move AS seal LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
{refuse}"""
# Fingerprint of an item. Whoever changes it seals all entries anew by a migration.
_DIGEST = """
    SELECT md5(jsonb_build_array({values}, (
        SELECT jsonb_agg(tax.account_tax_id ORDER BY tax.account_tax_id)
          FROM {schema}.account_move_line_account_tax_rel AS tax
         WHERE tax.account_move_line_id = $1.id))::text)
"""
_NUMBERS = ("debit", "credit", "balance", "amount_currency", "tax_base_amount")
# The person may be replaced by a merge; a law compares him with who held the membership.
_NOT_IN_DIGEST = ("partner_id",)


def install_guard(cr):
    """Create the functions and triggers that refuse changes of sealed entries; idempotent.

    The triggers fire in replica mode too.

    :param cr: database cursor
    """
    cr.execute("SELECT current_schema")
    schema = f'"{cr.fetchone()[0]}"'
    for function, table, body, clause in _triggers(schema):
        _ensure_function(cr, SQL("%s()", SQL.identifier(function)), "trigger", "plpgsql", body)
        cr.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
            [table, function],
        )
        found = cr.fetchone()
        trigger, on = SQL.identifier(function), SQL.identifier(table)
        if not found:
            cr.execute(
                SQL("CREATE TRIGGER %s %s EXECUTE FUNCTION %s()", trigger, SQL(clause), trigger)
            )
        if not found or found[0] != "A":
            cr.execute(SQL("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", on, trigger))
    values = ", ".join(
        f"trim_scale($1.{name})" if name in _NUMBERS else f"$1.{name}"
        for name in LINE_COLUMNS
        if name not in _NOT_IN_DIGEST
    )
    _ensure_function(
        cr,
        SQL("mlm_sealed_line_digest(account_move_line)"),
        "text",
        "sql STABLE",
        _DIGEST.format(values=values, schema=schema),
    )


def remove_guard(cr):
    """Drop the triggers of `install_guard`: without the seals they would fail."""
    for function, _table, _body, _clause in _triggers(""):
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(function)))


def _triggers(schema):
    """Yield ``(function = trigger, table, body, clause)``."""
    row = "FOR EACH ROW"
    for table, columns, move, events in (
        ("account_move", MOVE_COLUMNS, "id", "UPDATE OR DELETE"),
        ("account_move_line", LINE_COLUMNS, "move_id", "INSERT OR UPDATE OR DELETE"),
    ):
        rest = [name for name in columns if name != "partner_id"]
        kept = _KEPT.format(
            schema=schema,
            **{
                key: ", ".join(f"{record}.{name}" for name in names)
                for key, record, names in (
                    ("old", "OLD", columns),
                    ("new", "NEW", columns),
                    ("old_rest", "OLD", rest),
                    ("new_rest", "NEW", rest),
                )
            },
        )
        refuse = _refuse(table)
        body = _OF_ENTRY.format(kept=kept, schema=schema, move=move, refuse=refuse)
        yield f"mlm_sealed_{table}", table, body, f"BEFORE {events} ON {table} {row}"
        yield (
            f"mlm_sealed_{table}_all",
            table,
            _OF_ALL.format(schema=schema, refuse=refuse),
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        )
    yield (
        "mlm_sealed_account_move_line_tax",
        TAXES,
        _OF_TAXES.format(schema=schema, refuse=_refuse("account_move_line")),
        f"BEFORE INSERT OR UPDATE OR DELETE ON {TAXES} {row}",
    )


def _refuse(table):
    return _REFUSE.format(table=table, constraint=CONSTRAINT)


def _ensure_function(cr, signature, returns, language, body):
    name = signature.code.partition("(")[0].strip('"')
    cr.execute(SQL("SELECT prosrc FROM pg_proc WHERE proname = %s", name))
    found = cr.fetchone()
    if found and found[0] == body:
        return
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s RETURNS %s LANGUAGE %s AS %s",
            signature,
            SQL(returns),
            SQL(language),
            body,
        )
    )
