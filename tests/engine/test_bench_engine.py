# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The measure of the engine alone: its company, and what it writes."""

import json
import mmap
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from mlm_engine.kernel import digest, paying, run, trees

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def company(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    from engine_alone import company  # noqa: PLC0415 - found there only

    return company


def test_the_same_company_each_time(company):
    one, other = company.arrays(3000), company.arrays(3000)
    assert one.keys() == other.keys()
    assert all((one[name] == other[name]).all() and one[name].dtype == np.int64 for name in one)
    buyers = np.unique(one["row_buyer"]).size
    assert one["row_id"].size == 9000 and 0.6 < buyers / 3000 < 0.7
    assert trees.forest(one["position_parent"]).depth.max() > 300  # the power leg


def test_every_plan_pays_and_source_pays_as_sale(company):
    found = company.arrays(1000)
    rows = {
        name: _computed(company, name, found) for name in ("gano", "unilevel", "unilevel-by-sale")
    }
    assert all((one.amount_e4 > 0).any() for one in rows.values())
    by_source, by_sale = rows["unilevel"], rows["unilevel-by-sale"]
    assert by_source.payee.size < by_sale.payee.size / 3
    sums = [one.base_e4[one.bonus == 3].sum() for one in (by_source, by_sale)]
    assert sums[0] == sums[1] > 0


def test_inputs_in_their_files_and_small_pieces_give_the_same_digest(
    company, tmp_path, monkeypatch
):
    import engine  # noqa: PLC0415 - found there only

    engine.make(3000, tmp_path)
    held, none = engine.inputs(tmp_path, held=True)
    mapped, maps = engine.inputs(tmp_path, held=False)
    assert not none and len(maps) == len(mapped) and not mapped["row_id"].flags.writeable
    compute = getattr(run.compute, "__wrapped__", run.compute)

    def let_go(_stage, _part):
        for one in maps:
            one.madvise(mmap.MADV_DONTNEED)

    for name in ("gano", "unilevel"):
        whole = compute(company.snapshot(name, held)).digest
        assert compute(company.snapshot(name, mapped), let_go).digest == whole
        with monkeypatch.context() as patch:
            patch.setattr(paying, "_SLICE", 1000)
            patch.setattr(digest, "_PART", 1000)
            assert compute(company.snapshot(name, mapped)).digest == whole


def _computed(company, name, found):
    compute = getattr(run.compute, "__wrapped__", run.compute)
    return compute(company.snapshot(name, found)).earnings


def test_what_it_writes(tmp_path):
    target = tmp_path / "rows.json"
    command = [sys.executable, str(BENCH / "engine.py"), "--size", "1000", "--json", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    rows = json.loads(target.read_text(encoding="utf-8"))
    wholes = [row["case"] for row in rows if row["case"].endswith(": whole")]
    assert wholes == ["gano: whole", "unilevel: whole"]
    assert all(row["size"] == 1000 and row["peak_mib"] > 0 for row in rows)
