"""Progress of long steps: a bar on a terminal, plain lines in a log."""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TextIO

from .language import _, number, percent

BAR_WIDTH = 24
PLAIN_INTERVAL = 15.0  # seconds between two plain lines of the same step


class Step:
    """One long step on screen; made by :func:`step`.

    Call :meth:`update` as often as is handy: it writes no more than a reader can use.
    """

    def __init__(self, title: str, stream: TextIO):
        self.title = title
        self.stream = stream
        self.live = stream.isatty()
        self.started = time.monotonic()
        self.last_written = self.started if not self.live else 0.0

    def begin(self) -> None:
        self.stream.write(f"{self.title} ..." + ("" if self.live else "\n"))
        self.stream.flush()

    def update(self, done: float, total: float, detail: str = "") -> None:
        """Show that `done` of `total` units are done, with a short `detail` beside them."""
        now = time.monotonic()
        if now - self.last_written < (0.1 if self.live else PLAIN_INTERVAL):
            return
        self.last_written = now
        share = min(max(done / total, 0.0), 1.0) if total else 0.0
        if self.live:
            filled = round(share * BAR_WIDTH)
            bar = "#" * filled + "." * (BAR_WIDTH - filled)
            self.stream.write(f"\r\x1b[K{self.title} [{bar}] {percent(share):>5} {detail[:40]}")
        else:
            self.stream.write(f"{self.title}: {percent(share)} {detail}".rstrip() + "\n")
        self.stream.flush()

    def end(self, outcome: str) -> None:
        seconds = time.monotonic() - self.started
        start = "\r\x1b[K" if self.live else ""
        self.stream.write(f"{start}{self.title}: {outcome} ({number(seconds, 1)} s)\n")
        self.stream.flush()


@contextlib.contextmanager
def step(title: str, stream: TextIO | None = None) -> Iterator[Step]:
    """Show `title` while the body runs, then its outcome and how long it took."""
    shown = Step(title, stream or sys.stderr)
    shown.begin()
    try:
        yield shown
    except KeyboardInterrupt:
        shown.end(_("interrupted"))
        raise
    except BaseException:
        shown.end(_("failed"))
        raise
    shown.end(_("done"))


def note(text: str) -> None:
    """One line of information for the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)
