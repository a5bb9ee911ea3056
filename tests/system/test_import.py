"""An import in the background, in processes of their own: whole, killed, cancelled."""

import json

import pytest

SETUP = """
import base64
company = env.company
manager = env["res.users"].create({"name": "Importer", "login": "importer",
    "company_id": company.id, "company_ids": [(6, 0, company.ids)],
    "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref("mlm_base.group_manager").id])]})
tree = env["mlm.tree"]._get_default(company.mlm_network_id)
lines = ["Code;Name;Sponsor code;Document number;Placement below;Leg"]
lines.append("I0000;Person 0;-;;;head")
for number in range(1, 1200):
    above = f"I{(number - 1) // 2:04d}"
    leg = "left" if number % 2 else "right"
    lines.append(f"I{number:04d};Person {number};{above};{20000000 + number};{above};{leg}")
record = env["mlm.import"].with_user(manager).create({"file_name": "people.csv",
    "file": base64.b64encode("\\n".join(lines).encode()), "tree_id": tree.id})
record.action_check()
env.cr.commit()
env["mlm.import"]._cron_work()
assert record.state == "good", (record.error, record.problem_ids[:3].mapped("message"))
"""
ASK = """
record = env["mlm.import"].search([], limit=1)
record.with_user(record.author_id).action_import()
env.cr.commit()
"""
WORK = 'env["mlm.import"]._cron_work()\nenv.cr.commit()\n'
# stands still at the end of a stage, so that the test can act at that moment
SLOW = """
import time
progress = type(env["mlm.import.progress"])
report = progress._report
def slowly(self, record, stage, fraction):
    report(self, record, stage, fraction)
    if stage == {stage!r} and fraction >= {fraction}:
        print("REACHED", flush=True)
        time.sleep({seconds})
        report(self, record, stage, fraction)
progress._report = slowly
"""
LOOK = """
import json
record = env["mlm.import"].search([], limit=1)
progress = env["mlm.import.progress"].search([("import_id", "=", record.id)])
print("LOOK", json.dumps({
    "state": record.state, "error": record.error or "", "tries": progress.tries,
    "people": env["mlm.distributor"].search_count([("code", "=like", "I%")]),
    "contacts": env["res.partner"].search_count([("name", "=like", "Person %")]),
    "events": env["mlm.genealogy.event"].search_count([("distributor_id.code", "=like", "I%")]),
    "laws": env["mlm.law"]._check_all()}))
"""
NOTHING = {"people": 0, "contacts": 0, "events": 0, "laws": []}


@pytest.fixture
def imported_db(odoo_db, run_odoo_script):
    run_odoo_script(odoo_db, SETUP)
    run_odoo_script(odoo_db, ASK)
    return odoo_db


def look(run_odoo_script, db):
    lines = run_odoo_script(db, LOOK).lines
    return json.loads(next(line for line in lines if line.startswith("LOOK "))[5:])


@pytest.mark.parametrize(("stage", "fraction"), [("people", 0.2), ("network", 0.5)])
def test_killed(imported_db, run_odoo_script, start_odoo_script, stage, fraction):
    """Nothing is left behind; the next worker does it all, and a third time is too often."""
    slow = SLOW.format(stage=stage, fraction=fraction, seconds=300)
    for _again in range(2):
        script = start_odoo_script(imported_db, slow + WORK)
        script.wait_for("REACHED", timeout=240)
        script.kill()
        found = look(run_odoo_script, imported_db)
        assert {key: found[key] for key in NOTHING} == NOTHING
        assert found["state"] == "importing"
    run_odoo_script(imported_db, WORK)
    found = look(run_odoo_script, imported_db)
    assert found["state"] == "failed" and "2 veces" in found["error"]
    assert {key: found[key] for key in NOTHING} == NOTHING


def test_cancelled(imported_db, run_odoo_script, start_odoo_script):
    slow = SLOW.format(stage="network", fraction=0.5, seconds=15)
    script = start_odoo_script(imported_db, slow + WORK)
    script.wait_for("REACHED", timeout=240)
    run_odoo_script(
        imported_db,
        'env["mlm.import"].search([], limit=1).action_cancel()\nenv.cr.commit()\n',
    )
    assert script.wait().returncode == 0
    found = look(run_odoo_script, imported_db)
    assert found["state"] == "failed" and "Cancel" in found["error"]
    assert {key: found[key] for key in NOTHING} == NOTHING


def test_whole(imported_db, run_odoo_script):
    run_odoo_script(imported_db, WORK)
    found = look(run_odoo_script, imported_db)
    assert (found["state"], found["error"]) == ("done", "")
    assert (found["people"], found["contacts"]) == (1200, 1200)
    assert found["laws"] == []
