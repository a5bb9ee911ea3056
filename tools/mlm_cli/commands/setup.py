"""`./mlm setup`: obtain everything, start nothing but the database server."""

import argparse

from .. import runtime
from ..progress import note

HELP = "find or fetch Odoo, Python packages and PostgreSQL, and say where they are"


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    ready = runtime.ensure()
    note(f"Odoo {ready.tree.version} from {ready.tree.origin}: {ready.tree.package}")
    note(f"PostgreSQL at {ready.server.host}:{ready.server.port} as {ready.server.user}")
    note(f"configuration: {ready.config}")
    return 0
