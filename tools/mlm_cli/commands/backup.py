"""`./mlm backup`: a database and its files in one archive."""

import argparse
import datetime
import subprocess
import tempfile
from pathlib import Path

from .. import archive, database, pg_binaries, process, runtime
from ..config import Runtime
from ..errors import UserError
from ..names import DEMO_DATABASE
from ..paths import STATE, our_addons
from ..progress import note, step

HELP = "write a database and its files into one archive"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the archive to write; it must not exist yet")
    parser.add_argument("-d", "--database", default=DEMO_DATABASE)
    parser.add_argument("--test-server", action="store_true", help="the server of the tests")


def run(arguments: argparse.Namespace) -> int:
    target = arguments.file.resolve()
    if target.exists():
        raise UserError(f"{target} is there already.", "choose another name or remove it")
    if not target.parent.is_dir():
        raise UserError(f"There is no folder {target.parent}.")
    ready = runtime.ensure("test" if arguments.test_server else "main")
    require_odoo(ready, arguments.database)
    filestore = ready.data_dir / "filestore" / arguments.database
    with tempfile.TemporaryDirectory(dir=STATE) as folder:
        dump = Path(folder) / archive.DUMP
        # first the database: the files it refers to are there, and are only ever added to
        with step(f"Dumping {arguments.database}"):
            _dump(ready, arguments.database, dump)
        files = archive.stored_files(filestore)
        damaged = tuple(path.name for path in files if archive.sha1(path) != path.name)
        for name in damaged:
            note(f"the attachment {name} is damaged here already; it is backed up as it is")
        manifest = archive.Manifest(
            format=archive.FORMAT,
            database=arguments.database,
            created=datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            odoo=ready.tree.version,
            postgresql=server_major(ready, arguments.database),
            modules=own_modules(ready, arguments.database),
            files=len(files),
            dump_sha256=archive.sha256(dump),
            damaged=damaged,
        )
        with step(f"Writing {len(files)} files") as shown:
            archive.write(
                target, manifest, dump, filestore, lambda done: shown.update(done, len(files))
            )
    note(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


def require_odoo(ready: Runtime, name: str) -> None:
    """Check that a database of ours exists.

    :raises UserError: it does not, or is none of Odoo's
    """
    if not database.exists(ready.server, name):
        known = ", ".join(database.names(ready.server)) or "none"
        raise UserError(f"There is no database {name}.", f"databases here: {known}")
    if not database.has_odoo(ready.server, name):
        raise UserError(f"The database {name} holds no Odoo.")


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
        raise UserError(f"pg_dump failed: {result.stderr.strip()}")
