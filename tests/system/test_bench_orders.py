"""Orders beside a run are measured on a small network: what is told; how fast it is, is no test."""

import json
import os
import subprocess
import sys

import pytest
from mlm_cli.paths import ROOT

sys.path.insert(0, str(ROOT / "bench"))
from commission import beside

SIZE = 300
KEYS = {"bench", "case", "size", "seconds", "floor_seconds", "ratio", "peak_mib"}


@pytest.fixture(scope="module")
def rows(odoo_template, tmp_path_factory):
    target = tmp_path_factory.mktemp("bench") / "orders.json"
    command = [sys.executable, str(ROOT / "bench" / "orders.py"), "--size", str(SIZE)]
    subprocess.run(
        [*command, "--plan", "gano", "--orders", "10", "--json", str(target)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tools"), "MLM_TEMPLATE": odoo_template},
    )
    return json.loads(target.read_text(encoding="utf-8"))


def test_each_step_is_told_beside_each_work(rows):
    told = {(row["what"], row["phase"]): row for row in rows}
    phases = (beside.IDLE, beside.COMPUTED, beside.POSTED)
    assert set(told) == {(what, phase) for what in (beside.CONFIRM, beside.PAY) for phase in phases}
    for row in rows:
        assert set(row) >= KEYS
        assert (row["bench"], row["size"]) == ("orders", SIZE)
        if row["phase"] != beside.POSTED:  # of so few it is over before an order begins
            assert row["orders"] >= 5
            assert 0 < row["p50_seconds"] <= row["seconds"] <= row["longest_seconds"]


def test_no_order_and_no_work_is_done_twice(rows):
    assert [(row["retries"], row["work_retries"]) for row in rows] == [(0, 0)] * len(rows)


def test_an_order_belongs_to_the_work_in_which_it_begins(tmp_path):
    def order(begin, end, seconds, retries=0):
        taken = {"seconds": seconds, "cpu": seconds / 2, "retries": retries}
        return {"begin": begin, "end": end, beside.CONFIRM: taken, beside.PAY: taken}

    phases = beside.Notes(tmp_path, "phases")
    phases.add(name=beside.IDLE, begin=0, end=10, retries=0)
    phases.add(name=beside.COMPUTED, begin=10, end=20, retries=1)
    sold = beside.Notes(tmp_path, "sold")
    # the second one ends in the work, and is slowed by it
    for one in (order(1, 2, 0.5), order(9, 11, 4.0), order(11, 12, 1.0), order(19, 25, 2.0, 1)):
        sold.add(**one)
    idle, computed, posted = beside.tell(tmp_path, "gano", 100)[:3]
    assert (idle["orders"], idle["seconds"], idle["ratio"]) == (1, 0.5, None)
    assert (computed["orders"], computed["p50_seconds"], computed["seconds"]) == (2, 1.0, 2.0)
    assert (computed["ratio"], computed["p50_ratio"]) == (4.0, 2.0)
    assert (computed["retries"], computed["work_retries"]) == (1, 1)
    assert (posted["orders"], posted["seconds"]) == (0, None)
