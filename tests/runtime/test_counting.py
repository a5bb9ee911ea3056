"""The counts: read from Odoo's log and from pytest's result, never lost, never made up."""

import io
from pathlib import Path

import pytest
from mlm_cli.errors import UserError
from mlm_cli.testing import alone, native, pytests, selection
from mlm_cli.testing.board import Board
from mlm_cli.testing.outcome import Outcome
from mlm_cli.testing.schedule import Task, run_all

STAMP = "2026-11-21 20:56:08,107 7048"
LOG = f"""\
{STAMP} INFO db odoo.service.server: Starting post tests
{STAMP} INFO db odoo.addons.mlm_base.tests.test_x: Starting TestX.test_a ...
{STAMP} INFO db odoo.addons.mlm_base.tests.test_x: Starting TestX.test_b ...
{STAMP} ERROR db odoo.addons.mlm_base.tests.test_x: FAIL: Subtest TestX.test_b [one]
Traceback (most recent call last):
AssertionError: 1 != 2
{STAMP} ERROR db odoo.addons.mlm_base.tests.test_x: FAIL: Subtest TestX.test_b [two]
{STAMP} INFO db odoo.addons.mlm_base.tests.test_x: Starting TestX.test_c ...
{STAMP} INFO db odoo.addons.mlm_base.tests.test_x: skipped TestX.test_c : no reason
{STAMP} ERROR db odoo.addons.mlm_base.tests.test_y: ERROR: setUpClass (odoo.addons.TestY)
"""


def test_odoo_log():
    report = native.Report()
    for line in LOG.splitlines():
        report.read(line)
    outcome = report.outcome()
    assert outcome.counts() == "1 passed, 2 failed, 1 skipped"
    assert "AssertionError: 1 != 2" in outcome.failures[0]
    assert "[two]" in outcome.failures[0]


def test_junit(tmp_path: Path):
    path = tmp_path / "result.xml"
    path.write_text(
        "<testsuites><testsuite>"
        '<testcase classname="t" name="a"/>'
        '<testcase classname="t" name="b"><failure>boom</failure></testcase>'
        '<testcase classname="t" name="c"><error>no fixture</error></testcase>'
        '<testcase classname="t" name="d"><skipped/></testcase>'
        "</testsuite></testsuites>"
    )
    outcome = pytests.read_junit(path)
    assert outcome.counts() == "1 passed, 2 failed, 1 skipped"
    assert outcome.failures == ["t::b\nboom", "t::c\nno fixture"]


def test_total():
    total = Outcome.total([Outcome(2, 1, 0, ["x"]), Outcome(1, 0, 3)])
    assert total.counts() == "3 passed, 1 failed, 3 skipped"


def _addon(folder: Path, name: str, depends: list[str], tests: str = "") -> None:
    (folder / name / "tests").mkdir(parents=True)
    (folder / name / "__manifest__.py").write_text(repr({"name": name, "depends": depends}))
    if tests:
        (folder / name / "tests" / "test_a.py").write_text(tests)


def test_classes_are_found_without_importing_them(tmp_path: Path):
    _addon(
        tmp_path,
        "one",
        [],
        "import nowhere\n\nclass Base(nowhere.Case):\n    def helper(self): ...\n\n"
        "class TestA(Base):\n    def test_a(self): ...\n    def test_b(self): ...\n",
    )
    (found,) = native.find_classes("one", tmp_path)
    assert (found.name, found.tests, found.tag) == ("TestA", 2, "/one:TestA")


def test_work_is_shared_out_evenly_and_completely():
    sizes = (9, 5, 4, 3, 1)
    classes = [native.TestClass("m", f"T{n}", Path("x"), n) for n in sizes]
    lanes = native.share_out(classes, 2)
    assert sorted(sum(item.tests for item in lane) for lane in lanes) == [10, 12]
    assert sorted(item for lane in lanes for item in lane) == sorted(classes)
    assert native.share_out([], 2) == []


def test_classes_of_one_name_stay_together():
    classes = [native.TestClass("m", "Same", Path(name), 5) for name in ("a", "b")]
    assert len(native.share_out(classes, 2)) == 1


def test_an_add_on_starts_from_the_dependency_that_brings_most(tmp_path: Path):
    _addon(tmp_path, "base_", ["web"])
    _addon(tmp_path, "tree", ["base_"])
    _addon(tmp_path, "money", ["tree", "account"])
    _addon(tmp_path, "portal_", ["money", "portal"])
    _addon(tmp_path, "country", ["money", "base_"])
    _addon(tmp_path, "demo", ["portal_", "country"])
    names = ["base_", "country", "demo", "money", "portal_", "tree"]
    found = alone.parents(tmp_path, names)
    assert found == {
        "base_": None,
        "tree": "base_",
        "money": "tree",
        "country": "money",
        "portal_": "money",
        "demo": "portal_",
    }
    order = list(found)
    assert all(
        parent is None or order.index(parent) < order.index(name) for name, parent in found.items()
    )


def test_paths_that_hold_no_tests_are_said():
    with pytest.raises(UserError, match=r"There is no nowhere\.py"):
        selection.select(["nowhere.py"])
    with pytest.raises(UserError, match="neither in tests/ nor in addons/"):
        selection.select([__file__.replace("tests/runtime/test_counting.py", "requirements.txt")])


def test_this_file_is_selected_with_its_test():
    chosen = selection.select([f"{__file__}::test_total"])
    assert chosen.pure == ["tests/runtime/test_counting.py::test_total"]
    assert not chosen.lint and not chosen.needs_database()


def _task(name: str, failed: bool = False, after: tuple[str, ...] = ()) -> Task:
    return Task(name, lambda line: Outcome(0 if failed else 1, int(failed)), after)


def test_tasks_wait_for_what_they_need_and_count_when_they_cannot_run():
    stream = io.StringIO()
    tasks = [
        _task("copy", after=("template",)),
        _task("template", failed=True),
        _task("lint"),
        _task("absent dependency", after=("not planned",)),
    ]
    total = Outcome.total(run_all(tasks, Board(stream), 2))
    assert total.counts() == "2 passed, 2 failed, 0 skipped"
    assert "not run, because template failed" in stream.getvalue()


def test_a_known_problem_is_a_failure_and_not_the_end():
    def run(line):
        raise UserError("no network", "plug it in")

    total = Outcome.total(run_all([Task("x", run), _task("y")], Board(io.StringIO()), 1))
    assert total.counts() == "1 passed, 1 failed, 0 skipped"
    assert "-> plug it in" in total.failures[0]
