"""Years of cycles are measured on a small network: what is told; how fast it is, is no test."""

import json
import os
import subprocess
import sys

import pytest
from mlm_cli.paths import ROOT

SIZE, CYCLES = 300, 4
KEYS = {"bench", "case", "size", "cycles", "seconds", "floor_seconds", "ratio", "peak_mib"}
CPU = {"cpu_seconds", "floor_cpu_seconds"}


@pytest.fixture(scope="module")
def rows(odoo_template, tmp_path_factory):
    target = tmp_path_factory.mktemp("bench") / "years.json"
    command = [sys.executable, str(ROOT / "bench" / "years.py"), "--size", str(SIZE)]
    subprocess.run(
        [*command, "--cycles", str(CYCLES), "--json", str(target)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tools"), "MLM_TEMPLATE": odoo_template},
    )
    return json.loads(target.read_text(encoding="utf-8"))


def test_every_case_is_told_beside_the_first_week(rows):
    for row in rows:
        assert set(row) - {"stored_bytes"} == KEYS | CPU
        assert (row["bench"], row["size"], row["cycles"]) == ("years", SIZE, CYCLES)
        assert row["seconds"] > 0 and row["floor_seconds"] > 0
        assert row["ratio"] == pytest.approx(
            row["cpu_seconds"] / row["floor_cpu_seconds"], abs=0.05, rel=0.1
        )
    assert rows[0]["stored_bytes"] > 0
    cases = [row["case"] for row in rows]
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize(
    "words",
    [
        "list of cycles",
        "form of the oldest run",
        "earnings of the last run, of one person",
        "figures of the oldest run",
        "list of statements",
        "form of a person",
        "Hoy",
        "portal: dashboard",
        "portal: the oldest statement",
        "explanation of who is paid most",
        "changes of the last run",
        "downline report",
        "workbook of the last run",
    ],
)
def test_what_is_promised_is_measured(rows, words):
    assert [row for row in rows if words in row["case"]]
