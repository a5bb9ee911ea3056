"""`./mlm psql ...`: PostgreSQL's own client on one of our databases."""

import argparse

from .. import odoo_process, pg_binaries, runtime
from ..language import _
from ..names import DEMO_DATABASE

HELP = _(
    "open psql (on {name} unless -d names another); all options are psql's own",
    name=DEMO_DATABASE,
)
PASS_THROUGH = True


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything is handed on; `--test-server` in front uses the server for throw-away data."""


def run(arguments: argparse.Namespace) -> int:
    name, rest = runtime.split_server(arguments.rest)
    ready = runtime.ensure(name)
    program, env = pg_binaries.client("psql")
    return odoo_process.call(
        [program, *rest], {"PGDATABASE": DEMO_DATABASE, **env, **ready.server.env()}
    )
