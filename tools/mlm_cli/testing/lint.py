"""Style, Odoo conventions and the one-way arrows between the add-ons; each counts as one test."""

import ast
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .. import process
from ..paths import ADDONS, ROOT, STATE, VENV, our_addons
from . import alone, native
from .board import Line
from .outcome import Outcome

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib  # type: ignore[no-redef]

SOURCES = ("tools", "addons", "tests", "bench")
SHOWN_LINES = 60


def run(line: Line) -> Outcome:
    """Run every linter over the checkout."""
    outcome = Outcome()
    steps = [
        _ruff_check,
        _ruff_format,
        _pylint_odoo,
        _import_contracts,
        _engine_contract,
        _reference_contract,
        _manifest_arrows,
        _tags,
    ]
    for number, check in enumerate(steps):
        line.update(number, len(steps))
        complaint = check()
        outcome.check(not complaint, complaint)
    return outcome


def _tool(name: str, *arguments: str | Path, env: dict[str, str] | None = None) -> str:
    """What a linter complains about; empty when it is content."""
    command: Sequence[str] = [str(VENV / "bin" / name), *map(str, arguments)]
    # linters import our code: their plugins must be found, and no byte code written
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=process.child_env(env)
    )
    if result.returncode == 0:
        return ""
    lines = (result.stdout + result.stderr).strip().splitlines()
    more = [f"... {len(lines) - SHOWN_LINES} lines more"] if len(lines) > SHOWN_LINES else []
    return "\n".join([f"{name}:", *lines[:SHOWN_LINES], *more])


def _present() -> list[str]:
    return [name for name in SOURCES if (ROOT / name).exists()]


def _ruff_check() -> str:
    return _tool("ruff", "check", "--output-format=concise", *_present())


def _ruff_format() -> str:
    return _tool("ruff", "format", "--check", *_present())


def _pylint_odoo() -> str:
    """The mandatory checks of the Odoo Community Association; their list is in pyproject.toml."""
    modules = [ADDONS / name for name in our_addons()]
    return _tool("pylint", f"--rcfile={ROOT / 'pyproject.toml'}", *modules) if modules else ""


def _import_contracts() -> str:
    """Python imports follow the arrows; the contracts come from pyproject.toml.

    An add-on is importable as `odoo.addons.NAME` only below a folder that says so, hence a
    folder of links; add-ons that do not exist yet are left out of the contract.
    """
    names = our_addons()
    if not names:
        return ""
    shutil.rmtree(STATE / "lint", ignore_errors=True)
    layers = [[name for name in layer if name in names] for layer in _settings()["layers"]]
    contract = ["name = Arrows point one way", "type = layers", "layers ="]
    contract += [
        "    " + " : ".join(f"odoo.addons.{name}" for name in layer) for layer in layers if layer
    ]
    links = {"odoo/addons": ADDONS}
    return _contract("arrows", links, [f"odoo.addons.{name}" for name in names], contract)


def _engine_contract() -> str:
    """The engine imports no Odoo, and what computes in it nothing that only tells."""
    contract = ["name = The engine knows no Odoo", "type = forbidden"]
    contract += ["source_modules =", "    mlm_engine", "forbidden_modules ="]
    contract += [f"    {name}" for name in _settings()["engine_forbidden"]]
    said = _contract("engine", {}, ["mlm_engine"], contract)
    contract = ["name = What computes needs no words", "type = forbidden", "source_modules ="]
    contract += [f"    mlm_engine.{name}" for name in _settings()["engine_computing"]]
    contract += ["forbidden_modules ="]
    contract += [f"    mlm_engine.{name}" for name in _settings()["engine_telling"]]
    contract += ["ignore_imports ="]
    contract += [
        f"    mlm_engine.rules.*.{one} -> mlm_engine.telling.*" for one in ("explain", "words")
    ]
    return said + _contract("computing", {}, ["mlm_engine"], contract)


def _reference_contract() -> str:
    """The reference calculator and the engine share no code, and it needs no library."""
    contract = ["name = The reference calculator is on its own", "type = forbidden"]
    contract += ["source_modules =", "    mlm_reference", "forbidden_modules ="]
    contract += [f"    {name}" for name in _settings()["reference_forbidden"]]
    return _contract("reference", {}, ["mlm_reference"], contract)


def _contract(name: str, links: dict[str, Path], roots: list[str], contract: list[str]) -> str:
    """Run import-linter on packages linked below a folder of its own."""
    folder = STATE / "lint" / name
    for link, target in links.items():
        (folder / link).parent.mkdir(parents=True, exist_ok=True)
        (folder / link).unlink(missing_ok=True)
        (folder / link).symlink_to(target)
    config = folder / "importlinter.ini"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["[importlinter]", "include_external_packages = True", "root_packages ="]
    lines += [f"    {root}" for root in roots]
    lines += [f"[importlinter:contract:{name}]", *contract, ""]
    config.write_text("\n".join(lines), encoding="utf-8")
    return _tool("lint-imports", "--config", config, "--no-cache", env={"PYTHONPATH": str(folder)})


def _settings() -> dict:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["mlm"]["imports"]


def _manifest_arrows() -> str:
    """Manifests follow the same arrows: no add-on depends on one of its own layer or above."""
    height = {name: -number for number, layer in enumerate(_settings()["layers"]) for name in layer}
    wrong = []
    for name in our_addons():
        if name not in height:
            wrong.append(f"{name} has no layer in pyproject.toml ([tool.mlm.imports])")
            continue
        wrong += [
            f"{name} depends on {other}, which is not below it"
            for other in alone.dependencies(name)
            if other in height and height[other] >= height[name]
        ]
    return "\n".join(wrong)


def _tags() -> str:
    """Tests run on a ready database, where Odoo starts only those tagged post_install.

    A class that inherits its tag is found out by the run itself: its tests are counted.
    """
    wrong = []
    for module in our_addons():
        for test_class in native.find_classes(module):
            source = test_class.path.read_text(encoding="utf-8")
            if "post_install" not in source and not _inherits_from_ours(test_class, source):
                wrong.append(
                    f"{test_class.path.relative_to(ROOT)}: {test_class.name} needs"
                    ' @tagged("post_install", "-at_install")'
                )
    return "\n".join(wrong)


def _inherits_from_ours(test_class: native.TestClass, source: str) -> bool:
    """Whether a class has a base that is defined in our tests, which may carry the tag."""
    theirs = ("TransactionCase", "HttpCase", "BaseCase", "SingleTransactionCase", "TestCase")
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name == test_class.name:
            bases = [
                base.attr if isinstance(base, ast.Attribute) else base.id
                for base in node.bases
                if isinstance(base, (ast.Name, ast.Attribute))
            ]
            return any(base not in theirs for base in bases)
    return False
