# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts that are weapons, or no texts: a sentence each, within little time and memory.

Each hostile text is read in a process of its own that the system ends at 10 seconds of
processor time or 1.5 GB: a limit that holds on a slow machine, and no clock.
"""

import io
import json
import resource
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from mlm_engine.form.plan_text import from_json, patched
from mlm_engine.kernel import snapshot_file
from mlm_engine.plan.document import DocumentError, scaled
from mlm_engine.plan.text_file import read_text
from mlm_engine.plan.yaml_text import PLAN, SCENARIO, read_yaml
from mlm_engine.scenario import cli
from mlm_engine.telling import plan_findings, problem_words

TESTS = Path(__file__).parents[1]
SECONDS, BYTES = 10, 1_500 * 2**20
HEAD = "scenario: 2\ntitle: T\nplan: gano_excel_co_2026\ncompany: {rates: [{from: 2026-01-01, rate: 4500}]}\n"
ANA = "distributors: [{code: A, place: root}]\n"


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def in_limits(code, *arguments):
    """Return the finished process of a piece of Python that has the engine."""
    return subprocess.run(
        [sys.executable, "-c", "import sys\n" + code, *map(str, arguments)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        env={"OPENBLAS_NUM_THREADS": "1"},
    )


def billion(levels, width):
    """Nested references: each line stands for ``width`` of the line before."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines) + "\n"


WEAPONS = {
    "references": (billion(20, 10), "refers to another place of the text"),
    "merge": ("a: {b: 1}\n<<: {c: 2}\n", "refers to another place of the text"),
    "merge of a reference": ("a: &a {b: 1}\nc: {<<: *a}\n", "refers to another place"),
    "tag": ("a: !!python/object/apply:os.system [ls]\n", "names a type"),
    "own tag": ("a: !x 1\n", "names a type"),
    "brackets": ("[" * 100_000, "more than 30 brackets or indents inside each other"),
    "braces": ("{a: " * 40_000, "more than 30 brackets or indents inside each other"),
    "indents": ("".join(f"{' ' * level}a:\n" for level in range(400)), "more than 30 brackets"),
    "long": ("a: 1\n" * (PLAN[0] // 5 + 1), f"more than {PLAN[0]:,} characters"),
    "many values": ("[" + "1," * (PLAN[1] + 1) + "]", f"more than {PLAN[1]:,} values"),
    "keys twice": ("".join("a: 1\n" for _ in range(15_000)), "key 'a' stands twice"),
    "question mark": ("? [a, b]\n: 1\n", "a key must be a plain word"),
    "two documents": ("a: 1\n---\nb: 2\n", "a second document begins"),
    "nothing": ("---\n", "the text is empty"),
    "only a remark": ("# to do\n", "the text is empty"),
    "half a letter": ("a: \ud800\n", "cannot stand in a text"),
    "bell": ("a: \x07\n", "cannot stand in a text"),
}


@pytest.mark.parametrize("name", WEAPONS)
def test_a_weapon_is_refused_by_every_door_of_a_plan(name, tmp_path):
    """The plan form shows it, the form's answer refuses it, the import refuses it."""
    text, said = WEAPONS[name]
    path = tmp_path / "weapon.json"
    path.write_text(json.dumps(text))
    found = in_limits(
        "import json\n"
        "from mlm_engine.form import plan_text\n"
        "from mlm_engine import plans as plan\n"
        "from mlm_engine.telling import plan_findings\n"
        "from mlm_engine.plan.yaml_text import read_yaml\n"
        "text = json.load(open(sys.argv[1]))\n"
        "print(json.dumps(plan_findings.findings(text)[1][0]['text']))\n"
        "for door in (lambda: plan_text.patched(text, {'a': 1}),\n"
        "             lambda: plan.load_plan(read_yaml(text, 'plan'))):\n"
        "    try:\n"
        "        door()\n"
        "        sys.exit('not refused')\n"
        "    except ValueError as error:\n"
        "        print(json.dumps(str(error)))\n",
        path,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    shown, *refused = map(json.loads, found.stdout.splitlines())
    assert said in shown["en"]
    assert all(said in one and one.startswith(("plan:", "document:")) for one in refused)
    assert shown["es"] != shown["en"]


def test_a_reference_is_named_by_line_and_column_and_points_to_extends():
    text = "a:\n  b: &x [1]\n  c: *x\n"
    with pytest.raises(DocumentError) as caught:
        read_yaml(text, "plan")
    assert str(caught.value) == (
        "plan:2: column 6: `&x` refers to another place of the text. Write the values out; to "
        "build on another plan use `extends`"
    )
    assert problem_words.of_error(caught.value, "es") == (
        "línea 2, columna 6: `&x` remite a otro lugar del texto. Escriba los valores; para "
        "partir de otro plan use `extends`"
    )


def test_what_a_form_sends_has_the_limits_of_a_text():
    deep = data = {}
    for _ in range(900):
        data["a"] = {}
        data = data["a"]
    for found in (deep, {"a": [1] * (PLAN[1] + 1)}):
        with pytest.raises(DocumentError, match="than a plan may have"):
            from_json(found)
        with pytest.raises(DocumentError, match="than a plan may have"):
            patched("plan: a\n", found)


@pytest.mark.parametrize("shape", ["keys", "list", "numbers"])
def test_a_change_in_a_large_text_is_laid_over_it(shape):
    """Work that grows with the square of the text would take minutes."""
    found = in_limits(
        "from mlm_engine.form.plan_text import patched\n"
        "from mlm_engine.plan.yaml_text import read_yaml\n"
        "shape = sys.argv[1]\n"
        "line = {'keys': 'k{}: 1\\n', 'list': '- k{}\\n', 'numbers': \"'{}': 1\\n\"}[shape]\n"
        "text = ''.join(line.format(n) for n in range(15_000))\n"
        "data = read_yaml(text).data\n"
        "if shape == 'list':\n"
        "    text, data = 'a:\\n' + text, {'a': data}\n"
        "    data['a'][-1] = 'changed'\n"
        "else:\n"
        "    data[next(reversed(data))] = 2\n"
        "    data['new'] = 3\n"
        "new = patched(text, data)\n"
        "print(read_yaml(new).data == data, len(new) - len(text))\n",
        shape,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    same, more = found.stdout.split()
    assert same == "True" and int(more) == {"list": 1, "keys": 7, "numbers": 7}[shape]


SCENARIOS = {
    "400,000 people": (
        HEAD
        + "cycles: [924]\ndistributors:\n"
        + "".join(f"- {{code: P{number}, sponsor: P0}}\n" for number in range(400_000)),
        f"more than {SCENARIO[0]:,} characters",
    ),
    "20,001 people": (
        HEAD
        + "cycles: [924]\ndistributors:\n"
        + "".join(f"- {{code: P{number}}}\n" for number in range(20_001)),
        "weapon.yaml:20007: distributors.20000: more than 20000 entries",
    ),
    "a cycle far away": (
        HEAD + "cycles: [99999999999]\n" + ANA,
        "weapon.yaml:5: cycles.0: cycle 99999999999 lies outside the years 1900 to 2200",
    ),
    "a cycle of many digits": (HEAD + f"cycles: [{'9' * 5000}]\n" + ANA, "is not a number"),
    "an exponent": (HEAD + "cycles: [1.0e+999999999]\n" + ANA, "is too large"),
    "a small exponent": (
        HEAD.replace("4500", "1.0e-999999999") + "cycles: [924]\n" + ANA,
        "has more than 6 decimals",
    ),
    "nothing": ("", "weapon.yaml:1: the text is empty"),
    "brackets": ("[" * 100_000, "more than 30 brackets"),
    "years": (
        HEAD + "cycles: [924]\ndistributors: [{code: A, joined: 9999-12-31}]\n",
        "'9999-12-31' lies outside the years 1900 to 2200",
    ),
    "many mistakes": (
        HEAD
        + "cycles: [924]\ndistributors:\n"
        + "".join(f"- {{code: P{number}, sponsor: Q{number}}}\n" for number in range(15_000)),
        "more than 100 problems",
    ),
    "figures that do not fit": (
        HEAD
        + "cycles: [924]\n"
        + ANA
        + "sales: [{buyer: A, paid: 2026-08-18, lines: [{pv: 1, cv: 900000000000000, qty: 999999}]}]\n",
        "its figures are too large to be computed exactly",
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_hostile_scenario_gets_a_sentence(name, tmp_path):
    text, said = SCENARIOS[name]
    path = tmp_path / "weapon.yaml"
    path.write_text(text, encoding="utf-8")
    found = in_limits("from mlm_engine.scenario import cli\nsys.exit(cli.main(sys.argv[1:]))", path)
    assert (found.returncode, "Traceback" in found.stderr) == (2, False), found.stderr[-2000:]
    assert said in found.stderr


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
    with pytest.raises(DocumentError, match=f"^x:2: column 3: character {number} cannot stand"):
        read_yaml(Searched(f"a: 1\nb:{chr(number)}"), "x")


def test_many_moves_are_no_work_for_minutes():
    """Each asked of all places who stood there: 20,000 people times 80,000 moves."""
    found = in_limits(
        "from mlm_engine import scenario\n"
        "plan = {'plan': 'p', 'name': 'P', 'version': 1, 'currency': {'base': 'USD', 'company': 'USD'},\n"
        "    'rounding': {'mode': 'half_up', 'unit': 0.01}, 'trees': [{'code': 't', 'kind': 'free'}],\n"
        "    'periods': {'week': {'kind': 'days', 'days': 7, 'anchor_number': 924,\n"
        "                         'anchor_start': '2026-08-17'}},\n"
        "    'bonuses': [{'code': 'u', 'name': 'U', 'rule': 'retail_profit'}]}\n"
        "people = [{'code': f'P{n}', 'place': {'parent': 'A'}} for n in range(19_000)]\n"
        "move = {'at': '2026-08-18', 'type': 'place', 'distributor': 'P18999', 'parent': 'A'}\n"
        "found = scenario.load({'scenario': 2, 'title': 'T', 'plan': plan, 'cycles': [924, 925],\n"
        "    'distributors': [{'code': 'A', 'place': 'root'}, *people], 'events': [move] * 80_000})\n"
        "print(found.events[-1].leg)\n"
    )
    assert (found.returncode, found.stdout) == (0, "99000\n"), found.stderr[-2000:]


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


@pytest.mark.parametrize(
    "value", ["1e999999999", "1e-999999999", "9" * 100_000, 10**400, "0e999999999999", "nan", "inf"]
)
def test_a_number_costs_nothing_before_it_is_refused(value):
    found = in_limits(
        "import json\nfrom mlm_engine.plan.document import scaled\n"
        "try:\n    print(scaled(json.loads(sys.argv[1]), 10**6))\n"
        "except ValueError as error:\n    print('refused', len(str(error)))\n",
        json.dumps(value),
    )
    assert found.returncode == 0, found.stderr[-500:]
    if value == "0e999999999999":
        assert found.stdout == "0\n"
    else:
        word, size = found.stdout.split()
        assert word == "refused" and int(size) < 150


@pytest.mark.parametrize(
    ("text", "value"), [("1_000", 1000), ("0012", 12), ("1.5e+3", 1500), ("+5", 5), (".5", None)]
)
def test_a_number_in_another_dress_is_read(text, value):
    read = read_yaml(f"a: {text}\n").data["a"]
    assert read == text
    assert scaled(read, 10) == (5 if value is None else value * 10)


FORMULAS = {
    "terms": ("+".join(["own_pv"] * 500), "more than"),
    "constants": ("*".join(["1.1"] * 20_000), "more than 2000 characters"),
    "constants in little room": ("own_pv*" + "*".join(["9" * 15] * 60), "more than 40 digits"),
    "small ones": ("own_pv/" + "/".join(["9" * 15] * 60), "more than 40 digits"),
    "an exponent": ("1e999999999", "unexpected 'e999999999'"),
    "signs": ("-" * 1_999 + "1", "more than 200 numbers"),
    "parentheses": ("(" * 150 + "1" + ")" * 40, "too many parentheses"),
    "a list": ([1], "a formula is a text"),
    "yes": (True, "a formula is a text"),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_has_limits(name, tmp_path):
    formula, said = FORMULAS[name]
    path = tmp_path / "formula.json"
    path.write_text(json.dumps([{"code": "m", "name": "M", "kind": "formula", "formula": formula}]))
    found = in_limits(
        "import json\nfrom mlm_engine import plans as plan\nfrom mlm_engine.telling import plan_findings\n"
        "data = plan.read_document('gano_excel_co_2026').data\n"
        "data['measures'] = json.load(open(sys.argv[1]))\n"
        "for one in plan_findings.findings_of(data)[1]:\n"
        "    print(one['text']['en'], '|', one['text']['es'])\n",
        path,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    first, *_rest = found.stdout.splitlines()
    english, _, spanish = first.partition(" | ")
    assert said in english and spanish != english


def test_the_heaviest_plan_is_not_simulated_at_every_change():
    """60 bonuses without a bound over 200 measures of 90 terms: seconds, not minutes."""
    found = in_limits(
        "import copy\nfrom mlm_engine import plans as plan\nfrom mlm_engine.telling import plan_findings\n"
        "data = plan.read_document('gano_excel_co_2026').data\n"
        "binary = next(one for one in data['bonuses'] if one['rule'] == 'binary')\n"
        "data['bonuses'] = [{**copy.deepcopy(binary), 'code': f'b{n}'} for n in range(60)]\n"
        "data['measures'] = [{'code': f'm{n}', 'name': 'M', 'kind': 'formula',\n"
        "                     'formula': '+'.join(['own_pv'] * 90)} for n in range(200)]\n"
        "data['ranks'] = [{'code': f'r{n}', 'name': 'R', 'requires': [\n"
        "    {'measure': f'm{m}', 'min': n} for m in range(30)] if n else []} for n in range(60)]\n"
        "data['caps'], data['payout'] = [], {}\n"
        "found = plan_findings.findings_of(data)[1]\n"
        "print(sum('are too large to be simulated here' in one['text']['en'] for one in found))\n"
    )
    assert (found.returncode, found.stdout) == (0, "60\n"), found.stderr[-2000:]


@pytest.mark.parametrize(
    ("section", "most"), [("bonuses", 60), ("ranks", 60), ("measures", 200), ("catalog", 5_000)]
)
def test_a_section_has_a_limit(section, most):
    data = {"plan": "x", section: [{"code": f"c{number}"} for number in range(most + 1)]}
    texts = [one["text"]["en"] for one in plan_findings.findings_of(data)[1]]
    assert any(text in (f"more than {most} entries", "more than 100 problems") for text in texts)


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
    verify = TESTS.parent / "addons" / "mlm_commission" / "evidence" / "verify.py"
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
