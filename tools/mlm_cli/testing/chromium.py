"""The browser of the tests: Debian's chromium, or Chrome."""

import ctypes
import shutil

from .. import apt
from ..errors import UserError
from ..language import _
from ..lock import file_lock
from ..paths import STATE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Flags with which it works headless, as root, and without calling home.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Path of an installed browser."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> str:
    """Path of a browser, installed when root asks, with what playwright's driver needs.

    :raises UserError: none, and none could be installed: browser tests never skip
    """
    with file_lock(STATE / "chromium.lock"):
        missing = [] if find() else ["chromium", "fonts-dejavu-core"]
        missing += [] if _has_library("libatomic.so.1") else ["libatomic1"]
        if missing:
            apt.install(missing, _("A browser"))
        found = find()
    if found is None:
        raise UserError(
            _("{program} is not on this machine.", program="chromium"),
            _("install it: {command}", command="apt-get install chromium"),
        )
    return found


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
