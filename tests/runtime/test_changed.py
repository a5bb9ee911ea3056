"""`./mlm test --changed` runs what a change can reach: never less."""

import subprocess
import sys

import pytest
from mlm_cli.errors import UserError
from mlm_cli.paths import our_addons
from mlm_cli.testing import reach, selection

EVERYTHING = selection.everything()


def modules(chosen):
    return {test_class.module for test_class in chosen.classes}


def test_an_addon_reaches_what_builds_on_it():
    chosen = reach.select(["addons/mlm_volume/models/period/mlm_period.py"])
    assert {"mlm_volume", "mlm_commission", "mlm_portal", "mlm_demo"} <= modules(chosen)
    assert not {"mlm_base", "mlm_genealogy"} & modules(chosen)
    assert chosen.system == ["tests/system"] and chosen.browser == ["tests/browser"]
    assert chosen.pure == [] and chosen.lint
    # each is installed on top of those below it
    assert chosen.alone.index("mlm_base") < chosen.alone.index("mlm_volume")


def test_the_top_reaches_nothing_below():
    chosen = reach.select(["addons/mlm_portal/static/src/scss/portal.scss"])
    assert "mlm_commission" not in modules(chosen)


@pytest.mark.parametrize(
    "path",
    [
        "mlm_engine/src/mlm_engine/rules/binary/rule.py",
        "mlm_engine/src/mlm_engine/gallery/gano_excel_co_2026.yaml",
        "mlm_reference/src/mlm_reference/rules/binary.py",
    ],
)
def test_the_engine_is_read_without_a_database_too(path):
    chosen = reach.select([f"packages/{path}"])
    assert chosen.pure == ["tests/engine", "tests/runtime"]
    assert "mlm_commission" in modules(chosen)


@pytest.mark.parametrize(
    ("module", "inside", "read"),
    [
        ("mlm_commission", "failpoint.py", True),
        ("mlm_commission", "move_guard.py", True),
        ("mlm_control", "evidence/verify.py", True),
        ("mlm_commission", "models/mlm_run.py", False),
        ("mlm_commission", "wizards/mlm_engine.py", False),
        ("mlm_commission", "reports/mlm_commission_pdf.py", False),
        ("mlm_commission", "views/mlm_run.xml", False),
    ],
)
def test_only_some_of_an_addon_is_read_without_a_database(module, inside, read):
    chosen = reach.select([f"addons/{module}/{inside}"])
    assert chosen.pure == (["tests/engine"] if read else [])
    assert module in modules(chosen)
    assert reach.select([f"addons/mlm_volume/{inside}"]).pure == []


def test_the_container_is_read_and_run():
    chosen = reach.select(["docker/postgres-role.sh"])
    assert chosen.pure == ["tests/runtime"] and chosen.system == ["tests/system"]
    assert not chosen.classes and not chosen.browser


@pytest.mark.parametrize(
    ("path", "pure"),
    [
        ("docs/plans.md", ["tests/engine", "tests/runtime"]),
        ("README.md", ["tests/runtime"]),
        ("tests/engine/test_binary.py", ["tests/engine/test_binary.py"]),
        ("tests/engine/networks.py", ["tests/engine"]),
        ("tests/scenarios/upgrade.yaml", ["tests/engine"]),
    ],
)
def test_what_is_read_without_a_database(path, pure):
    assert reach.select([path]).pure == pure


def test_one_test_file_reaches_itself():
    path = next(c.path for c in EVERYTHING.classes if c.module == "mlm_base")
    chosen = reach.select([str(path.relative_to(reach.ROOT))])
    assert chosen.classes and {c.path for c in chosen.classes} == {path}
    assert not chosen.alone and not chosen.system and not chosen.browser


def test_what_tests_share_reaches_their_addon_and_those_above():
    chosen = reach.select(["addons/mlm_commission/tests/common.py"])
    assert "mlm_commission" in modules(chosen)
    assert not chosen.alone


def test_a_folder_stands_for_its_files():
    chosen = reach.select(["tests/engine/test_binary.py", "tests/engine/weeks.py"])
    assert chosen.pure == ["tests/engine"]


@pytest.mark.parametrize(
    "path",
    ["mlm", "requirements.txt", "tools/mlm_cli/paths.py", "pyproject.toml", "tests/screens.py"],
)
def test_what_is_not_known_reaches_everything(path):
    assert reach.select([path]) == EVERYTHING


def test_a_deleted_file_still_counts():
    assert "mlm_demo" in modules(reach.select(["addons/mlm_demo/models/gone.py"]))
    assert not reach.select(["tests/engine/test_gone.py"]).pure


def test_every_file_of_the_checkout_is_decided_about():
    """No folder's file makes it fail, and every add-on is reached by what it holds."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=reach.ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    one_of_each_folder = {path.rpartition("/")[0]: path for path in listed if "/" in path}
    for path in one_of_each_folder.values():
        chosen = reach.select([path])
        parts = path.split("/")
        if parts[0] == "addons" and parts[2] != "tests":
            assert parts[1] in modules(chosen) or parts[1] in chosen.alone, path
    assert modules(EVERYTHING) <= set(our_addons())


def test_a_revision_that_is_not_there():
    with pytest.raises(UserError, match="since no-such-revision"):
        reach.changed_paths("no-such-revision")


def test_paths_beside_it_are_refused():
    result = subprocess.run(
        [sys.executable, reach.ROOT / "tools" / "mlm.py", "test", "--changed", "HEAD", "tests"],
        capture_output=True,
        text=True,
    )
    assert result.returncode and "name no paths" in result.stderr
