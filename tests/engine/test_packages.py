# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine and the reference calculator are packages that anybody can install and try."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import mlm_engine
import mlm_reference
import pytest
from mlm_engine.kernel.run import ENGINE_VERSION

ROOT = Path(__file__).parents[2]
README = (ROOT / "packages" / "mlm_engine" / "README.md").read_text(encoding="utf-8")


def python(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_they_are_those_of_this_checkout():
    for package in (mlm_engine, mlm_reference):
        name = package.__name__
        assert Path(package.__file__).parent == ROOT / "packages" / name / "src" / name
        assert metadata.version(name).split(".")[0] == str(ENGINE_VERSION)


def test_what_they_need():
    assert set(metadata.requires("mlm_engine")) == {"numpy", "PyYAML"}
    assert not metadata.requires("mlm_reference")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("readme") / "maria.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1], encoding="utf-8")
    return path


def test_the_example_of_the_readme_plays(example):
    """The command of the README, in a folder of its own."""
    command = re.search(r"^    python (-m mlm_engine .*)$", README, re.MULTILINE)[1].split()
    done = python(*command, cwd=example.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "As expected." in done.stdout
    assert "Own PV within 1 period: 0 of 50; inactive" in done.stdout


def test_a_difference_is_told(example, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(example.read_text(encoding="utf-8").replace("unilevel: 10", "unilevel: 11"))
    done = python("-m", "mlm_engine", "scenario", str(wrong))
    assert done.returncode == 1
    assert "1 difference:" in done.stdout


def test_without_a_command_it_says_what_it_takes():
    done = python("-m", "mlm_engine")
    assert done.returncode == 2
    assert "scenario FILE" in done.stderr


def test_the_program_of_the_readme_names_what_exists():
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    scope = {"data": b""}
    imports, *_rest = block.split("\n\n")
    exec(imports, scope)
    for name in re.findall(r"\b(plans|run|snapshot_file)\.(\w+)\(", block):
        assert callable(getattr(scope[name[0]], name[1]))


def test_inputs_are_read_without_the_simulator():
    """Reading a run's inputs needs neither the validator nor words, and no YAML."""
    code = (
        "import sys\n"
        "sys.modules['yaml'] = None\n"
        "from mlm_engine.kernel import digest, run, snapshot_file\n"
        "read = {name.split('.')[1] for name in sys.modules if name.startswith('mlm_engine.')}\n"
        "sys.exit(str(read - {'kernel', 'rules', 'measures', 'plan'}) if read - "
        "{'kernel', 'rules', 'measures', 'plan'} else 0)\n"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr


def test_somebody_unknown_is_no_answer(example):
    done = python("-m", "mlm_engine", "scenario", str(example), "--explain", "ANNA")
    assert done.returncode == 2
    assert "unknown distributor 'ANNA'. Did you mean 'ANA'?" in done.stderr
    done = python("-m", "mlm_engine", "scenario", str(example), "--explain", "ANNA", "--lang", "es")
    assert "no existe distribuidor 'ANNA'" in done.stderr or "desconocid" in done.stderr


def test_each_amount_is_told_whole(example, tmp_path):
    """Two sales alike: the second has its steps as well; who is in no tree is answered too."""
    twice = tmp_path / "twice.yaml"
    sale = "  - {id: S2, buyer: JUAN, paid: 2026-08-10, lines: [{pv: 100, cv: 100}]}\n"
    text = example.read_text(encoding="utf-8")
    twice.write_text(text.replace(sale, sale + sale.replace("S2", "S3")), encoding="utf-8")
    said = python("-m", "mlm_engine", "scenario", str(twice), "--lang", "en", "--explain", "MARIA")
    assert said.stdout.count("Base: 100 CV") == 2
    said = python("-m", "mlm_engine", "scenario", str(twice), "--lang", "en", "--explain", "JUAN")
    assert "Own PV within 1 period: 200 of 50; active" in said.stdout
