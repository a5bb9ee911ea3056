"""`./mlm setup`: obtain everything, start nothing but the database server."""

import argparse

from .. import odoo_source, runtime
from ..language import _
from ..odoo_source import OdooTree
from ..progress import note

HELP = _("find or fetch Odoo, Python packages and PostgreSQL, and say where they are")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-database",
        action="store_true",
        help=_("prepare Odoo and the Python packages only"),
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.no_database:
        _tell(odoo_source.ensure())
        return 0
    ready = runtime.ensure()
    _tell(ready.tree)
    server = f"{ready.server.host}:{ready.server.port}"
    note(_("PostgreSQL at {server} as {user}", server=server, user=ready.server.user))
    note(_("configuration: {path}", path=ready.config))
    return 0


def _tell(tree: OdooTree) -> None:
    note(
        _(
            "Odoo {version} from {origin}: {path}",
            version=tree.version,
            origin=tree.origin,
            path=tree.package,
        )
    )
