"""`./mlm serve`: the web client on a loopback port."""

import argparse
import json

from .. import chosen, demo_report, odoo_process
from ..config import Runtime
from ..errors import UserError
from ..language import _
from ..names import DEMO_DATABASE
from ..postgres import free_port, port_is_free
from ..progress import note

HELP = _("serve a database to the browser, on this machine only")
DEFAULT_PORT = 8069


def configure(parser: argparse.ArgumentParser) -> None:
    chosen.configure(parser)
    configure_web(parser)


def configure_web(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=int,
        metavar=_("PORT"),
        help=_("of the web client (default {port}, or a free one)", port=DEFAULT_PORT),
    )
    parser.add_argument(
        "--proxy",
        action="store_true",
        help=_("a reverse proxy stands in front: believe the addresses of visitors it tells"),
    )


def run(arguments: argparse.Namespace) -> int:
    ready = chosen.ready(arguments)
    return serve(ready, arguments.database, choose_port(arguments.port), arguments.proxy)


def choose_port(wanted: int | None) -> int:
    """The port asked for, else the usual one, else any free one.

    :raises UserError: the port asked for is taken
    """
    if wanted:
        if not port_is_free(wanted):
            raise UserError(
                _("Port {port} is in use.", port=wanted), _("choose another with --port")
            )
        return wanted
    return DEFAULT_PORT if port_is_free(DEFAULT_PORT) else free_port()


def serve(ready: Runtime, name: str, port: int, proxy: bool = False) -> int:
    """Serve until interrupted.

    :param proxy: a reverse proxy stands in front
    """
    if name == DEMO_DATABASE and demo_report.SUMMARY.exists():
        summary = json.loads(demo_report.SUMMARY.read_text(encoding="utf-8"))
        print("\n" + "\n".join(demo_report.logins(summary)), flush=True)
    address = f"http://127.0.0.1:{port}"
    note(_("{name} is served at {address} (Ctrl-C ends it)", name=name, address=address))
    return odoo_process.call(
        odoo_process.command(
            ready,
            "-d",
            name,
            f"--db-filter=^{name}$",
            "-p",
            str(port),
            "--log-level=warn",
            *(["--proxy-mode"] if proxy else []),
        )
    )
