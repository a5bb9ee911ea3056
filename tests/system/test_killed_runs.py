"""A run killed at any instruction and started again: the same digest, nothing twice."""

import json
import re
from pathlib import Path

import pytest
from mlm_cli.testing.databases import scratch
from small_company import FIGURES, FINISH, ORPHANS, SETUP, figures

KILLED = 137
ADDONS = Path(__file__).parents[2] / "addons"
#: every place that the source names, and a later chunk of those that are passed several times
PLACES = {
    name
    for path in ADDONS.rglob("*.py")
    for name in re.findall(r"^ +hit\(\"(.+)\"\)$", path.read_text(encoding="utf-8"), re.MULTILINE)
} | {"post.chunk:3", "post.chunk.done:2"}


@pytest.fixture(scope="module")
def company(module_odoo_db, run_odoo_script):
    """Database with a closed cycle and nothing computed."""
    run_odoo_script(module_odoo_db, SETUP)
    return module_odoo_db


@pytest.fixture(scope="module")
def undisturbed(company, odoo_runtime, run_odoo_script):
    with scratch(odoo_runtime.server, company, "pytest") as name:
        return figures(run_odoo_script(name, FINISH + FIGURES))


def test_undisturbed_run_adds_up(undisturbed):
    assert undisturbed["period"] == "posted"
    assert undisturbed["laws"] == []
    assert undisturbed["chunks"] > 3, "too few entries for the kill tests to mean anything"
    assert undisturbed["debit"] == undisturbed["credit"]
    assert round(undisturbed["debit"] * 10_000) == undisturbed["amount"]


def said(result, word):
    return next(line for line in result.lines if line.startswith(word))[len(word) + 1 :]


def test_killed_at_every_place_and_started_again(
    company, undisturbed, make_odoo_db, run_odoo_script
):
    """Each process goes on where the last one was killed, and is killed at the next place."""
    database, waiting, killed = make_odoo_db(company), set(PLACES), []
    while True:
        asked = {"MLM_FAILPOINT": ",".join(sorted(waiting))} if waiting else {}
        result = run_odoo_script(database, ORPHANS + FINISH + FIGURES, env=asked, check=False)
        assert json.loads(said(result, "LEFT")) == [], f"left when killed at {killed[-1]}"
        if result.returncode != KILLED:
            break
        killed.append(said(result, "KILLED"))
        waiting.remove(killed[-1])
    assert result.returncode == 0, f"cannot go on after {killed}; see {result.log}"
    assert not waiting, f"never reached, after {killed}"
    assert figures(result) == undisturbed
    assert json.loads(said(run_odoo_script(database, ORPHANS), "LEFT")) == []


def test_several_processes_post_one_run(
    company, undisturbed, make_odoo_db, start_odoo_script, run_odoo_script
):
    """All go through the chunks at once; each entry is posted by one of them, and none fails."""
    database = make_odoo_db(company)
    until_posting = FINISH.replace("run._post_all(commit=True)", "pass")
    run_odoo_script(database, until_posting)
    post = """
import time
run = env["mlm.run"].search([("state", "=", "posting")])
while time.time() % 2 > 0.1:  # all begin at the same moment
    time.sleep(0.01)
run._post_all(commit=True)
"""
    log = (r"could not serialize access", r"could not obtain lock")
    workers = [start_odoo_script(database, post, allow_log=log) for _ in range(3)]
    for worker in workers:
        assert worker.wait().returncode == 0, worker.log
    assert figures(run_odoo_script(database, FIGURES)) == undisturbed
