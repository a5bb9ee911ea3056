"""Progress of several stages at once: one live line on a terminal, plain lines in a log."""

import sys
import threading
import time
from typing import TextIO

from .outcome import Outcome

PLAIN_INTERVAL = 30.0  # seconds between two plain lines about the same stage


class Board:
    """Where stages say how far they are; safe to use from several threads."""

    def __init__(self, stream: TextIO | None = None):
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        self.lock = threading.Lock()
        self.running: dict[str, str] = {}
        #: how long each stage took
        self.seconds: dict[str, float] = {}

    def start(self, name: str) -> "Line":
        with self.lock:
            self.running[name] = ""
            if not self.live:
                self._print(f"{name} ...")
            self._redraw()
        return Line(self, name)

    def finish(self, name: str, outcome: Outcome, seconds: float) -> None:
        with self.lock:
            self.running.pop(name, None)
            self.seconds[name] = seconds
            counted = outcome.passed + outcome.failed + outcome.skipped
            summary = outcome.counts() if counted else "done"
            self._print(f"{name}: {summary} ({seconds:.1f} s)")
            for failure in outcome.failures:
                self._print(f"--- {name}: {failure}")
            self._redraw()

    def show(self, name: str, state: str) -> None:
        with self.lock:
            self.running[name] = state
            self._redraw()

    def say(self, text: str) -> None:
        with self.lock:
            self._print(text)

    def _print(self, text: str) -> None:
        self.stream.write(("\r\x1b[K" if self.live else "") + text + "\n")
        self.stream.flush()

    def _redraw(self) -> None:
        if self.live:
            state = " | ".join(f"{name} {state}".strip() for name, state in self.running.items())
            self.stream.write(f"\r\x1b[K{state[:110]}")
            self.stream.flush()


class Line:
    """The progress of one stage; takes the same calls as :class:`..progress.Step`."""

    def __init__(self, board: Board, name: str):
        self.board = board
        self.name = name
        self.last_written = time.monotonic()

    def update(self, done: float, total: float, detail: str = "") -> None:
        """Show that `done` of `total` units are done."""
        interval = 0.2 if self.board.live else PLAIN_INTERVAL
        now = time.monotonic()
        if now - self.last_written < interval:
            return
        self.last_written = now
        share = f"{min(done / total, 1.0):.0%}" if total else f"{done:.0f}"
        if self.board.live:
            self.board.show(self.name, share)
        else:
            self.board.say(f"{self.name}: {share} {detail}".rstrip())
