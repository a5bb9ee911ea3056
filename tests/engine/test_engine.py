# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine stands alone, and its files and digests are stable."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from mlm_engine.kernel import codes, digest, run, snapshot_file
from mlm_engine.kernel.run import SnapshotError
from mlm_engine.telling import codes as told
from networks import empty, ints, seeded

TESTS = Path(__file__).parents[1]


def test_no_odoo():
    """Importing all of the engine imports nothing of a server."""
    code = (
        "import sys, importlib, pkgutil, mlm_engine\n"
        "for item in pkgutil.walk_packages(mlm_engine.__path__, 'mlm_engine.'):\n"
        "    importlib.import_module(item.name)\n"
        "bad = {'odoo', 'psycopg2', 'lxml', 'werkzeug'} & set(sys.modules)\n"
        "sys.exit(f'imported: {bad}' if bad else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_progress_ends_at_one():
    seen = []
    run.compute(seeded(3), lambda stage, fraction: seen.append((stage, fraction)))
    fractions = [fraction for _, fraction in seen]
    assert fractions == sorted(fractions)
    assert seen[-1] == ("done", 1.0)


def test_digest_sees_every_figure():
    data = seeded(11)
    result = run.compute(data)
    before = digest.tables(data, result)
    assert digest.of_tables(before) == result.digest
    for table in before.values():
        for values in table.values():
            if values.size:
                values[0] += 1
                assert digest.of_tables(before) != result.digest
                values[0] -= 1
    shuffled = {
        name: {column: values[::-1] for column, values in table.items()}
        for name, table in before.items()
    }
    assert digest.of_tables(shuffled) == result.digest


def test_a_damaged_file_is_refused(tmp_path):
    data = snapshot_file.dumps(seeded(5))
    path = tmp_path / "snapshot"
    assert snapshot_file.write(seeded(5), path) == snapshot_file.sha256(data)
    assert snapshot_file.dumps(snapshot_file.read(path)) == data
    for broken in (b"", b"PK" + data, data[:-1], data[:200] + b"\0" + data[201:], data[:60]):
        with pytest.raises(snapshot_file.SnapshotFileError):
            snapshot_file.loads(broken)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sponsor": ints([-1])}, "as long as member_id"),
        ({"member_id": ints([2, 1])}, "must rise strictly"),
        ({"sponsor": ints([-1, 2])}, "points outside"),
        ({"position_leg": ints([-1, -1])}, "0 or 1"),
    ],
)
def test_a_snapshot_that_contradicts_itself(change, message):
    data = empty()
    data.member_id = data.position_id = ints([1, 2])
    for name in ("member_kind", "member_state", "member_joined", "member_title", "window_pv_e4"):
        setattr(data, name, ints([0, 0]))
    data.sponsor, data.position_member = ints([-1, 0]), ints([0, 1])
    data.position_parent, data.position_leg = ints([-1, 0]), ints([-1, 0])
    run.compute(data)
    for name, value in change.items():
        setattr(data, name, value)
    with pytest.raises(SnapshotError, match=message):
        run.compute(data)


def test_codes_are_stable_and_worded():
    """Codes are stored in results: their numbers never change."""
    assert [int(item) for item in codes.Reason] == list(range(25))
    assert [int(item) for item in codes.RateSource] == list(range(11))
    assert int(codes.Measure.CARRY_LEFT) == 20
    assert int(codes.Measure.REASON) == 35
    for lang in ("es", "en"):
        assert all(told.reason_text(item, lang) for item in codes.Reason)
        assert all(told.figure_text(item, lang) for item in codes.Measure)


def test_a_chain_of_ten_thousand_runs():
    count = 10_000
    data = empty()
    data.member_id = data.position_id = ints(range(1, count + 1))
    for name in ("member_kind", "member_state", "member_joined", "member_title", "window_pv_e4"):
        setattr(data, name, ints([0] * count))
    data.sponsor = data.position_parent = np.arange(count) - 1
    data.position_member = np.arange(count)
    data.position_leg = ints([-1] + [0] * (count - 1))
    data.row_id, data.row_member = ints([1]), ints([count - 1])
    data.row_buyer = data.row_position = data.row_member
    data.row_cv_e4 = data.row_pv_e4 = ints([100])
    data.row_moment = ints([data.period_end_moment - 1])
    data.row_package = data.row_package_from = ints([-1])
    data.row_package_qty = data.row_retail_e4 = data.row_reversal = ints([0])
    rows = run.compute(data).measures
    new = rows.value[rows.measure == codes.Measure.LEFT_NEW]
    assert new.tolist() == [100] * (count - 1)
