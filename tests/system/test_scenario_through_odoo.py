"""Scenarios played with real orders, invoices, payments and runs agree with the engine."""

import json
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "scenarios"


def _through_odoo():
    for path in sorted(FOLDER.glob("*.yaml")):
        if yaml.safe_load(path.read_text(encoding="utf-8")).get("through_odoo"):
            yield path


SCENARIOS = list(_through_odoo())

# One process for all: the company is made once, each scenario is rolled back.
PLAY = """
import json, os
from mlm_engine.scenario import load
from odoo.addons.mlm_demo.play.company import load_chart

load_chart(env, env.company)
env.cr.commit()
player = env["mlm.scenario.player"].with_context(lang="en_US")
for path in json.loads(os.environ["SCENARIOS"]):
    try:
        played = player._play(load(path))
    except Exception as error:
        played = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps({"path": path, "played": played}, default=str), flush=True)
    env.cr.rollback()
    env.registry.clear_all_caches()
"""


def _play(database, run_odoo_script, paths, code=PLAY):
    paths = json.dumps([str(path) for path in paths])
    result = run_odoo_script(database, code, env={"SCENARIOS": paths})
    rows = [json.loads(line) for line in result.lines if line.startswith("{")]
    return {Path(row["path"]).name: row["played"] for row in rows}


@pytest.fixture(scope="module")
def played(module_odoo_db, run_odoo_script):
    return _play(module_odoo_db, run_odoo_script, SCENARIOS)


def test_there_are_scenarios():
    assert len(SCENARIOS) > 15


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_agrees_with_engine(path, played):
    """Earnings, breakage, ranks, carry, totals and what the file expects."""
    found = played[path.name]
    assert "error" not in found, found["error"]
    assert found["differences"] == []
    assert found["laws"] == []
    assert found["cycles"], "no cycle was posted"
    for cycle in found["cycles"]:
        assert "companies" in cycle or cycle["debit"] == cycle["credit"]
        paid = any(cycle["earnings"].values())
        assert bool(cycle["entries"]) == paid


def test_what_cannot_be_played_is_said_at_once(module_odoo_db, run_odoo_script, played, tmp_path):
    text = (FOLDER / "gx_bin_03_rollover.yaml").read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    gone = {"code": "GONE", "sponsor": document["distributors"][0]["code"], "state": "terminated"}
    document["distributors"].append({**gone, "joined": "2026-01-05"})
    path = tmp_path / "gone.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    found = _play(module_odoo_db, run_odoo_script, [path])["gone.yaml"]
    assert found["error"].startswith("UserError: This scenario cannot be played")
    assert "GONE has left the network at the start" in found["error"]
