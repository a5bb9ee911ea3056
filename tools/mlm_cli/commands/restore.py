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

from .. import archive, chosen, database, pg_binaries, process
from ..config import Runtime
from ..errors import UserError
from ..language import _, how_many
from ..paths import ADDONS, STATE, our_addons
from ..progress import note, step
from .backup import server_major

HELP = _("bring a backup back as a new database")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar=_("FILE"),
        help=_("an archive that {command} wrote", command="./mlm backup"),
    )
    parser.add_argument(
        "-d",
        "--database",
        metavar=_("DATABASE"),
        help=_("name of the new database (default: the one it was made of)"),
    )
    chosen.configure_server(parser)


def run(arguments: argparse.Namespace) -> int:
    path = arguments.file.resolve()
    with archive.open_archive(path) as tar:
        manifest = archive.read_manifest(tar, path)
        name = arguments.database or manifest.database
        ready = chosen.server(arguments)
        _require_fit(ready, manifest, name)
        stores = ready.data_dir / "filestore"
        stores.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=STATE) as folder,
            # beside its place, so that it gets there by a change of its name alone
            tempfile.TemporaryDirectory(dir=stores, prefix=f"{name}.restoring-") as beside,
        ):
            dump, files = Path(folder) / archive.DUMP, Path(beside) / archive.FILES
            title = how_many(manifest.files, "Unpacking {count} file", "Unpacking {count} files")
            with step(title):
                files.mkdir()
                archive.extract(tar, manifest, dump, files, path)
            with step(_("Restoring as {name}", name=name)), _filled(ready, dump, name) as building:
                _put_in_place(ready, building, files, stores / name)
    note(_("{name} is as it was on {moment}.", name=name, moment=manifest.created))
    note(_("look at it: {command}", command=f"./mlm serve -d {name}"))
    return 0


def _require_fit(ready: Runtime, manifest: archive.Manifest, name: str) -> None:
    """Check that this checkout can run what the archive holds.

    :raises UserError: the name is taken, or versions do not fit
    """
    if database.exists(ready.server, name):
        raise UserError(
            _("There is already a database {name}; nothing is overwritten.", name=name),
            _("restore it under another name: {option}", option=f"--database {name}_restored"),
        )
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise UserError(
            _("{name} is no name for a database.", name=repr(name)),
            _("use letters, digits, _ . and -"),
        )
    if manifest.odoo != ready.tree.version:
        raise UserError(_misfit("Odoo", manifest.odoo, ready.tree.version))
    major = server_major(ready, "postgres")
    if manifest.postgresql > major:
        raise UserError(
            _misfit("PostgreSQL", manifest.postgresql, major),
            _("name a newer server with PGHOST"),
        )
    missing = sorted(set(manifest.modules) - set(our_addons()))
    if missing:
        raise UserError(
            _("The backup has add-ons that are not here: {names}.", names=", ".join(missing))
        )
    for module, version in manifest.modules.items():
        here = manifest_version(module)
        if _parts(version) > _parts(here):
            raise UserError(
                _misfit(module, version, here),
                _("take the release that wrote it, or a newer one"),
            )
        if version != here:
            update = f"./mlm odoo -d {name} -u {module}"
            note(
                _(
                    "{name} is newer here ({version}); update the database: {command}",
                    name=module,
                    version=here,
                    command=update,
                )
            )


def _misfit(what: str, backed_up: object, here: object) -> str:
    return _(
        "The backup has {name} {version}; here is {other}.",
        name=what,
        version=backed_up,
        other=here,
    )


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
        note(_("The files that were at {path} are kept at {other}.", path=filestore, other=aside))


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
            raise process.failed("pg_restore", result.stderr)
        with database.cursor(ready.server, building) as cr:
            cr.execute("ANALYZE")
        yield building
    finally:
        database.drop(ready.server, building)
