"""Scripts inside Odoo whose output is shown while they run."""

import contextlib
import shutil
import signal
import sys
import time

from mlm_cli.paths import ROOT
from mlm_cli.testing import processes

_SCRIPT = """
import sys
sys.path.insert(0, {bench!r})
from commission import {module}
{call}
"""


def end_cleanly() -> None:
    """When somebody ends this process, end its children and drop its databases."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


@contextlib.contextmanager
def files_of(ready, database: str):
    """Files of a database, deleted with it."""
    try:
        yield
    finally:
        shutil.rmtree(ready.data_dir / "filestore" / database, ignore_errors=True)


def start(ready, database: str, call: str, environment: dict[str, str]):
    """Call a function of a module of `commission`, as `module.function(env)`, in a process of its
    own inside Odoo."""
    module = call.partition(".")[0]
    code = _SCRIPT.format(bench=str(ROOT / "bench"), module=module, call=call)
    return processes.start_script(ready, database, code, environment)


def follow(script) -> None:
    """Show what a script prints while it prints it.

    :raises SystemExit: it failed
    """
    shown = 0
    running = True
    while running:
        running = script.child.poll() is None
        text = script.printed()
        sys.stdout.write(text[shown:])
        sys.stdout.flush()
        shown = len(text)
        time.sleep(0.2)
    if script.child.returncode:
        sys.exit(script.log.read_text(encoding="utf-8", errors="replace")[-4000:])
