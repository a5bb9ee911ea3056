"""Running `addons/*/tests` by Odoo's own runner on copies of the template database."""

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .. import odoo_process, process
from ..config import Runtime
from ..paths import ADDONS, OPTIONAL
from ..postgres import free_port
from . import logs
from .board import Line
from .databases import scratch
from .outcome import Outcome

_REPORT = re.compile(
    r"^\S+ \S+ \d+ (?P<level>INFO|ERROR) \S+ (?P<logger>odoo\.\S*tests\S*): (?P<message>.*)$"
)
_STARTING = re.compile(r"^Starting (?P<test>\S+) \.\.\.$")
_SKIPPED = re.compile(r"^skipped (?P<test>\S+) : (?P<reason>.*)$")
_BROKEN = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(?P<test>\S+)")
#: What setting up a class costs, in tests.
_CLASS = 4
#: Odoo's statistics in detail: a line for each module, class and test; a class's own work is
#: `module.file.Class.setUpClass`.
_STATISTICS = ["--log-handler", "odoo.tests.stats:DEBUG"]
_SECONDS = re.compile(r"^\t(?P<test>\w+(?:\.\w+){3}): (?P<seconds>[\d.]+)s \d+ queries$")


@dataclass(frozen=True, order=True)
class TestClass:
    """A test class in the source of an add-on."""

    module: str
    name: str
    path: Path
    tests: int

    @property
    def tag(self) -> str:
        """Odoo's way to name it: `/module:Class`."""
        return f"/{self.module}:{self.name}"


def find_classes(module: str, addons: Path = ADDONS) -> list[TestClass]:
    """The test classes of an add-on that have tests of their own, read without importing.

    None of an optional one, which the template does not have: see `tests/system/test_optional.py`.
    """
    found: list[TestClass] = []
    if module in OPTIONAL:
        return found
    for path in sorted((addons / module / "tests").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                tests = sum(
                    isinstance(item, ast.FunctionDef) and item.name.startswith("test")
                    for item in node.body
                )
                if tests:
                    found.append(TestClass(module, node.name, path, tests))
    return found


def share_out(classes: Iterable[TestClass], lanes: int) -> list[list[TestClass]]:
    """Distribute classes over processes so that each has about as much to do as the others."""
    bins: list[list[TestClass]] = [[] for _ in range(lanes)]
    # classes of one name in one module share a tag: they must run together
    groups: defaultdict[str, list[TestClass]] = defaultdict(list)
    for test_class in classes:
        groups[test_class.tag].append(test_class)
    weights = [0] * lanes

    def weight(group: list[TestClass]) -> int:
        return sum(_CLASS + test_class.tests for test_class in group)

    for group in sorted(groups.values(), key=lambda g: (-weight(g), g[0].tag)):
        lightest = weights.index(min(weights))
        bins[lightest] += group
        weights[lightest] += weight(group)
    return [chosen for chosen in bins if chosen]


@dataclass
class Report:
    """What a log of Odoo's test runner says, read line by line."""

    started: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    _open: list[str] | None = None

    def read(self, line: str) -> None:
        match = _REPORT.match(line)
        if not match:
            if took := _SECONDS.match(line):
                self.seconds[took["test"]] = float(took["seconds"])
            if self._open is not None and not re.match(r"^\d{4}-\d\d-\d\d ", line):
                self._open.append(line)
            else:
                self._open = None
            return
        self._open = None
        message = match["message"]
        if started := _STARTING.match(message):
            self.started.append(started["test"])
        elif skipped := _SKIPPED.match(message):
            self.skipped[skipped["test"]] = skipped["reason"]
        elif match["level"] == "ERROR" and (broken := _BROKEN.match(message)):
            self._open = self.broken.setdefault(broken["test"], [])
            self._open.append(message)

    def outcome(self) -> Outcome:
        broken, skipped = set(self.broken), set(self.skipped)
        fine = [test for test in self.started if test not in broken and test not in skipped]
        return Outcome(
            passed=len(fine),
            failed=len(broken),
            skipped=len(skipped - broken),
            failures=["\n".join(lines) for lines in self.broken.values()],
            seconds=self.seconds,
        )


def run(
    runtime: Runtime, name: str, template: str, classes: Sequence[TestClass], line: Line
) -> Outcome:
    """Run test classes in one Odoo process on a copy of the template database.

    :param name: of the stage, and so of its log
    :return: the counts; a class of `classes` of which no test ran counts as one failure
    """
    log = logs.folder() / f"{name}.log"
    total = sum(test_class.tests for test_class in classes)
    tags = ",".join(sorted({test_class.tag for test_class in classes}))
    with scratch(runtime.server, template, "native") as database:
        options = ["--test-tags", tags, "--stop-after-init", "-p", str(free_port()), *_STATISTICS]
        report, status = stream(
            odoo_process.command(runtime, "-d", database, *options),
            log,
            lambda done: line.update(done, total),
        )
    outcome = report.outcome()
    if not report.started and not report.broken:
        end = "".join(log.read_text(encoding="utf-8", errors="replace").splitlines(True)[-15:])
        outcome.fail(f"Odoo ended before any test could run, status {status}:\n{end}")
        return outcome
    ran = {test.split(".")[0] for test in report.started} | {
        test.split(".")[-1].rstrip(")") for test in report.broken
    }
    for test_class in classes:
        if test_class.name not in ran:
            outcome.fail(
                f"no test of {test_class.name} ran ({test_class.path.name}): tag it"
                ' @tagged("post_install", "-at_install") and import its file in tests/__init__.py'
            )
    if status not in (0, 1) or (status and not outcome.failed):
        outcome.fail(f"Odoo ended with status {status} before its end; see {log}")
    return outcome


def stream(
    command: Sequence[str],
    log: Path,
    on_progress: Callable[[int], None],
    stdin_text: str = "",
    env: dict[str, str] | None = None,
) -> tuple[Report, int]:
    """Run an Odoo process with tests, its log kept in a file and read as it grows."""
    log.parent.mkdir(parents=True, exist_ok=True)
    report = Report()
    with (
        log.open("w", encoding="utf-8") as stream_to,
        process.running(command, stdin=subprocess.PIPE, env=process.child_env(env)) as child,
    ):
        assert child.stdin is not None
        child.stdin.write(stdin_text)
        child.stdin.close()
        for text in child.stdout or ():
            stream_to.write(text)
            report.read(text.rstrip())
            on_progress(len(report.started))
        status = child.wait()
    return report, status
