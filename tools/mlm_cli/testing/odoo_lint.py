"""Odoo's own lint tests (`test_lint`), on our add-ons only."""

from pathlib import Path

from .. import odoo_process
from ..config import Runtime
from ..paths import our_addons
from . import logs, native
from .board import Line
from .databases import scratch
from .outcome import Outcome

SCRIPT = Path(__file__).with_name("odoo_lint_script.py")


def run(runtime: Runtime, template: str, line: Line) -> Outcome:
    """Run them on a copy of the template, where every model of ours is in the registry."""
    with scratch(runtime.server, template, "lint") as database:
        report, status = native.stream(
            odoo_process.command(runtime, "-d", database, "--no-http", subcommand="shell"),
            logs.folder() / "odoo-lint.log",
            lambda done: line.update(done, 0),
            stdin_text=SCRIPT.read_text(encoding="utf-8"),
            env={"MLM_ADDONS": ",".join(our_addons())},
        )
    outcome = report.outcome()
    if status or not report.started:
        outcome.fail(f"Odoo's lint tests did not run (exit status {status})")
    return outcome
