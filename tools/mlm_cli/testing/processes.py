"""Odoo processes of a test: scripts that run, scripts that get killed, servers."""

import contextlib
import itertools
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import odoo_process, process
from ..config import Runtime
from ..errors import UserError
from ..postgres import free_port
from . import logs, prefork

_counter = itertools.count(1)
START_SECONDS = 90


def _log_path(kind: str, allow_log: Sequence[str]) -> Path:
    """A log of its own for each process; the test run reads them all at its end."""
    folder = logs.folder() / "processes"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}-{os.getpid()}-{next(_counter)}.log"
    if allow_log:
        path.with_name(path.name + ".allow").write_text("\n".join(allow_log), encoding="utf-8")
    return path


@dataclass(frozen=True)
class ScriptResult:
    """A finished script: what it printed, what it logged, how it ended (-9: killed)."""

    returncode: int
    output: str
    log: Path

    @property
    def lines(self) -> list[str]:
        return self.output.splitlines()


class RunningScript:
    """A script that runs in an Odoo process of its own."""

    def __init__(self, child: prefork.Child, log: Path, output: Path):
        self.child = child
        self.log = log
        self.output = output

    def wait(self, timeout: float = 600) -> ScriptResult:
        """Wait for its end.

        :raises subprocess.TimeoutExpired: still running after `timeout` seconds
        """
        status = self.child.wait(timeout)
        return ScriptResult(status, self.output.read_text(encoding="utf-8"), self.log)

    def printed(self) -> str:
        """What it has printed so far."""
        return self.output.read_text(encoding="utf-8")

    def wait_for(self, text: str, timeout: float = 120) -> None:
        """Wait until it has printed `text`.

        :raises AssertionError: it ended, or the time passed, without
        """
        deadline = time.monotonic() + timeout
        while text not in self.printed():
            assert self.child.poll() is None, f"ended without printing {text!r}; see {self.log}"
            assert time.monotonic() < deadline, f"did not print {text!r} within {timeout} s"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, as a power cut would; no error when it has ended."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL)
            self.child.wait()


def start_script(
    runtime: Runtime,
    database: str,
    code: str,
    env: Mapping[str, str] | None = None,
    allow_log: Sequence[str] = (),
) -> RunningScript:
    """Start Python in `odoo shell` on a database; print() goes to its output, the log aside.

    The process is forked from one that has loaded Odoo; see `prefork.py`.
    """
    log = _log_path("script", allow_log)
    output, source = log.with_suffix(".out"), log.with_suffix(".py")
    source.write_text(code, encoding="utf-8")
    output.touch()  # there to be read as soon as the child is born
    child = prefork.start(runtime, database, source, output, log, env)
    return RunningScript(child, log, output)


def run_script(
    runtime: Runtime,
    database: str,
    code: str,
    env: Mapping[str, str] | None = None,
    check: bool = True,
    allow_log: Sequence[str] = (),
) -> ScriptResult:
    """Run Python in `odoo shell` to its end.

    :raises AssertionError: it failed and `check` is set; the end of its log is in the message
    """
    result = start_script(runtime, database, code, env, allow_log).wait()
    if check and result.returncode:
        tail = result.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise AssertionError(f"the script ended with status {result.returncode}:\n{tail}")
    return result


@dataclass(frozen=True)
class OdooServer:
    """A database that is being served."""

    runtime: Runtime
    db: str
    port: int
    log: Path
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run_script(self, code: str) -> ScriptResult:
        """Run Python on the served database, in another process."""
        return run_script(self.runtime, self.db, code)


@contextlib.contextmanager
def serve(
    runtime: Runtime, database: str, *options: str, allow_log: Sequence[str] = ()
) -> Iterator[OdooServer]:
    """Serve a database on a free port; ready when it answers.

    :raises UserError: it does not answer in time
    """
    port = free_port()
    log = _log_path("server", allow_log)
    arguments = ["-d", database, f"--db-filter=^{database}$", "-p", str(port), *options]
    with log.open("wb") as stream:
        child = subprocess.Popen(
            odoo_process.command(runtime, *arguments),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env=process.child_env(),
        )
    try:
        _wait_until_healthy(child, port, log)
        yield OdooServer(runtime, database, port, log, child.pid)
    finally:
        process.stop(child)


def _wait_until_healthy(child: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(OSError, urllib.error.URLError):
            url = f"http://127.0.0.1:{port}/web/health"
            if urllib.request.urlopen(url, timeout=5).status == 200:
                return
        if child.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(encoding="utf-8", errors="replace")[-3000:]
            raise UserError(f"Odoo does not answer on port {port}. Its log ends with:\n{tail}")
        time.sleep(0.1)
