"""A backup brings a company back elsewhere: the same posted runs, files and laws."""

import hashlib
import io
import json
import shutil
import subprocess
import tarfile

import pytest
from mlm_cli import database
from mlm_cli.paths import ROOT
from mlm_cli.testing.databases import scratch_name

SCENARIO = ROOT / "tests" / "scenarios" / "gx_bin_02_package_17.yaml"
PLAY = f"""
env["mlm.scenario.player"]._play_file({str(SCENARIO)!r})
# a file beside the database, as every company but those of tests has them
env["ir.config_parameter"].set_param("ir_attachment.location", "file")
env["ir.attachment"].create({{"name": "contract", "raw": b"signed"}})
env.cr.commit()
"""
READ = """
import json
runs = env["mlm.run"].search([("state", "=", "posted")], order="id")
contract = env["ir.attachment"].search([("name", "=", "contract")])
print(json.dumps({
    "digests": runs.mapped("digest"),
    "inputs": runs.mapped("snapshot_sha"),
    "problems": [str(run._verify()) for run in runs],
    "contract": contract.raw.decode(),
    "entries": env["account.move"].search_count([("state", "=", "posted")]),
    "laws": len(env["mlm.law"]._check_all()),
}))
"""


def _mlm(*arguments):
    return subprocess.run(
        [ROOT / "mlm", *map(str, arguments)], capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def company(module_odoo_db, run_odoo_script):
    """A database with posted runs, and what it says of itself."""
    run_odoo_script(module_odoo_db, PLAY)
    return module_odoo_db, json.loads(run_odoo_script(module_odoo_db, READ).lines[-1])


@pytest.fixture(scope="module")
def archive(company, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "company.tar"
    made = _mlm("backup", path, "--test-server", "-d", company[0])
    assert made.returncode == 0, made.stderr
    return path


def test_restored_elsewhere_it_is_the_same(company, archive, odoo_runtime, run_odoo_script):
    name = scratch_name("restored")
    try:
        result = _mlm("restore", archive, "--test-server", "-d", name)
        assert result.returncode == 0, result.stderr
        restored = json.loads(run_odoo_script(name, READ).lines[-1])
        assert restored == company[1]
        assert restored["digests"] and all(restored["digests"])
        assert set(restored["problems"]) == {"[]"}
        assert restored["contract"] == "signed"
        checked = _mlm("check", "--test-server", "-d", name)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    finally:
        database.drop(odoo_runtime.server, name)


def test_the_original_is_never_overwritten(company, archive):
    result = _mlm("restore", archive, "--test-server")
    assert result.returncode == 1
    assert "nothing is overwritten" in result.stderr
    assert f"--database {company[0]}_restored" in result.stderr


def test_an_archive_is_never_overwritten(company, archive):
    before = archive.stat()
    result = _mlm("backup", archive, "--test-server", "-d", company[0])
    assert result.returncode == 1
    assert "already exists" in result.stderr
    assert archive.stat() == before


def test_a_damaged_archive_leaves_no_database_behind(archive, odoo_runtime, tmp_path):
    cut = tmp_path / "cut.tar"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    names = database.names(odoo_runtime.server)
    result = _mlm("restore", cut, "--test-server", "-d", scratch_name("cut"))
    assert result.returncode == 1
    assert "damaged" in result.stderr
    assert "Traceback" not in result.stderr
    assert database.names(odoo_runtime.server) == names


def _changed(archive, target, change):
    """A copy of an archive with ``change(name, content)`` of each member instead of its content."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as made:
        for member in source:
            content = change(member.name, source.extractfile(member).read())
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return target


def _flip(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_damage_anywhere_is_found(archive, odoo_runtime, tmp_path):
    """One byte of an attachment, of the dump, of the manifest; nothing is left behind."""
    names = database.names(odoo_runtime.server)
    stores = sorted(path.name for path in (odoo_runtime.data_dir / "filestore").iterdir())
    for begins, said in (
        ("filestore/", "the content of filestore/"),
        ("database.dump", "its content is not what it declares"),
        ("manifest.json", "cannot be understood"),
    ):
        other = b"{" if begins == "manifest.json" else None
        damaged = _changed(
            archive,
            tmp_path / "damaged.tar",
            lambda name, content: (other or _flip(content)) if name.startswith(begins) else content,  # noqa: B023
        )
        result = _mlm("restore", damaged, "--test-server", "-d", scratch_name("damaged"))
        assert result.returncode == 1
        assert said in result.stderr and "Traceback" not in result.stderr
    assert database.names(odoo_runtime.server) == names
    now = sorted(path.name for path in (odoo_runtime.data_dir / "filestore").iterdir())
    assert now == stores


def test_files_that_lie_there_are_kept(archive, odoo_runtime, tmp_path):
    """They may be of a database on another server; a restore that fails does not touch them."""
    name = scratch_name("files")
    filestore = odoo_runtime.data_dir / "filestore" / name
    filestore.mkdir(parents=True)
    (filestore / "theirs").write_text("theirs")
    garbage = b"PGDMP and nothing that pg_restore understands"

    def with_garbage(member, content):
        if member == "database.dump":
            return garbage
        if member == "manifest.json":
            sha = hashlib.sha256(garbage).hexdigest()
            return json.dumps({**json.loads(content), "dump_sha256": sha}).encode()
        return content

    kept = []
    try:
        forged = _changed(archive, tmp_path / "forged.tar", with_garbage)
        result = _mlm("restore", forged, "--test-server", "-d", name)
        assert result.returncode == 1 and "pg_restore failed" in result.stderr
        assert [path.name for path in filestore.iterdir()] == ["theirs"]
        assert not database.exists(odoo_runtime.server, name)

        result = _mlm("restore", archive, "--test-server", "-d", name)
        assert result.returncode == 0, result.stderr
        kept = list(filestore.parent.glob(f"{name}.before-*"))
        assert len(kept) == 1 and (kept[0] / "theirs").read_text() == "theirs"
        assert str(kept[0]) in result.stderr + result.stdout
        assert not (filestore / "theirs").exists() and list(filestore.glob("??/*"))
    finally:
        database.drop(odoo_runtime.server, name)
        for path in (filestore, *kept):
            shutil.rmtree(path, ignore_errors=True)


def test_an_unknown_database_is_said(tmp_path):
    result = _mlm("backup", tmp_path / "x.tar", "--test-server", "-d", "nobody")
    assert result.returncode == 1
    assert "There is no database nobody" in result.stderr
