"""A database kept from before networks stood above companies is upgraded, and nothing is lost.

`kept/before_networks.sql.xz` is a small company with a posted cycle, a sealed history and settings,
actions, templates and sequences that an administrator had changed; and a second company. It is
from before `mlm_commission` was cut by concern, too: what moved is the same record under the name
of another add-on.
"""

import json
import lzma
import subprocess
from pathlib import Path

import pytest
from mlm_cli import database, odoo_process, pg_binaries, process
from mlm_cli.testing import logs
from mlm_cli.testing.databases import scratch

KEPT = Path(__file__).parent / "kept" / "before_networks.sql.xz"
DIGEST = "788bffce172b8e40a527c2b6ec7f73504552307d175d856fefe44f83dd3904ff"
#: Columns that the upgrade takes away, or may change.
GONE = {"company_id"}
#: Rows of runs, which are the same in another form: the run is verified, and its digest is of them.
CONVERTED = ("mlm_earning_store", "mlm_measure_store", "mlm_run_change_store")
#: Tables whose rows Odoo itself writes while it upgrades.
REWRITTEN = ("mlm_job", "mlm_check", "mlm_law", "mlm_capture")

#: Scheduled work of add-ons that are new, and how often an administrator wants it.
CRONS = {"cron_opening": 21, "cron_compare": 22, "cron_guard": 23, "cron_audit": 24}
#: Rules of each add-on that is new, which an administrator has changed.
RULES = {
    "rule_opening_import_company": "mlm_opening",
    "rule_plan_start_own": "mlm_plan",
    "rule_run_audit_wizard_own": "mlm_control",
    "rule_tax_opening_company": "l10n_co_mlm_opening",
}
EDITS = f"""
UPDATE ir_cron c SET interval_number = wanted.number
  FROM ir_model_data d, (VALUES {", ".join(map(str, CRONS.items()))}) wanted (name, number)
 WHERE d.model = 'ir.cron' AND d.name = wanted.name AND c.id = d.res_id;
UPDATE ir_rule r SET domain_force = '[(1, ''='', 1)]' FROM ir_model_data d
 WHERE d.model = 'ir.rule' AND d.name IN {tuple(RULES)} AND r.id = d.res_id;
INSERT INTO rule_group_rel (rule_group_id, group_id)
SELECT d.res_id, g.res_id FROM ir_model_data d, ir_model_data g
 WHERE d.name IN {tuple(RULES)} AND g.name = 'group_system' AND g.module = 'base';
"""
#: External ids of the suite, but for fields that went from companies to networks, and one of a
#: wizard that is of no use any more.
NAMES = """
SELECT name, model, CASE model WHEN 'ir.rule' THEN 0 ELSE res_id END FROM ir_model_data
 WHERE (module LIKE 'mlm\\_%' OR module LIKE '%\\_mlm%')
   AND name NOT LIKE '%\\_\\_company\\_id' AND name NOT LIKE '%\\_\\_res\\_company\\_\\_mlm\\_%'
   AND name NOT LIKE 'field\\_res\\_company\\_\\_mlm\\_%'
   AND name <> 'field_mlm_explanation__currency_id'
"""

COLUMNS = """
SELECT table_name, array_agg(column_name::text ORDER BY column_name)
  FROM information_schema.columns
 WHERE table_schema = 'public' AND table_name LIKE 'mlm\\_%' AND is_updatable = 'YES'
 GROUP BY table_name
"""

AFTER = """
import json
run = env["mlm.run"].search([("state", "=", "posted")])
first, other = env["res.company"].search([], order="id")
network = first.mlm_network_id
print("FOUND", json.dumps({
    "laws": env["mlm.law"]._check_all(),
    "seals": env["mlm.event.seal"]._verify(),
    "verified": run._verify(),
    "digest": run.digest,
    "amount": run.amount_e4,
    "apart": network != other.mlm_network_id,
    "other": [other.mlm_network_id.tz, other.mlm_network_id.heir_months],
    "settings": [network.tz, network.heir_months, network.guard_cv, network.check_days,
        network.outlier_runs, network.audit_sample, network.inactivity_cycles, network.first_cycle],
    "crons": [env.ref("mlm_commission.cron_work").interval_number,
        env.ref("mlm_genealogy.cron_import").interval_number],
    "edited": {name: env.ref(f"{module}.{name}").interval_number for module, name in (
        ("mlm_opening", "cron_opening"), ("mlm_opening", "cron_compare"),
        ("mlm_control", "cron_guard"), ("mlm_control", "cron_audit"))},
    "rules": [name for name, module in RULES.items()
        if (rule := env.ref(f"{module}.{name}")).domain_force == "[(1, '=', 1)]"
        and rule.groups == env.ref("base.group_system")],
    "template": env["mail.template"].search([("model", "=", "mlm.application")], limit=1).subject,
    "next": env["mlm.distributor"]._enrol([{"name": "Next", "company_id": other.id,
        "acceptance": "later", "sponsor_id": env["mlm.distributor"].search(
            [("company_id", "=", other.id)], limit=1).id}]).code,
}, default=str))
"""


def contents(server, name, wanted=None):
    """`{table: {column: fingerprint of its values by id}}`, of the suite's tables."""
    found = {}
    with database.cursor(server, name) as cr:
        cr.execute(COLUMNS)
        for table, columns in cr.fetchall():
            if table.startswith((*REWRITTEN, *CONVERTED)) or "id" not in columns:
                continue
            columns = [one for one in columns if one not in GONE]
            if wanted is not None:
                columns = [one for one in columns if one in wanted.get(table, {})]
            if not columns:  # a table of after
                continue
            sums = ", ".join(
                f'md5(coalesce(string_agg(coalesce("{one}"::text, chr(8709)), chr(44) ORDER BY id), chr(32)))'
                for one in columns
            )
            cr.execute(f"SELECT {sums} FROM {table}")
            found[table] = dict(zip(columns, cr.fetchone(), strict=True))
    return found


#: Screens that are no more: no menu entry starts work by being clicked, and the reports of a run
#: are among the further actions of its own form.
RETIRED = {
    ("menu_check_start", "ir.ui.menu"),
    ("menu_enrol", "ir.ui.menu"),
    ("mlm_check_action_start", "ir.actions.server"),
    ("view_mlm_run_form_reports", "ir.ui.view"),
}
#: What was said of one figure: all figures of a person are one record now.
RETIRED |= {
    (f"field_mlm_measure__{name}", "ir.model.fields")
    for name in (
        *("code", "label", "measure", "plan_measure_id", "position_id", "raw", "shown", "value"),
    )
}
#: Computed for each reader: live figures are kept for everybody now.
RETIRED |= {
    ("model_mlm_portal_projection", "ir.model"),
    *(
        (f"field_mlm_portal_projection__{name}", "ir.model.fields")
        for name in ("display_name", "id")
    ),
}


def names(server, name):
    """`{(name, model, id)}`, whatever add-on a record belongs to; the id of a rule may change."""
    with database.cursor(server, name) as cr:
        cr.execute(NAMES)
        return set(cr.fetchall())


@pytest.fixture(scope="module")
def kept(odoo_runtime):
    """The kept database, restored: its name."""
    server = odoo_runtime.server
    with scratch(server, "template0", "kept") as name:
        program, env = pg_binaries.client("psql")
        subprocess.run(
            [program, "-q", "-v", "ON_ERROR_STOP=1", "-d", name],
            input=lzma.decompress(KEPT.read_bytes()),
            env={**env, **server.env()},
            check=True,
            capture_output=True,
        )
        yield name


def test_upgrade_keeps_every_record(odoo_runtime, kept, run_odoo_script):
    with database.cursor(odoo_runtime.server, kept) as cr:
        cr.execute(EDITS)
    before, known = contents(odoo_runtime.server, kept), names(odoo_runtime.server, kept)
    process.run_logged(
        odoo_process.command(
            odoo_runtime, "-d", kept, "-u", "mlm_base", "--stop-after-init", "--no-http"
        ),
        logs.folder() / "upgrade-kept.log",
        "Upgrading the kept database",
    )
    after = contents(odoo_runtime.server, kept, wanted=before)
    lost = {
        f"{table}.{column}"
        for table, columns in before.items()
        for column, value in columns.items()
        if after.get(table, {}).get(column) != value
    }
    assert not lost
    gone = known - names(odoo_runtime.server, kept)
    assert {(name, model) for name, model, _id in gone} == RETIRED
    lines = run_odoo_script(kept, f"RULES = {RULES}\n{AFTER}").lines
    line = next(line for line in lines if line.startswith("FOUND "))
    found = json.loads(line.removeprefix("FOUND "))
    assert found == {
        "laws": [],
        "seals": [],
        "verified": [],
        "digest": DIGEST,
        "amount": 148050000000,
        "apart": True,
        "other": ["America/Lima", 3],
        "settings": ["America/Bogota", 7, 61.5, 3, 9, 123, 5, 924],
        "crons": [17, 19],
        "edited": CRONS,
        "rules": list(RULES),
        "template": "Edited subject",
        "next": "K004711",
    }
