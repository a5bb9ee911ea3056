"""Starting Odoo processes with the runtime's configuration."""

import re
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from . import process
from .config import Runtime
from .language import _
from .paths import LAUNCHER, LOGS, VENV_PYTHON
from .progress import Step

_LOADING = re.compile(r"[Ll]oading module (\S+) \((\d+)/(\d+)\)")


def command(runtime: Runtime, *arguments: str | Path, subcommand: str = "server") -> list[str]:
    """The command line of one Odoo process."""
    return [
        str(VENV_PYTHON),
        str(LAUNCHER),
        subcommand,
        "-c",
        str(runtime.config),
        *map(str, arguments),
    ]


def install(
    runtime: Runtime,
    database: str,
    modules: Iterable[str],
    shown: Step,
    *options: str,
    log: Path | None = None,
) -> Path:
    """Install modules into a database (created if missing) and return the log's path."""
    path = log or LOGS / f"install-{database}.log"
    process.run_logged(
        command(
            runtime,
            "-d",
            database,
            "-i",
            ",".join(modules),
            "--stop-after-init",
            "--no-http",
            *options,
        ),
        path,
        _("Installing add-ons in {database}", database=database),
        on_line=loading_progress(shown),
    )
    return path


def loading_progress(shown: Step) -> Callable[[str], None]:
    """Turn Odoo's log lines `loading module … (3/57)` into progress."""

    def on_line(line: str) -> None:
        match = _LOADING.search(line)
        if match:
            shown.update(int(match[2]), int(match[3]), match[1])

    return on_line


def run_script(
    runtime: Runtime,
    database: str,
    code: str,
    env: Mapping[str, str] | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess:
    """Run Python in `odoo shell` on a database: `env` and `odoo` are defined, the output returned.

    Nothing is committed unless the code says `env.cr.commit()`.

    :raises subprocess.CalledProcessError: the code raised and `check` is set
    """
    return subprocess.run(
        command(runtime, "-d", database, "--no-http", subcommand="shell"),
        input=code,
        text=True,
        capture_output=True,
        env=process.child_env(env),
        check=check,
    )


def call(arguments: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a program in the foreground with our terminal; Ctrl-C goes to it, and its status is ours."""
    child = subprocess.Popen(list(arguments), env=process.child_env(env))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the child got it too and is ending
        except BaseException:
            process.stop(child, grace=30)
            raise
