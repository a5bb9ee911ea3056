# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The database's own guard of plan versions that people are paid by."""

from odoo.tools import SQL

_VERSION = """
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('published', 'active', 'retired') THEN
            RAISE EXCEPTION 'plan version % is % and is not deleted', OLD.id, OLD.state
                USING ERRCODE = 'restrict_violation',
                      HINT = 'Retire it; what it paid is explained by it.';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('published', 'active', 'retired') AND (
        OLD.document IS DISTINCT FROM NEW.document
        OR OLD.document_hash IS DISTINCT FROM NEW.document_hash
        OR OLD.plan_id IS DISTINCT FROM NEW.plan_id
        OR OLD.version IS DISTINCT FROM NEW.version
        OR OLD.valid_from IS DISTINCT FROM NEW.valid_from
        OR OLD.previous_id IS DISTINCT FROM NEW.previous_id AND NEW.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'plan version % is % and is not changed', OLD.id, OLD.state
            USING ERRCODE = 'restrict_violation',
                  HINT = 'A change is a new version.';
    END IF;
    IF OLD.state = 'active' AND NEW.state NOT IN ('active', 'retired')
       OR OLD.state = 'retired' AND NEW.state <> 'retired' THEN
        RAISE EXCEPTION 'plan version % was % and does not become %',
            OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation',
                  HINT = 'A change is a new version.';
    END IF;
    RETURN NEW;
END
"""
# Bonuses, ranks and crossings of a version are as final as its document.
_PART = """
DECLARE
    held varchar;
BEGIN
    SELECT state INTO held FROM mlm_plan_version WHERE id = OLD.version_id;
    IF held IN ('published', 'active', 'retired') AND (
        TG_OP = 'DELETE'
        OR to_jsonb(OLD) - 'name' - 'write_uid' - 'write_date'
           IS DISTINCT FROM to_jsonb(NEW) - 'name' - 'write_uid' - 'write_date'
    ) THEN
        RAISE EXCEPTION 'row % of table % belongs to a plan version that is %',
            OLD.id, TG_TABLE_NAME, held
            USING ERRCODE = 'restrict_violation',
                  HINT = 'A change is a new version.';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
"""
_GUARDS = {
    "mlm_plan_version": ("mlm_plan_version_guard", _VERSION),
    "mlm_plan_bonus": ("mlm_plan_part_guard", _PART),
    "mlm_plan_rank": ("mlm_plan_part_guard", _PART),
    "mlm_plan_measure": ("mlm_plan_part_guard", _PART),
    "mlm_plan_crossing": ("mlm_plan_part_guard", _PART),
}


def seal_plan_table(cr, table):
    """Refuse changes of published plans in ``table``, also by SQL. Idempotent.

    The trigger fires in replica mode, too.

    :param cr: database cursor
    :param str table: a table of plan versions or of their parts
    """
    name, body = _GUARDS[table]
    function, target, trigger = (SQL.identifier(one) for one in (name, table, name))
    cr.execute(SQL("SELECT prosrc FROM pg_proc WHERE proname = %s", name))
    if (cr.fetchone() or ("",))[0] != body:
        cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s",
                function,
                body,
            )
        )
    cr.execute(
        SQL("SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s", table, name)
    )
    if not cr.fetchone():
        cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE UPDATE OR DELETE ON %s"
                " FOR EACH ROW EXECUTE FUNCTION %s()",
                trigger,
                target,
                function,
            )
        )
        cr.execute(SQL("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", target, trigger))
