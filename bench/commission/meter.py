"""Seconds, processor time and memory of the parts of some work. Runs inside Odoo.

Parts lie inside each other; each gets what is its own, the innermost that is named.
"""

import contextlib
import functools
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from network.measure import forget_peak, peak_mib

from odoo import sql_db

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Spent:
    """What a part took: seconds by the clock, of this process' processor time, and of the
    database server's where it runs on this machine, without the helpers that it starts for a
    statement; its greatest resident and virtual memory in MiB."""

    seconds: float = 0.0
    cpu: float = 0.0
    server_cpu: float = 0.0
    resident: int = 0
    virtual: int = 0
    calls: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.seconds + other.seconds,
            self.cpu + other.cpu,
            self.server_cpu + other.server_cpu,
            max(self.resident, other.resident),
            max(self.virtual, other.virtual),
            self.calls + other.calls,
        )


class Meter:
    """`parts` maps (step, part) to what it took, in the order in which they began."""

    def __init__(self):
        self.parts: dict[tuple[str, str], Spent] = {}
        self.stack: list[tuple[str, str]] = []
        self.server: dict[int, float] = {}
        self.last = (0.0, 0.0, 0.0)

    @contextlib.contextmanager
    def step(self, name: str, part: str = "other"):
        """Count what happens meanwhile as a step, as long as no part of it is named."""
        self._begin((name, part))
        try:
            yield
        finally:
            self._end()

    @contextlib.contextmanager
    def part(self, name: str):
        """Count what happens meanwhile as a part of the present step, if there is one."""
        if not self.stack:
            yield
            return
        with self.step(self.stack[-1][0], name):
            yield

    def watch(self, owner, name: str, part: str, step: str = ""):
        """Count every call of a function as a part, or as a step of its own.

        :param owner: module or class
        :raises AttributeError: it has no such function
        """
        function = getattr(owner, name)

        @functools.wraps(function)
        def counted(*args, **kwargs):
            with self.step(step, part) if step and self.stack else self.part(part):
                return function(*args, **kwargs)

        setattr(owner, name, counted)

    def total(self, step: str) -> Spent:
        return sum((spent for key, spent in self.parts.items() if key[0] == step), Spent())

    def _begin(self, key):
        self._tick()
        self.stack.append(key)
        self.parts.setdefault(key, Spent()).calls += 1

    def _end(self):
        self._tick()
        self.stack.pop()

    def _tick(self):
        """Give what passed since the last time to the innermost part."""
        now = (time.perf_counter(), time.process_time(), self._server_cpu())
        if self.stack:
            spent = self.parts[self.stack[-1]]
            seconds, cpu, server = (a - b for a, b in zip(now, self.last, strict=True))
            spent.seconds += seconds
            spent.cpu += cpu
            spent.server_cpu += server
            spent.resident = max(spent.resident, peak_mib() or 0)
            spent.virtual = max(spent.virtual, _virtual_peak_mib())
        forget_peak()
        self.last = (time.perf_counter(), time.process_time(), self._server_cpu())

    def _server_cpu(self) -> float:
        """Processor time of the server's processes behind the connections of this one."""
        pool = sql_db._Pool
        for connection in pool._connections if pool else ():
            if not connection.closed:
                pid = connection.info.backend_pid
                self.server[pid] = _cpu_of(pid) or self.server.get(pid, 0.0)
        return sum(self.server.values())


def _cpu_of(pid: int) -> float | None:
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


def _virtual_peak_mib() -> int:
    """The process' greatest address space so far: nothing makes the kernel forget it."""
    with contextlib.suppress(OSError):
        found = re.search(r"^VmPeak:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
        return int(found[1]) // 1024 if found else 0
    return 0
