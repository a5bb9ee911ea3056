"""Scripts in processes forked from one that has loaded Odoo already; see `prefork_script.py`."""

import atexit
import itertools
import json
import os
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path

from .. import process
from ..config import Runtime
from ..paths import VENV_PYTHON
from . import logs

_SCRIPT = Path(__file__).with_name("prefork_script.py")
_nurseries: dict[Path, "Nursery"] = {}
_lock = threading.Lock()


def start(
    runtime: Runtime,
    database: str,
    source: Path,
    output: Path,
    log: Path,
    env: Mapping[str, str] | None,
) -> "Child":
    """Run the Python of `source` as `odoo shell` does, its output and its log in these files."""
    with _lock:
        nursery = _nurseries.get(runtime.config)
        if nursery is None:
            nursery = _nurseries[runtime.config] = Nursery(runtime)
    return nursery.start(database, source, output, log, process.child_env(env))


class Child:
    """A forked process, with as much of the interface of `subprocess.Popen` as is needed."""

    def __init__(self) -> None:
        self.pid = 0
        self.returncode: int | None = None
        self.born, self.ended = threading.Event(), threading.Event()

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """:raises subprocess.TimeoutExpired: still running"""
        if not self.ended.wait(timeout):
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)


class Nursery:
    """The process that forks, and a thread that hears what becomes of its children."""

    def __init__(self, runtime: Runtime) -> None:
        self.children: dict[int, Child] = {}
        self.numbers = itertools.count(1)
        self.lock = threading.Lock()
        path = logs.folder() / "processes" / f"prefork-{os.getpid()}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        command = [VENV_PYTHON, _SCRIPT, "-c", runtime.config, "--no-http"]
        with path.open("wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=process.child_env(),
                start_new_session=True,
            )
        self.log = path
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.stop)

    def start(
        self, database: str, source: Path, output: Path, log: Path, env: Mapping[str, str]
    ) -> Child:
        child, number = Child(), next(self.numbers)
        self.children[number] = child
        asked = {
            "id": number,
            "database": database,
            "source": str(source),
            "stdout": str(output),
            "stderr": str(log),
            "env": dict(env),
        }
        with self.lock:
            assert self.process.stdin is not None
            self.process.stdin.write(json.dumps(asked).encode() + b"\n")
            self.process.stdin.flush()
        assert child.born.wait(120), f"no process was forked; see {self.log}"
        return child

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            answer = json.loads(line)
            if "pid" in answer:
                child = self.children[answer["id"]]
                child.pid = answer["pid"]
                child.born.set()
            else:
                child = self.children.pop(answer["id"])
                child.returncode = answer["status"]
                child.ended.set()

    def stop(self) -> None:
        if self.process.poll() is None and self.process.stdin:
            self.process.stdin.close()
            self.process.wait(30)
