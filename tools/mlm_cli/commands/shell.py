"""`./mlm shell`: a Python prompt, or a script, inside Odoo."""

import argparse
import subprocess
from pathlib import Path

from .. import chosen, files, odoo_process, process
from ..language import _

HELP = _("open a Python shell on a database, or run a script there (`env` is defined)")


def configure(parser: argparse.ArgumentParser) -> None:
    chosen.configure(parser)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar=_("FILE"),
        help=_("Python to run; it is rolled back unless it says {code}", code="env.cr.commit()"),
    )


def run(arguments: argparse.Namespace) -> int:
    ready = chosen.ready(arguments)
    command = odoo_process.command(ready, "-d", arguments.database, "--no-http", subcommand="shell")
    if arguments.file is None:
        return odoo_process.call(command)
    files.require(arguments.file)
    with arguments.file.open(encoding="utf-8") as script:
        return subprocess.run(command, stdin=script, env=process.child_env()).returncode
