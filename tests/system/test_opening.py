"""An opening in the background, in processes of its own: whole, killed, taken back."""

import json

import pytest

SETUP = """
import base64
company = env.company
versions = env["mlm.plan.version"]
versions._import_document(versions._shipped("gano_excel_co_2026"))._publish_at_once()
company.mlm_network_id.first_cycle = 924
if not env["mlm.tree"].search([("network_id", "=", company.mlm_network_id.id)]):
    env["mlm.tree"].create({"name": "Binary", "code": "B", "network_id": company.mlm_network_id.id})
people = [{"name": "Person 0", "code": "P0000", "is_root": True, "placement": {}}]
for number in range(1, 900):
    above = f"P{(number - 1) // 2:04d}"
    people.append({"name": f"Person {number}", "code": f"P{number:04d}", "sponsor_code": above,
        "placement": {"parent_code": above, "leg": "left" if number % 2 else "right"}})
env["mlm.distributor"]._enrol(people)
manager = env["res.users"].create({"name": "Importer", "login": "importer",
    "company_id": company.id, "company_ids": [(6, 0, company.ids)],
    "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref("mlm_base.group_manager").id])]})
codes = [f"P{number:04d}" for number in range(900)]
files = {
    "carry": ["Code;Left;Right", *(f"{code};{n};{n + 1},5" for n, code in enumerate(codes))],
    "volume": ["Code;Cycle;PV", *(f"{code};923;60" for code in codes)],
    "history": ["Code;Period;To;Bonus;Amount",
        *(f"{code};880;2025-10-19;{bonus};1000" for code in codes for bonus in ("A", "B"))],
}
totals = {("carry", "lines"): "900", ("carry", "left"): "404550", ("carry", "right"): "405900",
    ("volume", "lines"): "900", ("volume", "pv"): "54000", ("volume", "package_pv"): "0",
    ("volume", "cv"): "0", ("history", "lines"): "1800", ("history", "amount"): "1800000"}
record = env["mlm.opening.import"].with_user(manager).create({"name": "Moving in",
    "file_ids": [(0, 0, {"kind": kind, "file_name": kind,
        "file": base64.b64encode("\\n".join(lines).encode())}) for kind, lines in files.items()]})
for control in record.control_ids:
    control.expected = totals[control.file_id.kind, control.figure]
record.action_check()
env.cr.commit()
env["mlm.opening.import"]._cron_work()
assert record.state == "good", (record.error, record.problem_ids[:3].mapped("message"))
"""
ASK = """
record = env["mlm.opening.import"].search([], limit=1)
record.with_user(record.author_id).{action}()
env.cr.commit()
"""
WORK = 'env["mlm.opening.import"]._cron_work()\nenv.cr.commit()\n'
# stands still at the end of a stage, so that the test can act at that moment
SLOW = """
import time
progress = type(env["mlm.opening.progress"])
report = progress._report
def slowly(self, record, stage, fraction):
    report(self, record, stage, fraction)
    if stage == {stage!r} and fraction >= {fraction}:
        print("REACHED", flush=True)
        time.sleep(300)
progress._report = slowly
"""
LOOK = """
import json
record = env["mlm.opening.import"].search([], limit=1)
entries = env["mlm.volume.entry"].search([("kind", "=", "opening")])
print("LOOK", json.dumps({
    "state": record.state, "error": record.error or "",
    "openings": env["mlm.opening"].search_count([]),
    "history": env["mlm.earning.history"].search_count([]),
    "pv": sum(entries.mapped("pv_e4")), "rows": len(entries),
    "cycles": env["mlm.period"].search_count([("state", "=", "history")]),
    "laws": env["mlm.law"]._check_all()}))
"""
NOTHING = {"openings": 0, "history": 0, "pv": 0, "rows": 0, "cycles": 0, "laws": []}
ALL = {"openings": 1799, "history": 1800, "pv": 540_000_000, "rows": 900, "laws": []}


@pytest.fixture
def checked_db(odoo_db, run_odoo_script):
    run_odoo_script(odoo_db, SETUP)
    return odoo_db


def look(run_odoo_script, db):
    lines = run_odoo_script(db, LOOK).lines
    return json.loads(next(line for line in lines if line.startswith("LOOK "))[5:])


def part(found, wanted):
    return {key: found[key] for key in wanted}


def test_killed_whole_and_taken_back(checked_db, run_odoo_script, start_odoo_script):
    """Killed while it loads, nothing is there; the next worker loads it all; killed while
    it is taken back, all is there; the next worker takes it all back."""
    run_odoo_script(checked_db, ASK.format(action="action_import"))
    script = start_odoo_script(checked_db, SLOW.format(stage="writing", fraction=0.85) + WORK)
    script.wait_for("REACHED", timeout=240)
    script.kill()
    found = look(run_odoo_script, checked_db)
    assert part(found, NOTHING) == NOTHING
    assert found["state"] == "importing"

    run_odoo_script(checked_db, WORK)
    found = look(run_odoo_script, checked_db)
    assert (found["state"], found["error"]) == ("done", "")
    assert part(found, ALL) == ALL

    run_odoo_script(checked_db, ASK.format(action="action_undo"))
    script = start_odoo_script(checked_db, SLOW.format(stage="undoing", fraction=0.6) + WORK)
    script.wait_for("REACHED", timeout=240)
    script.kill()
    found = look(run_odoo_script, checked_db)
    assert part(found, ALL) == ALL

    run_odoo_script(checked_db, WORK)
    found = look(run_odoo_script, checked_db)
    assert (found["state"], found["error"]) == ("undone", "")
    taken_back = {"openings": 0, "history": 0, "pv": 0, "laws": []}
    assert part(found, taken_back) == taken_back
