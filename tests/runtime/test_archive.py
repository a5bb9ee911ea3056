"""Backup archives: whole or refused."""

import dataclasses
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from mlm_cli import archive
from mlm_cli.errors import UserError

CONTENT = b"picture" * 100
NAME = hashlib.sha1(CONTENT).hexdigest()
STORED = f"{NAME[:2]}/{NAME}"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """An archive with one attachment."""
    filestore = tmp_path / "filestore"
    (filestore / NAME[:2]).mkdir(parents=True)
    (filestore / STORED).write_bytes(CONTENT)
    (filestore / "checklist").mkdir()
    (filestore / "checklist" / "ab").write_bytes(b"waits to be deleted")
    dump = tmp_path / "dump"
    dump.write_bytes(b"x" * 5000)
    manifest = archive.Manifest(
        archive.FORMAT, "db", "2026-11-21", "19.0", 15, {}, 1, archive.sha256(dump)
    )
    path = tmp_path / "backup.tar"
    archive.write(path, manifest, dump, filestore, lambda done: None)
    return path


def _extract(path: Path, into: Path) -> None:
    with archive.open_archive(path) as tar:
        manifest = archive.read_manifest(tar, path)
        archive.extract(tar, manifest, into / "dump", into / "files", path)


def test_round_trip(made: Path, tmp_path: Path):
    into = tmp_path / "into"
    into.mkdir()
    _extract(made, into)
    assert (into / "dump").read_bytes() == b"x" * 5000
    assert (into / "files" / STORED).read_bytes() == CONTENT
    assert not (into / "files" / "checklist").exists()


def test_only_the_owner_reads_it(made: Path):
    assert made.stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten(made: Path, tmp_path: Path):
    before = made.read_bytes()
    manifest = archive.Manifest(archive.FORMAT, "db", "", "19.0", 15, {}, 0, "")
    with pytest.raises(UserError, match="already exists"):
        archive.write(made, manifest, tmp_path / "dump", tmp_path / "none", lambda done: None)
    assert made.read_bytes() == before
    assert not list(tmp_path.glob(".*.tmp"))


@pytest.mark.parametrize("keep", [700, 3000, 7000])
def test_cut_short(made: Path, tmp_path: Path, keep: int):
    cut = tmp_path / "cut.tar"
    cut.write_bytes(made.read_bytes()[:keep])
    with pytest.raises(UserError, match=r"damaged|no backup"):
        _extract(cut, tmp_path)


def test_changed_dump(made: Path, tmp_path: Path):
    made.write_bytes(made.read_bytes().replace(b"xxxx", b"xxxy", 1))
    with pytest.raises(UserError, match="damaged"):
        _extract(made, tmp_path)


def test_flipped_byte_of_an_attachment(made: Path, tmp_path: Path):
    content = made.read_bytes()
    at = content.index(CONTENT) + 50
    made.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    with pytest.raises(UserError, match=f"the content of filestore/{STORED} has changed"):
        _extract(made, tmp_path)


def test_an_attachment_that_was_damaged_before(made: Path, tmp_path: Path):
    """It is known to be, and no reason to be without a backup."""
    (tmp_path / "filestore" / STORED).write_bytes(b"rotten")
    manifest = archive.Manifest(
        archive.FORMAT, "db", "", "19.0", 15, {}, 1, archive.sha256(tmp_path / "dump"), (NAME,)
    )
    path = tmp_path / "second.tar"
    archive.write(path, manifest, tmp_path / "dump", tmp_path / "filestore", lambda done: None)
    into = tmp_path / "into"
    into.mkdir()
    _extract(path, into)
    assert (into / "files" / STORED).read_bytes() == b"rotten"


GOOD = {
    "format": archive.FORMAT,
    "database": "db",
    "created": "2026-11-21",
    "odoo": "19.0",
    "postgresql": 15,
    "modules": {"mlm_base": "19.0.1.0.0"},
    "files": 0,
    "dump_sha256": "",
}


@pytest.mark.parametrize(
    "manifest",
    [
        b"not JSON",
        b"\xff\xfe",
        b"[1, 2]",
        b"null",
        b"[" * 100_000,
        b" " * 2_000_000,
        b"{}",
        *(
            json.dumps({**GOOD, **wrong}).encode()
            for wrong in (
                {"database": 5},
                {"database": "a\x1b[2J"},
                {"created": None},
                {"odoo": ["19.0"]},
                {"postgresql": "15"},
                {"files": -1},
                {"files": True},
                {"files": 1e9},
                {"modules": ["mlm_base"]},
                {"modules": {"mlm_base": "abc"}},
                {"modules": {"mlm_base": None}},
                {"damaged": "all"},
                {"more": 1},
            )
        ),
        json.dumps({key: value for key, value in GOOD.items() if key != "odoo"}).encode(),
    ],
)
def test_malformed_manifest(tmp_path: Path, manifest: bytes):
    path = tmp_path / "x.tar"
    _forge(path, {archive.MANIFEST: manifest})
    with pytest.raises(UserError, match=r"cannot be understood|no backup|has format"):
        _extract(path, tmp_path)


def test_well_formed_manifest(tmp_path: Path):
    path = tmp_path / "x.tar"
    _forge(path, {archive.MANIFEST: json.dumps(GOOD).encode()})
    with archive.open_archive(path) as tar:
        assert archive.read_manifest(tar, path).modules == {"mlm_base": "19.0.1.0.0"}


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 10240])
def test_no_archive_at_all(tmp_path: Path, content: bytes):
    path = tmp_path / "x.tar"
    path.write_bytes(content)
    with pytest.raises(UserError, match="no backup"):
        _extract(path, tmp_path)


def _forge(path: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def test_a_newer_format_is_refused(tmp_path: Path):
    path = tmp_path / "x.tar"
    _forge(path, {archive.MANIFEST: json.dumps({"format": 99}).encode()})
    with pytest.raises(UserError, match="format 99"):
        _extract(path, tmp_path)


def test_a_forged_archive_writes_nowhere_else(tmp_path: Path):
    path = tmp_path / "x.tar"
    manifest = archive.Manifest(archive.FORMAT, "db", "", "19.0", 15, {}, 0, "")
    _forge(
        path,
        {
            archive.MANIFEST: json.dumps(dataclasses.asdict(manifest)).encode(),
            "filestore/../../outside": b"x",
            f"filestore/../{NAME}/outside": b"x",
            "filestore/ab/../../outside": b"x",
            "/tmp/outside": b"x",
        },
    )
    into = tmp_path / "a" / "b"
    into.mkdir(parents=True)
    with pytest.raises(UserError, match="damaged"):
        _extract(path, into)
    assert not list(tmp_path.rglob("outside"))


def test_links_are_not_followed(tmp_path: Path):
    path, outside = tmp_path / "x.tar", tmp_path / "outside"
    outside.mkdir()
    with tarfile.open(path, "w") as tar:
        text = json.dumps({**GOOD, "files": 1}).encode()
        member = tarfile.TarInfo(archive.MANIFEST)
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
        link = tarfile.TarInfo(f"filestore/{NAME[:2]}")
        link.type, link.linkname = tarfile.SYMTYPE, str(outside)
        tar.addfile(link)
        member = tarfile.TarInfo(f"filestore/{STORED}")
        member.size = len(CONTENT)
        tar.addfile(member, io.BytesIO(CONTENT))
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(UserError, match="damaged"):  # it has no dump
        _extract(path, into)
    assert not list(outside.iterdir())
