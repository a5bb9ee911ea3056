"""The measures run on a small network and say what they found; how fast it is, is no test."""

import json
import os
import subprocess
import sys

import pytest
from mlm_cli.paths import ROOT

KEYS = {"bench", "case", "size", "seconds", "floor_seconds", "ratio", "peak_mib"}


@pytest.fixture(scope="module")
def rows(odoo_template, tmp_path_factory):
    target = tmp_path_factory.mktemp("bench") / "genealogy.json"
    command = [sys.executable, str(ROOT / "bench" / "genealogy.py")]
    subprocess.run(
        [*command, "--size", "3000", "--seconds", "1", "--json", str(target)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tools"), "MLM_TEMPLATE": odoo_template},
    )
    return json.loads(target.read_text(encoding="utf-8"))


def test_rows_have_the_shape_that_programs_read(rows):
    for row in rows:
        assert set(row) == KEYS
        assert (row["bench"], row["size"]) == ("genealogy", 3000)
        assert row["seconds"] > 0
        if row["floor_seconds"] is None:
            assert row["ratio"] is None
        else:
            assert row["ratio"] == pytest.approx(row["seconds"] / row["floor_seconds"], rel=0.05)
    cases = [row["case"] for row in rows]
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize(
    "words",
    [
        "change of sponsor, a leaf",
        "change of sponsor, a subtree of",
        "enrolment into the holding tank",
        "enrolment below the root, automatic",
        "upline in the sponsor tree",
        "upline in the placement tree",
        "as of a moment",
        "count of a downline",
        "name_search, an exact code",
        "list with its filter, a full name",
        "termination, frontline of",
        "2 workers at once",
    ],
)
def test_what_is_promised_is_measured(rows, words):
    assert [row for row in rows if words in row["case"]]
