"""Finding PostgreSQL's server programs, or obtaining them from Debian."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import apt
from .errors import UserError
from .language import _
from .lock import file_lock
from .paths import CACHE
from .progress import step

OLDEST = 13
INSTALLED = Path("/usr/lib/postgresql")
UNPACKED = CACHE / "postgresql"


@dataclass(frozen=True)
class Binaries:
    """One installation of the server.

    :param folder: holds `initdb`, `pg_ctl`, `psql`, `pg_dump`
    :param major: major version, e.g. 17
    :param library_path: folders of shared libraries that lie outside the system's, or empty
    """

    folder: Path
    major: int
    library_path: str = ""

    def program(self, name: str) -> Path:
        return self.folder / name

    def env(self) -> dict[str, str]:
        """Variables that the programs need to find their own libraries."""
        return {"LD_LIBRARY_PATH": self.library_path} if self.library_path else {}


def ensure(major: int | None = None) -> Binaries:
    """The newest usable server, obtained when there is none.

    :param major: this major version only: an existing cluster needs it
    :raises UserError: none, and none could be obtained
    """
    found = find(major)
    if found is None:
        with file_lock(CACHE / "postgresql.lock"):
            found = find(major) or _obtain(major)
    return found


def find(major: int | None = None) -> Binaries | None:
    """The newest server on this machine, privately unpacked ones included."""
    folders = [*INSTALLED.glob("*/bin"), *UNPACKED.glob("usr/lib/postgresql/*/bin")]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    found = [binaries for folder in folders if (binaries := _at(folder))]
    wanted = [
        binaries
        for binaries in found
        if (binaries.major == major if major else binaries.major >= OLDEST)
    ]
    return max(wanted, key=lambda binaries: binaries.major, default=None)


def _at(folder: Path) -> Binaries | None:
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return None
    library_path = _private_libraries() if UNPACKED in folder.parents else ""
    answer = subprocess.run(
        [folder / "postgres", "--version"],
        capture_output=True,
        text=True,
        env={**os.environ, **({"LD_LIBRARY_PATH": library_path} if library_path else {})},
    )
    words = answer.stdout.split()  # postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)
    if answer.returncode or len(words) < 3:
        return None
    return Binaries(folder, int(words[2].split(".")[0].rstrip("devlbtarc")), library_path)


def _private_libraries() -> str:
    folders = [*UNPACKED.glob("usr/lib/*-linux-gnu*"), *UNPACKED.glob("lib/*-linux-gnu*")]
    return ":".join(map(str, folders))


def _obtain(major: int | None) -> Binaries:
    if not apt.available():
        raise UserError(
            _("No PostgreSQL server (13 or newer) on this machine."),
            _("install one, or name a running one: PGHOST, PGPORT, PGUSER, PGPASSWORD"),
        )
    if apt.is_root():
        # without this, Debian would also create and start a cluster that nobody asked for
        _no_default_cluster()
        apt.install(["postgresql"], _("A private database server"))
    else:
        _unpack_privately()
    found = find(major)
    if found is None:
        raise UserError(
            _("{program} could not be obtained.", program=f"PostgreSQL {major or ''}".strip()),
            _("install one, or name a running one: PGHOST, PGPORT, PGUSER, PGPASSWORD"),
            _("a database of another version is left where it is: remove `.mlm` to start again"),
        )
    return found


def _no_default_cluster() -> None:
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n", encoding="utf-8")


def _unpack_privately() -> None:
    """Unpack the server and the libraries that this machine lacks, without installing."""
    temporary = CACHE / f"postgresql.{os.getpid()}.tmp"
    with step(_("Fetching PostgreSQL (once per user)")) as shown:
        release = apt.release_apt()
        try:
            release.update(shown)
            packages = release.missing_dependencies("postgresql")
            apt.fetch_and_unpack(release, packages, temporary, shown)
            shutil.rmtree(UNPACKED, ignore_errors=True)
            os.replace(temporary, UNPACKED)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def client(name: str) -> tuple[str, dict[str, str]]:
    """Path and environment of a client program (`psql`, `pg_dump`, `pg_restore`).

    :raises UserError: not on this machine
    """
    binaries = find()
    if binaries and binaries.program(name).exists():
        return str(binaries.program(name)), binaries.env()
    found = shutil.which(name)
    if not found:
        raise UserError(
            _("{program} is not on this machine.", program=name),
            _("install it: {command}", command="apt-get install postgresql-client"),
        )
    return found, {}
