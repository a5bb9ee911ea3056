"""`./mlm restore`: bring a backup back as a new database."""

import argparse
import contextlib
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .. import archive, database, pg_binaries, process, runtime
from ..config import Runtime
from ..errors import UserError
from ..paths import ADDONS, STATE, our_addons
from ..progress import note, step
from .backup import server_major

HELP = "bring a backup back as a new database"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="an archive that ./mlm backup wrote")
    parser.add_argument(
        "-d", "--database", help="name of the new database (default: the one it was made of)"
    )
    parser.add_argument("--test-server", action="store_true", help="the server of the tests")


def run(arguments: argparse.Namespace) -> int:
    path = arguments.file.resolve()
    with archive.open_archive(path) as tar:
        manifest = archive.read_manifest(tar, path)
        name = arguments.database or manifest.database
        ready = runtime.ensure("test" if arguments.test_server else "main")
        _require_fit(ready, manifest, name)
        stores = ready.data_dir / "filestore"
        stores.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=STATE) as folder,
            # beside its place, so that it gets there by a change of its name alone
            tempfile.TemporaryDirectory(dir=stores, prefix=f"{name}.restoring-") as beside,
        ):
            dump, files = Path(folder) / archive.DUMP, Path(beside) / archive.FILES
            with step(f"Unpacking {manifest.files} files"):
                files.mkdir()
                archive.extract(tar, manifest, dump, files, path)
            with step(f"Restoring into {name}"), _filled(ready, dump, name) as building:
                _put_in_place(ready, building, files, stores / name)
    note(f"{name} is as it was on {manifest.created}; look at it: ./mlm serve -d {name}")
    return 0


def _require_fit(ready: Runtime, manifest: archive.Manifest, name: str) -> None:
    """Check that this checkout can run what the archive holds.

    :raises UserError: the name is taken, or versions do not fit
    """
    if database.exists(ready.server, name):
        raise UserError(
            f"There is a database {name} already; nothing is overwritten.",
            f"restore it under another name: --database {name}_restored",
        )
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise UserError(f"{name!r} is no name for a database.", "use letters, digits, _ . and -")
    if manifest.odoo != ready.tree.version:
        raise UserError(f"The backup is of Odoo {manifest.odoo}; this is {ready.tree.version}.")
    major = server_major(ready, "postgres")
    if manifest.postgresql > major:
        raise UserError(
            f"The backup is of PostgreSQL {manifest.postgresql}; the server here is {major}.",
            "name a newer server with PGHOST",
        )
    missing = sorted(set(manifest.modules) - set(our_addons()))
    if missing:
        raise UserError(f"The backup has add-ons that are not here: {', '.join(missing)}.")
    for module, version in manifest.modules.items():
        here = manifest_version(module)
        if _parts(version) > _parts(here):
            raise UserError(
                f"The backup has {module} {version}, newer than the {here} here.",
                "check out the version that wrote it, or a newer one",
            )
        if version != here:
            note(f"{module} here is newer ({here}): ./mlm odoo -d {name} -u {module} brings it up")


def manifest_version(module: str, addons: Path = ADDONS) -> str:
    """The version in an add-on's manifest."""
    text = (addons / module / "__manifest__.py").read_text(encoding="utf-8")
    match = re.search(r"""["']version["']\s*:\s*["']([\d.]+)["']""", text)
    return match[1] if match else "0"


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _put_in_place(ready: Runtime, building: str, files: Path, filestore: Path) -> None:
    """Give database and attachments their name, both or neither.

    Attachments that lie there without a database of ours may be of another server: they are
    kept under another name.
    """
    name = filestore.name
    aside = filestore.with_name(f"{name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
    if was_there := filestore.exists():
        filestore.rename(aside)
    try:
        files.rename(filestore)
        database.rename(ready.server, building, name)
    except BaseException:
        if filestore.exists():
            filestore.rename(files)
        if was_there:
            aside.rename(filestore)
        raise
    if was_there:
        note(f"files that lay at {filestore} are kept at {aside}")


@contextlib.contextmanager
def _filled(ready: Runtime, dump: Path, name: str) -> Iterator[str]:
    """Fill a database under a passing name, so that a half restored one is never seen.

    It is dropped at the end, unless it has got another name.
    """
    program, env = pg_binaries.client("pg_restore")
    building = f"{name}_restoring_{os.getpid()}"
    database.create(ready.server, building)
    try:
        options = ["--no-owner", "--no-acl", "--exit-on-error", "--jobs=2"]
        result = subprocess.run(
            [program, *options, f"--dbname={building}", str(dump)],
            capture_output=True,
            text=True,
            env=process.child_env({**env, **ready.server.env()}),
        )
        if result.returncode:
            raise UserError(f"pg_restore failed: {result.stderr.strip()[-2000:]}")
        with database.cursor(ready.server, building) as cr:
            cr.execute("ANALYZE")
        yield building
    finally:
        database.drop(ready.server, building)
