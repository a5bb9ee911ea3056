"""Processor time that the database server spends for this process, where both run on one machine."""

import contextlib
import os
import re
import threading
import time
from pathlib import Path

from odoo import sql_db

_TICKS = os.sysconf("SC_CLK_TCK")
_HELPER = re.compile(rb"postgres: parallel worker for PID (\d+)")
#: seconds between looks at helpers: what one spends after the last look is not seen
_LOOK = 0.02


class ServerCpu:
    """Of the server's processes behind the connections of this one, and of the helpers that
    they start for a statement, which end with it and so are watched while they live."""

    def __init__(self):
        self.spent: dict[int, float] = {}
        self.helpers: dict[int, float] = {}
        self.mine: set[int] = set()
        self.looked = threading.Event()
        before = memory_mib("VmSize")
        threading.Thread(target=self._watch, daemon=True).start()
        self.looked.wait()
        #: address space of the watch itself
        self.virtual_mib = memory_mib("VmSize") - before

    def seconds(self) -> float:
        pool = sql_db._Pool
        for connection in pool._connections if pool else ():
            if not connection.closed:
                pid = connection.info.backend_pid
                self.mine.add(pid)
                self.spent[pid] = cpu_of(pid) or self.spent.get(pid, 0.0)
        return sum(self.spent.values()) + sum(list(self.helpers.values()))

    def _watch(self):
        known: set[str] = set()
        while True:
            present = set(filter(str.isdigit, os.listdir("/proc")))
            for pid in present - known:
                command = _command(pid)
                if b"postgres" in command and not command.startswith(b"postgres:"):
                    present.discard(pid)  # just begun, it says later what it is
                elif (found := _HELPER.match(command)) and int(found[1]) in self.mine:
                    self.helpers[int(pid)] = 0.0
            known = present
            for pid in list(self.helpers):
                if str(pid) in present:
                    self.helpers[pid] = max(self.helpers[pid], cpu_of(pid) or 0.0)
            self.looked.set()
            time.sleep(_LOOK)


def memory_mib(name: str) -> int:
    """A size of this process by its name in /proc/self/status, in MiB; 0 where there is none."""
    with contextlib.suppress(OSError):
        found = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
        return int(found[1]) // 1024 if found else 0
    return 0


def _command(pid: str) -> bytes:
    with contextlib.suppress(OSError):
        return Path("/proc", pid, "cmdline").read_bytes()
    return b""


def cpu_of(pid: int) -> float | None:
    """Processor time of a server's process; None where it is another's, or elsewhere."""
    folder = Path("/proc", str(pid))
    try:
        if not (folder / "comm").read_text().startswith("postgres"):
            return None
        with contextlib.suppress(OSError):  # nanoseconds where the kernel keeps them
            return int((folder / "schedstat").read_text().split()[0]) / 1e9
        fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    except OSError:
        return None
