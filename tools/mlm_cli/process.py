"""Running other programs: quiet when they work, their last lines when they do not."""

import contextlib
import os
import re
import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from .errors import UserError
from .language import _
from .paths import CACHE

TAIL_LINES = 15
_PROGRESS = ("dlstatus:", "pmstatus:")  # apt's, of which there are hundreds
_TELLING = re.compile(r"\b(ERROR|CRITICAL)\b|^\s*([\w.]*(Error|Exception)\b|E: )")

#: Variables that lead a child Python or psql astray when they come from the caller's shell.
_UNWANTED = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONSTARTUP", "ODOO_RC")


def child_env(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every child: one numpy thread, byte code kept in the shared cache."""
    env = {key: value for key, value in os.environ.items() if key not in _UNWANTED}
    env.update(
        PYTHONPYCACHEPREFIX=str(CACHE / "pycache"),
        PYTHONUNBUFFERED="1",
        OPENBLAS_NUM_THREADS="1",
    )
    env.update(extra or {})
    return env


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    what: str,
    *remedy: str,
    on_line: Callable[[str], None] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin_text: str | None = None,
) -> None:
    """Run `command` with its output in `log`; each line also goes to `on_line`.

    :raises UserError: the command failed; its last lines and `remedy` are in the message
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    tail: deque[str] = deque(maxlen=TAIL_LINES)
    telling: deque[str] = deque(maxlen=5)
    with (
        log.open("w", encoding="utf-8") as stream,
        running(
            command,
            stdin=subprocess.PIPE if stdin_text is not None else subprocess.DEVNULL,
            env=child_env(env),
            cwd=cwd,
        ) as child,
    ):
        if child.stdin:
            child.stdin.write(stdin_text or "")
            child.stdin.close()
        for line in child.stdout or ():
            stream.write(line)
            if not line.startswith(_PROGRESS):
                tail.append(line.rstrip())
            if _TELLING.search(line):
                telling.append(line.rstrip())
            if on_line:
                on_line(line.rstrip())
        status = child.wait()
    if status:
        lines = [line for line in telling if line not in tail] + list(tail)
        shown = "\n".join(f"    {line[:500]}" for line in lines)
        raise UserError(
            _(
                "{what}: failed (exit status {status}). The last lines:\n{lines}",
                what=what,
                status=status,
                lines=shown,
            ),
            *remedy,
            _("the whole log: {path}", path=log),
        )


def failed(program: str, said: str, *remedy: str) -> UserError:
    """What a program that failed has said, in short."""
    reason = said.strip()[-2000:]
    return UserError(_("{program} failed: {reason}", program=program, reason=reason), *remedy)


_running: set[subprocess.Popen] = set()


@contextlib.contextmanager
def running(
    command: Sequence[str | Path], grace: float = 10.0, **options
) -> Iterator[subprocess.Popen]:
    """A child whose output is read line by line; it does not outlive an error or interruption.

    :param grace: seconds it gets to end by itself
    :param options: as for `subprocess.Popen`
    """
    child = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    _running.add(child)
    try:
        yield child
    except BaseException:
        stop(child, grace)
        raise
    finally:
        _running.discard(child)


def stop_all() -> None:
    """Ask every running child to end: those who wait for one go on."""
    for child in list(_running):
        with contextlib.suppress(ProcessLookupError):
            child.terminate()


def stop(child: subprocess.Popen, grace: float = 10.0) -> None:
    """Ask a child to end, and make it end when it does not within `grace` seconds."""
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(grace)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
