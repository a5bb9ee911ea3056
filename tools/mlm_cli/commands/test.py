"""`./mlm test`: every test once, and one closing line `N passed, N failed, N skipped`."""

import argparse
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .. import runtime
from ..config import Runtime
from ..errors import UserError
from ..language import _
from ..progress import note
from ..testing import (
    alone,
    chromium,
    lint,
    logs,
    logscan,
    native,
    odoo_lint,
    pytests,
    reach,
    schedule,
    selection,
    template,
    timing,
)
from ..testing.board import Board, Line
from ..testing.databases import drop_leftovers
from ..testing.outcome import Outcome
from ..testing.schedule import Task
from ..testing.selection import Selection

HELP = _("run the tests: all of them, or those at the given paths")
FOR_DEVELOPERS = True
STAGES = ("lint", "pure", "alone", "native", "odoo-lint", "system", "browser")
TEMPLATE = "template database"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=_("PATH"),
        help=_("folders or files below tests/ or addons/, also FILE::TEST; default: everything"),
    )
    parser.add_argument(
        "--only", action="append", choices=STAGES, help=_("only this stage (may be repeated)")
    )
    parser.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar=_("REVISION"),
        help=_("what the changes since a revision can reach (default: since the last commit)"),
    )
    parser.add_argument(
        "--nightly",
        action="store_true",
        help=_("many more random cases where a test draws them (MLM_SEED=N draws others)"),
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=max(1, min(2, os.cpu_count() or 1)),
        metavar="N",
        help=_("stages at once (default: 2, or 1 on a single processor)"),
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.nightly:
        os.environ["MLM_NIGHTLY"] = "1"
    chosen = _choose(arguments)
    stages = set(arguments.only or STAGES)
    logs.begin()
    ready = None
    if stages - {"lint", "pure"} and chosen.needs_database():
        ready = runtime.ensure("test")
        drop_leftovers(ready.server)
    template_name = template.name_of(ready.tree) if ready else ""
    tasks = plan(chosen, stages, ready, template_name, arguments.jobs)
    if not tasks:
        note("there is nothing to run")
        print(Outcome().counts())
        return 1
    board = Board()
    try:
        outcomes = schedule.run_all(tasks, board, arguments.jobs)
    finally:
        if ready and any(task.name.startswith("alone ") for task in tasks):
            alone.clean_up(ready)
    on_template = any(task.name == TEMPLATE for task in tasks)
    outcomes.append(scan_logs(board, template_name if on_template else ""))
    total = Outcome.total(outcomes)
    print("\n".join(timing.report(board.seconds, total.seconds)))
    if total.failed:
        print(f"\n{total.failed} failed:")
        for failure in total.failures:
            print(f"  {failure.splitlines()[0]}")
    print(total.counts(), flush=True)
    return 1 if total.failed or not total.passed else 0


def _choose(arguments: argparse.Namespace) -> Selection:
    if not arguments.changed:
        return selection.select(arguments.paths)
    if arguments.paths:
        raise UserError("--changed chooses the tests by itself: name no paths beside it.")
    return reach.select(reach.changed_paths(arguments.changed))


def plan(
    chosen: Selection, stages: set[str], ready: Runtime | None, template_name: str, jobs: int
) -> list[Task]:
    """The tasks of a run, most urgent first: the template is what others wait for, then the
    longest. Short ones fill the time while it is built, and the gaps at the end."""
    tasks: list[Task] = []
    if ready:
        tasks += _on_template(chosen, stages, ready, template_name, jobs)
        if tasks:
            tasks.insert(0, Task(TEMPLATE, partial(_template, ready, template_name)))
    if chosen.lint and "lint" in stages:
        tasks.append(Task("lint", lint.run))
    if chosen.pure and "pure" in stages:
        for folder, paths in selection.by_folder(chosen.pure).items():
            tasks.append(Task(folder, partial(pytests.run, folder, paths)))
    if ready and "alone" in stages:
        for module, parent in alone.parents().items():
            if module not in chosen.alone:
                continue
            after = (f"alone {parent}",) if parent else ()
            run_one = partial(alone.install, ready, module, parent)
            tasks.append(Task(f"alone {module}", run_one, after))
    return tasks


def _on_template(
    chosen: Selection, stages: set[str], ready: Runtime, name: str, jobs: int
) -> Iterator[Task]:
    """The tasks that copy the template database `name`."""
    if "system" in stages and chosen.system:
        in_system = partial(pytests.run, "system", chosen.system, template=name)
        yield Task("system", in_system, (TEMPLATE,))
    if "browser" in stages and chosen.browser:
        chromium.ensure()
        in_browser = partial(pytests.run, "browser", chosen.browser, skips_fail=True, template=name)
        yield Task("browser", in_browser, (TEMPLATE,))
    if "native" in stages:
        if any("browser_js" in text or "start_tour" in text for text in _sources(chosen)):
            chromium.ensure()
        for number, classes in enumerate(native.share_out(chosen.classes, jobs), 1):
            stage = f"native-{number}"
            yield Task(stage, partial(native.run, ready, stage, name, classes), (TEMPLATE,))
    if "odoo-lint" in stages and chosen.lint and chosen.alone:
        yield Task("odoo-lint", partial(odoo_lint.run, ready, name), (TEMPLATE,))


def _sources(chosen: Selection) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in {item.path for item in chosen.classes}]


def _template(ready: Runtime, name: str, line: Line) -> Outcome:
    template.ensure(ready, line, name)
    return Outcome()


def scan_logs(board: Board, template_name: str) -> Outcome:
    """Each log of an Odoo process counts as one test: it holds nothing unexpected."""
    outcome = Outcome()
    allowed = logscan.allowlist()
    for path in _odoo_logs(template_name):
        records = logscan.scan(path, allowed)
        shown = "\n".join(f"  {str(record)[:1500]}" for record in records[:10])
        count = f"{len(records)} unexpected warnings in the log {path}:"
        outcome.check(not records, f"{count}\n{shown}")
    if outcome.passed or outcome.failed:
        board.finish("logs", outcome, 0.0)
    return outcome


def _odoo_logs(template_name: str) -> list[Path]:
    """The logs of this run, and those of the installation of the template it used."""
    found = sorted(logs.folder().glob("**/*.log"))
    if template_name:
        found += sorted(template.FOLDER.glob(f"{template_name}*.log"))
    return found
