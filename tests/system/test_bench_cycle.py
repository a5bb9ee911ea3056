"""The cycle is measured on a small network: what is told, and that it is what the engine pays."""

import json
import os
import subprocess
import sys

import pytest
from mlm_cli.paths import ROOT
from mlm_engine.kernel import run as engine_run

sys.path.insert(0, str(ROOT / "bench"))
from commission import inputs, orders, plans

SIZE = 300
KEYS = {"bench", "case", "size", "seconds", "floor_seconds", "ratio", "peak_mib"}
STEPS = (
    "live figures",
    "live figures, nothing changed",
    "live figures of a person",
    "page /my",
    "page /my/network",
    "page /my/network/team",
    "run",
    "review",
    "audit sample",
    "submit",
    "approve",
    "explain first",
    "explain next",
    "explain a person next",
    "post begins",
    "post",
)
PARTS = ("inputs out", "file written", "engine", "rows in", "indexes", "file stored", "totals")
WITH_FLOOR = ("inputs out", "rows in", "indexes", "")


@pytest.fixture(scope="module")
def rows(odoo_template, tmp_path_factory):
    target = tmp_path_factory.mktemp("bench") / "cycle.json"
    command = [sys.executable, str(ROOT / "bench" / "cycle.py"), "--size", str(SIZE)]
    # the payees of one plan are few enough to be posted whole, those of the other are not
    options = ["--post-payees", "20", "--chunk", "10", "--json", str(target)]
    subprocess.run(
        command + options,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tools"), "MLM_TEMPLATE": odoo_template},
    )
    return json.loads(target.read_text(encoding="utf-8"))


def told(rows, plan, step, part=""):
    (row,) = (row for row in rows if (row["plan"], row["step"], row["part"]) == (plan, step, part))
    return row


@pytest.mark.parametrize("plan", plans.USUAL)
def test_every_step_and_part_is_told(rows, plan):
    for step in STEPS:
        assert told(rows, plan, step)["seconds"] > 0
        assert told(rows, plan, step)["cpu_seconds"] > 0
    assert told(rows, plan, "review")["cases"] >= 0
    for part in PARTS:
        row = told(rows, plan, "run", part)
        assert row["calls"] and row["peak_mib"] and row["virtual_mib"] >= row["peak_mib"]
        assert (row["floor_seconds"] is not None) == (part in WITH_FLOOR)
    parts = [row for row in rows if row["plan"] == plan and row["step"] == "run" and row["part"]]
    whole = told(rows, plan, "run")
    assert sum(row["seconds"] for row in parts) == pytest.approx(whole["seconds"], abs=1e-4)


def test_rows_have_the_shape_that_programs_read(rows):
    for row in rows:
        assert set(row) >= KEYS
        assert (row["bench"], row["size"]) == ("cycle", SIZE)
        if row["floor_seconds"] is None:
            assert row["ratio"] is None
        else:
            assert row["ratio"] == pytest.approx(row["seconds"] / row["floor_seconds"], rel=0.05)
    cases = [row["case"] for row in rows]
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize("plan", plans.USUAL)
def test_the_run_pays_what_the_engine_pays_for_the_same_network(rows, plan):
    """The engine reads the shapes by themselves here; there they went through the database."""
    network = inputs.network(SIZE)
    snapshot = inputs.snapshot(network, orders.make(network), plans.plan(plan))
    result = engine_run.compute(snapshot)
    earnings, run = result.earnings, told(rows, plan, "run")
    assert run["earnings"] == earnings.payee.size > 0
    assert run["amount_e4"] == earnings.amount_e4.sum() > 0
    assert run["breakage_e4"] == earnings.breakage_e4.sum()
    codes = [bonus["code"] for bonus in snapshot.plan["bonuses"]]
    assert run["bonuses"] == {
        code: [int(these.sum()), int(earnings.amount_e4[these].sum())]
        for code, these in ((code, earnings.bonus == place) for place, code in enumerate(codes))
        if these.any()
    }


@pytest.mark.parametrize("plan", plans.USUAL)
def test_rows_and_bytes_are_those_stored(rows, plan):
    run = told(rows, plan, "run")
    assert run["tables"]["mlm.earning"]["rows"] == run["earnings"]
    # one row for everybody who has any
    assert 0 < run["tables"]["mlm.measure"]["rows"] <= min(SIZE, run["measures"])
    stored = [one["bytes"] + one["index_bytes"] for one in run["tables"].values()]
    assert run["bytes_per_distributor"] * SIZE == pytest.approx(
        sum(stored) + run["file_bytes"], abs=SIZE
    )
    assert told(rows, plan, "run", "rows in")["rows"] == sum(
        one["rows"] for one in run["tables"].values()
    )


def test_what_is_extrapolated_says_so(rows):
    whole, part = told(rows, "gano", "post"), told(rows, "unilevel", "post")
    assert whole["payees"] == told(rows, "gano", "run")["payees"]
    assert not [row for row in rows if row["extrapolated"] and row["plan"] == "gano"]
    everybody = told(rows, "unilevel", "post, extrapolated to all")
    assert everybody["extrapolated"] and not part["extrapolated"]
    assert part["chunks"] == everybody["measured_chunks"] < everybody["chunks"]
    assert everybody["payees"] == told(rows, "unilevel", "run")["payees"] > part["payees"]
    share = everybody["chunks"] / part["chunks"]
    assert everybody["seconds"] == pytest.approx(part["seconds"] * share, rel=0.01)
