"""`./mlm compare`, `evidence`, `check` and `audit` on a posted run."""

import csv
import json
import subprocess
import sys
import zipfile

import pytest
from mlm_cli.paths import ROOT
from small_company import FINISH, SETUP

AMOUNTS = """
run = env["mlm.run"].search([("state", "=", "posted")])
for total in env["mlm.statement"].search([("run_id", "=", run.id)]):
    print("PAID", total.distributor_id.code, total.gross_e4)
"""

# what the superuser of the database can do and nobody else: take the guard off
REWRITE = """
move = env["mlm.run.chunk"].search([("move_id", "!=", False)], limit=1).move_id
def execute(query):
    env.cr.execute(query, {"move": move.id})
for verb in ("DISABLE", "ENABLE ALWAYS"):
    if verb == "ENABLE ALWAYS":
        execute("UPDATE account_move SET state = '%s' WHERE id = %%(move)s")
    for table in ("account_move", "account_move_line"):
        execute(f"ALTER TABLE {table} {verb} TRIGGER mlm_sealed_{table}")
env.cr.commit()
print("ENTRY", move.id)
"""


@pytest.fixture(scope="module")
def posted(module_odoo_db, run_odoo_script):
    """A database with one posted run, and its gross by code."""
    run_odoo_script(module_odoo_db, SETUP)
    result = run_odoo_script(module_odoo_db, FINISH + AMOUNTS)
    lines = [line.split() for line in result.lines if line.startswith("PAID ")]
    return module_odoo_db, {code: int(amount) for _word, code, amount in lines}


def mlm(*arguments):
    return subprocess.run(
        [ROOT / "mlm", *map(str, arguments)], capture_output=True, text=True, timeout=300
    )


def legacy(path, amounts, **changes):
    """Write a file of totals: what we paid, but for changes in whole units."""
    with path.open("w", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["Código", "Valor"])
        for code, amount in amounts.items():
            table.writerow([code, f"{amount / 10_000 + changes.pop(code, 0):.4f}"])
        table.writerows([code, change] for code, change in changes.items())
    return path


def test_compare(posted, tmp_path):
    database, amounts = posted
    options = ("-d", database, "--test-server")
    same = mlm("compare", legacy(tmp_path / "same.csv", amounts), *options)
    assert same.returncode == 0, same.stderr
    assert "no difference" in same.stdout + same.stderr

    first = next(iter(amounts))
    path = legacy(tmp_path / "other.csv", amounts, **{first: 1234.5, "NOBODY": 1000})
    other = mlm("compare", path, *options, "--cycle", 924, "--json", "--lang", "es")
    assert other.returncode == 1, other.stderr
    found = json.loads(other.stdout)
    assert (found["schema"], found["cycle"], found["difference"]) == (1, 924, "-2234.5")
    assert {one["cause"]: one["difference"] for one in found["causes"]} == {
        "network": "-1000",
        "unexplained": "-1234.5",
    }
    assert {one["code"] for one in found["differences"]} == {first, "NOBODY"}
    text = mlm("compare", path, *options)
    assert text.returncode == 1
    assert "Not in our network" in text.stdout and "NOBODY" in text.stdout

    (tmp_path / "bad.csv").write_text("Code;Amount\nP001;five\n")
    bad = mlm("compare", tmp_path / "bad.csv", *options)
    assert bad.returncode == 2
    assert "Line 2" in bad.stderr and "Traceback" not in bad.stderr


def test_evidence(posted, tmp_path):
    database, _amounts = posted
    target = tmp_path / "evidence.zip"
    result = mlm("evidence", "-d", database, "--test-server", "--cycle", 924, "-o", target)
    assert result.returncode == 0, result.stderr
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path)
    (folder,) = (one for one in tmp_path.iterdir() if one.is_dir())
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "EVERYTHING AGREES" in done.stdout
    nothing = mlm("evidence", "-d", database, "--test-server", "--run", 999999)
    assert nothing.returncode == 1
    assert "There is no such run" in nothing.stderr


def test_entry_that_was_rewritten(posted, run_odoo_script):
    """Cancelled below the ORM with the guard off: both commands name the entry."""
    database, _amounts = posted
    options = ("-d", database, "--test-server", "--json")
    assert mlm("check", *options).returncode == 0
    assert mlm("audit", 924, *options).returncode == 0
    result = run_odoo_script(database, REWRITE % "cancel")
    (entry,) = (line.split()[1] for line in result.lines if line.startswith("ENTRY "))

    check = mlm("check", *options)
    found = {(one["law"], one["subject"]) for one in json.loads(check.stdout)}
    subject = f"account.move {entry}"
    assert check.returncode == 1
    assert found == {("sealed_entries_kept", subject), ("entries_match_statements", subject)}
    audit = mlm("audit", 924, *options)
    differences = json.loads(audit.stdout)["differences"]
    assert audit.returncode == 1
    assert {one["kind"] for one in differences} == {"entry"}
    assert all(subject in one["note"] and "state cancel" in one["note"] for one in differences)

    run_odoo_script(database, REWRITE % "posted")
    assert mlm("check", *options).returncode == 0
