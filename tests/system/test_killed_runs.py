"""A run killed at any instruction and started again: the same digest, nothing twice."""

import importlib.util
from pathlib import Path

import pytest
from mlm_cli.testing.databases import scratch
from small_company import FIGURES, FINISH, SETUP, figures

KILLED = 137
_spec = importlib.util.spec_from_file_location(
    "failpoint", Path(__file__).parents[2] / "addons/mlm_commission/failpoint.py"
)
failpoint = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(failpoint)
# Every named place, and a later chunk of those that are passed several times.
PLACES = [*failpoint.NAMES, "post.chunk:3", "post.chunk.done:2"]


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


@pytest.mark.parametrize("place", PLACES)
def test_killed_and_started_again(place, company, undisturbed, make_odoo_db, run_odoo_script):
    database = make_odoo_db(company)
    killed = run_odoo_script(database, FINISH, env={"MLM_FAILPOINT": place}, check=False)
    assert killed.returncode == KILLED, f"{place} was not reached:\n{killed.output}"
    again = run_odoo_script(database, FINISH + FIGURES)
    assert figures(again) == undisturbed


def test_two_workers_post_one_run(
    company, undisturbed, make_odoo_db, start_odoo_script, run_odoo_script
):
    """Both go through the chunks at once; each entry is posted by one of them."""
    database = make_odoo_db(company)
    until_posting = FINISH.replace("run._post_all(commit=True)", "pass")
    run_odoo_script(database, until_posting)
    post = """
run = env["mlm.run"].search([("state", "=", "posting")])
if run:
    run._post_all(commit=True)
"""
    log = (r"could not serialize access", r"could not obtain lock")
    workers = [start_odoo_script(database, post, allow_log=log) for _ in range(2)]
    for worker in workers:
        worker.wait()
    assert figures(run_odoo_script(database, FIGURES)) == undisturbed
