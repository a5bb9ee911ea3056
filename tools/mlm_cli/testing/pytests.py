"""Running pytest in a process of its own and reading its result."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path

from .. import process
from ..paths import ROOT, VENV_PYTHON
from . import logs
from .board import Line
from .outcome import Outcome

_PERCENT = re.compile(r"\[ *(\d+)%\]$")
_NO_TESTS = 5  # pytest's exit status
SHOWN_CHARACTERS = 4000


def run(
    name: str, paths: Sequence[str], line: Line, skips_fail: bool = False, template: str = ""
) -> Outcome:
    """Run the tests at `paths`.

    :param template: the template database that the fixtures copy
    :param skips_fail: a skipped test counts as failed (a browser that is missing is no excuse)
    """
    folder = logs.folder()
    result = folder / f"pytest-{name}.xml"
    result.unlink(missing_ok=True)
    log = folder / f"pytest-{name}.out"
    command = [str(VENV_PYTHON), "-m", "pytest", "-v", "-rs", f"--junitxml={result}", *paths]
    env = process.child_env({"COLUMNS": "120", "MLM_TEMPLATE": template})
    with (
        log.open("w", encoding="utf-8") as stream,
        # its fixtures need time to stop servers and drop databases
        process.running(command, grace=30, cwd=ROOT, stdin=subprocess.DEVNULL, env=env) as child,
    ):
        for text in child.stdout or ():
            stream.write(text)
            percent = _PERCENT.search(text.rstrip())
            if percent:
                line.update(int(percent[1]), 100)
        status = child.wait()
    outcome = read_junit(result) if result.exists() else Outcome()
    if skips_fail and outcome.skipped:
        outcome.failed += outcome.skipped
        outcome.failures.append(f"{outcome.skipped} tests were skipped; none may be here: {log}")
        outcome.skipped = 0
    if status == _NO_TESTS:
        outcome.fail(f"there are files of tests, but no test ran: {' '.join(paths)}")
    elif status and not outcome.failed:
        tail = log.read_text(encoding="utf-8")[-SHOWN_CHARACTERS:]
        outcome.fail(f"pytest ended with status {status}:\n{tail}")
    return outcome


def read_junit(path: Path) -> Outcome:
    """The counts, the texts of failures and the seconds of a JUnit file."""
    outcome = Outcome()
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        broken = [*case.findall("failure"), *case.findall("error")]
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        outcome.seconds[name] = float(case.get("time", 0))
        if broken:
            outcome.fail(f"{name}\n{(broken[0].text or '')[-SHOWN_CHARACTERS:]}")
        elif case.find("skipped") is not None:
            outcome.skipped += 1
        else:
            outcome.passed += 1
    return outcome
