"""Databases of the tests: templates that are kept, and scratch copies that are not."""

import contextlib
import itertools
import os
import re
from collections.abc import Iterator

from .. import database
from ..paths import checkout_id
from ..postgres import Server

PREFIX = f"mlm_{checkout_id()}"
_counter = itertools.count(1)


def scratch_name(purpose: str) -> str:
    """A name that no other process uses; it tells who made it, so that leftovers can be found."""
    return f"{PREFIX}_scratch_{os.getpid()}_{next(_counter)}_{purpose}"


@contextlib.contextmanager
def scratch(server: Server, template: str, purpose: str) -> Iterator[str]:
    """A copy of a template database, dropped afterwards."""
    name = scratch_name(purpose)
    database.create(server, name, template)
    try:
        yield name
    finally:
        database.drop(server, name)


def drop_leftovers(server: Server) -> None:
    """Drop scratch databases of processes that have ended without doing so."""
    for name in database.names(server):
        match = re.fullmatch(rf"{PREFIX}_scratch_(\d+)_.*", name)
        if match and not _is_alive(int(match[1])):
            database.drop(server, name)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
