# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that are damaged, of another encoding or too large."""

import io
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_kit import ANA, HEAD, in_limits, limit
from mlm_engine.kernel import snapshot_file
from mlm_engine.plan.document import DocumentError
from mlm_engine.plan.text_file import read_text
from mlm_engine.plan.yaml_text import SCENARIO, read_yaml
from mlm_engine.scenario import cli

TESTS = Path(__file__).parents[1]


BYTES_OF = {
    "windows": ("title: Año\n".encode("cp1252"), ":1: not UTF-8: it looks like Windows-1252 (ñ)"),
    "windows, later": (b"a: 1\nb: caf\xe9\n", ":2: not UTF-8: it looks like Windows-1252 (é)"),
    "utf-16": ("title: A\n".encode("utf-16"), ":1: the file is written in UTF-16"),
    "utf-16 without its mark": (
        "título: Año\n".encode("utf-16-le"),
        ":1: the file is written in UTF-16",
    ),
    "utf-16, the other way round": (
        "title: A\n".encode("utf-16-be"),
        ":1: the file is written in UTF-16",
    ),
    "no encoding": (b"a: \x81\x8d\n", ":1: not UTF-8"),
    "a workbook": (b"PK\x03\x04rest", ":1: the file is not text"),
    "zeros": (b"\x00" * 100, ":1: the file is not text"),
    "empty": (b"", ":1: the text is empty"),
}


@pytest.mark.parametrize("name", BYTES_OF)
def test_bytes_that_are_no_text_are_named(name, tmp_path, capsys):
    content, said = BYTES_OF[name]
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    assert cli.main([str(path)]) == 2
    assert f"{path}{said}" in capsys.readouterr().err


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("letter", ["a", "é", "€", "𝄞"])
@pytest.mark.parametrize("before", range(4))
def test_a_long_text_is_cut_between_letters(before, letter, mark, tmp_path):
    """No more is read than shows that it is too long; half a letter is no Windows-1252."""
    path = tmp_path / "long.yaml"
    written = "a" * before + letter * 200
    path.write_text(written, encoding=mark)
    found = read_text(path, 10)
    assert 10 < len(found) < 60 and written.startswith(found)
    path.write_text(written[:10], encoding=mark)
    assert read_text(path, 10) == written[:10]


class Searched(str):
    """A text that nobody goes through letter by letter."""

    def __iter__(self):
        raise AssertionError("8,000,000 letters one by one take seconds")


@pytest.mark.parametrize("number", [*range(32), 0xD800, 0xDFFF])
def test_what_no_text_has_is_searched_for(number):
    if chr(number) in "\t\n\r":
        assert read_yaml(f"a:{chr(number)}\n b\n").data == {"a": "b"}
        return
    with pytest.raises(DocumentError, match=f"^x:2: column 3: character {number} is not allowed"):
        read_yaml(Searched(f"a: 1\nb:{chr(number)}"), "x")


def test_a_mark_of_utf8_is_accepted(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + "cycles: [924]\n" + ANA, encoding="utf-8-sig")
    assert cli.main([str(path)]) == 0, capsys.readouterr().err


def test_a_plan_of_a_scenario_in_another_encoding_is_named(tmp_path, capsys):
    plan = tmp_path / "plan.yaml"
    plan.write_bytes("plan: x\nname: Año\n".encode("cp1252"))
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD.replace("gano_excel_co_2026", str(plan)) + "cycles: [924]\n" + ANA)
    assert cli.main([str(path)]) == 2
    assert "plan.yaml:2: not UTF-8: it looks like Windows-1252 (ñ)" in capsys.readouterr().err


def test_a_snapshot_unpacks_to_no_more_than_its_header_says():
    found = in_limits(
        "import json, struct, zlib\nfrom mlm_engine.kernel import snapshot_file\n"
        "pack = zlib.compressobj(9)\n"
        "first = pack.compress(bytes(2**20)) + pack.flush(zlib.Z_FULL_FLUSH)\n"
        "again = pack.compress(bytes(2**20)) + pack.flush(zlib.Z_FULL_FLUSH)\n"
        "data = first + again * 8000  # 8 GB in 8 MB\n"
        "header = json.dumps({'contract': 2, 'values': {}, 'arrays': [['a', 1]]}).encode()\n"
        "file = snapshot_file.MAGIC + struct.pack('<I', len(header)) + header\n"
        "file += struct.pack('<Q', len(data)) + data + bytes(32)\n"
        "try:\n    snapshot_file.loads(file)\n"
        "except snapshot_file.SnapshotFileError as error:\n    print(error)\n"
        "from mlm_reference import inputs\n"
        "try:\n    inputs.read(file)\n"
        "except inputs.InputsError as error:\n    print(error)\n"
    )
    assert found.returncode == 0, found.stderr[-2000:]
    assert found.stdout.splitlines() == [
        "the snapshot file is damaged: a",
        "the file of inputs is damaged: a",
    ]


def test_a_header_of_brackets_is_a_damaged_snapshot():
    header = b"[" * 100_000
    data = snapshot_file.MAGIC + struct.pack("<I", len(header)) + header
    with pytest.raises(snapshot_file.SnapshotFileError, match="damaged"):
        snapshot_file.loads(data)


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[" * 100_000, b"[]", b'{"files": 1}', "a\xf1o".encode("cp1252")]
)
def test_a_pack_of_evidence_that_is_none_gets_a_sentence(manifest, tmp_path):
    verify = TESTS.parent / "addons" / "mlm_control" / "evidence" / "verify.py"
    (tmp_path / "verify.py").write_bytes(verify.read_bytes())
    if manifest is not None:
        (tmp_path / "manifest.json").write_bytes(manifest)
    found = subprocess.run(
        [sys.executable, str(tmp_path / "verify.py")],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (2, "")
    assert "THE PACK CANNOT BE READ / NO SE PUEDE LEER EL PAQUETE: " in found.stdout


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_shows_on_a_terminal_what_takes_long(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(cli.time, "monotonic", lambda: now[0])
    for out, shown in ((Terminal(), True), (io.StringIO(), False)):
        now[0] = 0.0
        bar = cli.Bar(out)
        bar.show("reading", 0.1)  # within the first second: nothing
        assert out.getvalue() == ""
        now[0] = 2.0
        bar.show("reading", 0.5)
        assert ("reading" in out.getvalue() and " 50%" in out.getvalue()) is shown
        bar.end()
        assert out.getvalue().endswith(" \r") is shown


def test_a_file_tells_how_far_it_is_read():
    parts = []
    read_yaml("- a\n" * 20_000, most=SCENARIO, progress=parts.append)
    assert parts == sorted(parts) and len(parts) == 4 and 0 < parts[0] < parts[-1] <= 1
