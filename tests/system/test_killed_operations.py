"""Planned changes of the network when the process dies, or when two workers meet.

Whatever the moment, the cron of the next process finds what is left, and does each change
once: the network, its events and its links end up as if nothing had happened.
"""

import json

import pytest
from mlm_cli.testing.databases import scratch

KILLED = 137

SETUP = """
import datetime
company = env["res.company"].create({"name": "Planned"})
env.user.company_ids |= company
env = env(context=dict(env.context, allowed_company_ids=company.ids, tracking_disable=True))
tree = env["mlm.tree"].create({"name": "Binary", "code": "binary", "network_id": company.mlm_network_id.id})
joined = datetime.datetime(2026, 1, 5, 12)
codes = ["ROOT"] + [f"N{n}" for n in range(1, 31)]
people = env["mlm.distributor"]._enrol([
    {"name": code, "code": code, "company_id": company.id, "joined_at": joined,
     **({"sponsor_code": codes[(n - 1) // 2], "placement": {"strategy": "auto"}} if n else
        {"placement": {}})}
    for n, code in enumerate(codes)])
who = {one.code: one for one in people}
due = datetime.datetime(2026, 3, 2, 5)
plan = env["mlm.operation"]._plan
plan("_terminate", who["N1"], due, "Resigns")
plan("_change_sponsor", who["N5"], due, "Asked to", sponsor=who["N3"], leave_downline=True)
plan("_terminate", who["N3"], due + datetime.timedelta(days=1), "Resigns", cause="expulsion")
plan("_readmit", who["N1"], due + datetime.timedelta(days=2), "Asked to", sponsor=who["N2"],
     downline=who["N4"])
plan("_suspend", who["N6"], due + datetime.timedelta(days=3), "Papers", treatment="hold")
env.cr.commit()
"""

WORK = """
from odoo.tools import mute_logger
company = env["res.company"].search([("name", "=", "Planned")])
env = env(context=dict(env.context, allowed_company_ids=company.ids, tracking_disable=True))
"""

CRON = """
with mute_logger("odoo.sql_db"):
    env["mlm.operation"]._cron_execute()
env.cr.commit()
"""

DIE = """
import os
target, method, times = env[{model!r}], {method!r}, [{times}]
original = getattr(type(target), method)
def dying(self, *args, **kwargs):
    result = original(self, *args, **kwargs)
    times[0] -= 1
    if not times[0]:
        os._exit(137)
    return result
setattr(type(target), method, dying)
"""

FIGURES = """
import json
people = env["mlm.distributor"].search([("company_id", "=", company.id)], order="code")
events = env["mlm.genealogy.event"].search([("company_id", "=", company.id)])
links = env["mlm.link"].search([("company_id", "=", company.id)])
print("FIGURES", json.dumps({
    "people": [[one.code, one.state, one.treatment, one.sponsor_id.code, one.level]
               for one in people],
    "events": sorted([event.distributor_id.code, event.kind, str(event.effective_at)]
                     for event in events),
    "links": sorted([link.distributor_id.code, link.parent_distributor_id.code or "",
                     str(link.valid_from), str(link.valid_to), bool(link.superseded_at)]
                    for link in links),
    "operations": sorted(env["mlm.operation"].search([]).mapped("state")),
    "laws": env["mlm.law"]._check_all(),
}))
"""

# where the process dies: after the n-th call of a method that writes a part of a change
PLACES = [
    ("mlm.link", "_end_open_sponsors", 1),
    ("mlm.link", "_open_sponsors", 2),
    ("mlm.distributor", "_hang_below", 3),
    ("mlm.distributor", "_record_event", 4),
    ("mlm.position", "_close", 1),
    ("mlm.position", "_reopen", 1),
    ("mlm.operation", "_execute", 1),
    ("mlm.operation", "_execute", 4),
]


def figures(result):
    line = next(line for line in result.lines if line.startswith("FIGURES "))
    return json.loads(line.removeprefix("FIGURES "))


@pytest.fixture(scope="module")
def planned(module_odoo_db, run_odoo_script):
    """Database with five changes that are due and not carried out."""
    run_odoo_script(module_odoo_db, SETUP)
    return module_odoo_db


@pytest.fixture(scope="module")
def undisturbed(planned, odoo_runtime, run_odoo_script):
    with scratch(odoo_runtime.server, planned, "pytest") as name:
        return figures(run_odoo_script(name, WORK + CRON + FIGURES))


def test_undisturbed(undisturbed):
    assert undisturbed["operations"] == ["done"] * 5
    assert undisturbed["laws"] == []
    sponsors = {row[0]: row[3] for row in undisturbed["people"]}
    assert sponsors["N1"] == "N2" and sponsors["N4"] == "N1"
    assert sponsors["N5"] == "ROOT", "N3, the new sponsor, left a day later"


@pytest.mark.parametrize(("model", "method", "times"), PLACES)
def test_killed_and_started_again(
    model, method, times, planned, undisturbed, make_odoo_db, run_odoo_script
):
    database = make_odoo_db(planned)
    die = DIE.format(model=model, method=method, times=times)
    killed = run_odoo_script(database, WORK + die + CRON, check=False)
    assert killed.returncode == KILLED, f"{method} was not reached:\n{killed.output}"
    assert figures(run_odoo_script(database, WORK + CRON + FIGURES)) == undisturbed


def test_two_workers(planned, undisturbed, make_odoo_db, start_odoo_script, run_odoo_script):
    database = make_odoo_db(planned)
    workers = [start_odoo_script(database, WORK + CRON) for _ in range(2)]
    for worker in workers:
        result = worker.wait()
        assert result.returncode == 0, result.log.read_text()[-3000:]
    assert figures(run_odoo_script(database, WORK + FIGURES)) == undisturbed
