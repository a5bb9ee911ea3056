"""A lock between processes, so that two runs at once do not build the same thing."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from . import progress


@contextlib.contextmanager
def file_lock(path: Path, waiting_for: str) -> Iterator[None]:
    """Hold an exclusive lock on `path`; the system frees it when the process dies.

    :param waiting_for: said once on screen when another process holds the lock
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.note(f"another ./mlm is busy with {waiting_for}, waiting for it")
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
