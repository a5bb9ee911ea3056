"""`./mlm setup`: obtain everything, start nothing but the database server."""

import argparse

from .. import odoo_source, runtime
from ..progress import note

HELP = "find or fetch Odoo, Python packages and PostgreSQL, and say where they are"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-database", action="store_true", help="prepare Odoo and the Python packages only"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.no_database:
        tree = odoo_source.ensure()
        note(f"Odoo {tree.version} from {tree.origin}: {tree.package}")
        return 0
    ready = runtime.ensure()
    note(f"Odoo {ready.tree.version} from {ready.tree.origin}: {ready.tree.package}")
    note(f"PostgreSQL at {ready.server.host}:{ready.server.port} as {ready.server.user}")
    note(f"configuration: {ready.config}")
    return 0
