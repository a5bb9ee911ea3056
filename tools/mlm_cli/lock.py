"""A lock between processes, so that two runs at once do not build the same thing."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from . import progress
from .language import _


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on `path`; the system frees it when the process dies.

    When another process holds it, the name of the lock is said once on screen.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.note(_("another ./mlm is at work ({name}): waiting for it", name=path.stem))
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
