"""`./mlm shell`: a Python prompt, or a script, inside Odoo."""

import argparse
import subprocess
from pathlib import Path

from .. import odoo_process, process, runtime
from ..errors import UserError
from ..names import DEMO_DATABASE
from .backup import require_odoo

HELP = "open a Python shell on a database, or run a script there (`env` is defined)"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-d", "--database", default=DEMO_DATABASE)
    parser.add_argument("--test-server", action="store_true", help="the server of the tests")
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="Python to run; it is rolled back unless it says env.cr.commit()",
    )


def run(arguments: argparse.Namespace) -> int:
    ready = runtime.ensure("test" if arguments.test_server else "main")
    require_odoo(ready, arguments.database)
    command = odoo_process.command(ready, "-d", arguments.database, "--no-http", subcommand="shell")
    if arguments.file is None:
        return odoo_process.call(command)
    if not arguments.file.is_file():
        raise UserError(f"There is no file {arguments.file}.")
    with arguments.file.open(encoding="utf-8") as script:
        return subprocess.run(command, stdin=script, env=process.child_env()).returncode
