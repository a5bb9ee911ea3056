"""`./mlm backup`: a database and its files in one archive."""

import argparse
import datetime
import subprocess
import tempfile
from pathlib import Path

from .. import archive, chosen, database, files, pg_binaries, process
from ..config import Runtime
from ..errors import UserError
from ..language import _, how_many, megabytes
from ..paths import STATE, our_addons
from ..progress import note, step

HELP = _("write a database and its files into one archive")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar=_("FILE"),
        help=_("the archive to write; it must not exist yet"),
    )
    chosen.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    target = arguments.file.resolve()
    if target.exists():
        raise files.taken(target)
    if not target.parent.is_dir():
        raise UserError(_("There is no folder {path}.", path=target.parent))
    ready = chosen.ready(arguments)
    filestore = ready.data_dir / "filestore" / arguments.database
    with tempfile.TemporaryDirectory(dir=STATE) as folder:
        dump = Path(folder) / archive.DUMP
        # first the database: the files it refers to are there, and are only ever added to
        with step(_("Reading the database {name}", name=arguments.database)):
            _dump(ready, arguments.database, dump)
        stored = archive.stored_files(filestore)
        damaged = tuple(path.name for path in stored if archive.sha1(path) != path.name)
        for name in damaged:
            note(
                _("The attachment {name} is already damaged here; it is kept as it is.", name=name)
            )
        manifest = archive.Manifest(
            format=archive.FORMAT,
            database=arguments.database,
            created=datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            odoo=ready.tree.version,
            postgresql=server_major(ready, arguments.database),
            modules=own_modules(ready, arguments.database),
            files=len(stored),
            dump_sha256=archive.sha256(dump),
            damaged=damaged,
        )
        title = how_many(len(stored), "Writing {count} file", "Writing {count} files")
        with step(title) as shown:
            archive.write(
                target, manifest, dump, filestore, lambda done: shown.update(done, len(stored))
            )
    note(f"{target}: {megabytes(target)}")
    return 0


def server_major(ready: Runtime, name: str) -> int:
    with database.cursor(ready.server, name) as cr:
        cr.execute("SHOW server_version_num")
        return int(cr.fetchone()[0]) // 10000


def own_modules(ready: Runtime, name: str) -> dict[str, str]:
    """Versions of our installed add-ons."""
    with database.cursor(ready.server, name) as cr:
        cr.execute(
            "SELECT name, latest_version FROM ir_module_module"
            " WHERE state = 'installed' AND name = ANY(%s) ORDER BY name",
            [our_addons()],
        )
        return dict(cr.fetchall())


def _dump(ready: Runtime, name: str, target: Path) -> None:
    program, env = pg_binaries.client("pg_dump")
    command = [program, "--format=custom", "--no-owner", "--no-acl", f"--file={target}", name]
    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=process.child_env({**env, **ready.server.env()}),
    )
    if result.returncode:
        raise process.failed("pg_dump", result.stderr)
