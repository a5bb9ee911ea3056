"""Seconds, processor time and memory of the parts of some work. Runs inside Odoo.

Parts lie inside each other; each gets what is its own, the innermost that is named.
"""

import contextlib
import functools
import time
from dataclasses import dataclass

from network.measure import forget_peak, peak_mib

from .server_cpu import ServerCpu, memory_mib


@dataclass
class Spent:
    """What a part took: seconds by the clock, of Python's processor time and of the database
    server's; its greatest resident and virtual memory in MiB."""

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
        self.server = ServerCpu()
        self.virtual_peak = 0
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
        now = (time.perf_counter(), time.thread_time(), self.server.seconds())
        if self.stack:
            spent = self.parts[self.stack[-1]]
            seconds, cpu, server = (a - b for a, b in zip(now, self.last, strict=True))
            spent.seconds += seconds
            spent.cpu += cpu
            spent.server_cpu += server
            resident, virtual = self._memory()
            spent.resident = max(spent.resident, resident)
            spent.virtual = max(spent.virtual, virtual)
        forget_peak()
        self.last = (time.perf_counter(), time.thread_time(), self.server.seconds())

    def _memory(self) -> tuple[int, int]:
        """The greatest resident memory and address space since the last time, in MiB.

        Of the address space the kernel forgets no peak: below an earlier one it is the present
        one and what has been given back of resident memory since.
        """
        resident, peak, before = peak_mib() or 0, memory_mib("VmPeak"), self.virtual_peak
        self.virtual_peak = peak
        if peak == before:
            given_back = max(resident - memory_mib("VmRSS"), 0)
            peak = min(peak, memory_mib("VmSize") + given_back)
        return resident, peak - self.server.virtual_mib
