"""`./mlm odoo ...`: Odoo itself with this checkout's configuration."""

import argparse
import sys

from .. import odoo_process, runtime
from ..language import _

HELP = _(
    "run Odoo's own command line, e.g. {command}",
    command="./mlm odoo -d x -i mlm_base --stop-after-init",
)
PASS_THROUGH = True


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything is handed on; `--test-server` in front uses the server for throw-away data."""


def run(arguments: argparse.Namespace) -> int:
    name, rest = runtime.split_server(arguments.rest)
    ready = runtime.ensure(name)
    # `./mlm odoo shell -d x`: a first word that is no option names Odoo's sub-command
    subcommand = rest.pop(0) if rest and not rest[0].startswith("-") else "server"
    sys.stdout.flush()
    return odoo_process.call(odoo_process.command(ready, *rest, subcommand=subcommand))
