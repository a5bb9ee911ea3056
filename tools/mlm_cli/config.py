"""Odoo's configuration file, written anew whenever the runtime is prepared."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from .odoo_source import OdooTree
from .paths import ADDONS, STATE, our_addons, private_folder, write_private
from .postgres import Server


@dataclass(frozen=True)
class Runtime:
    """All that is needed to run Odoo: source, server, and the configuration that joins them."""

    tree: OdooTree
    server: Server
    config: Path
    data_dir: Path


def write(tree: OdooTree, server: Server, name: str = "main") -> Runtime:
    """Write the configuration `name` and return the runtime that uses it."""
    base = STATE if name == "main" else private_folder(STATE / name)
    data_dir = private_folder(Path(os.environ.get("MLM_DATA") or base / "data"))
    path = base / "odoo.conf"
    options = {
        "addons_path": ",".join(map(str, addons_path(tree))),
        "data_dir": data_dir,
        "db_host": server.host,
        "db_port": server.port,
        "db_user": server.user,
        "db_password": server.password or False,
        # databases of this checkout only are reached through the browser, and none is listed
        "list_db": False,
        "admin_passwd": _admin_password(),
        # a container listens to its own network, and its port is published to the loopback only
        "http_interface": os.environ.get("MLM_HTTP_INTERFACE") or "127.0.0.1",
        # behind a reverse proxy the visitor's address is what the proxy says; without one
        # anybody could say so
        "proxy_mode": os.environ.get("MLM_PROXY", "").lower() in ("1", "true", "yes"),
        "workers": 0,
        "max_cron_threads": 0 if name == "test" else 1,
        "db_maxconn": 32,
    }
    lines = [f"{key} = {value}" for key, value in options.items()]
    write_private(path, "\n".join(["[options]", *lines, ""]))
    return Runtime(tree, server, path, data_dir)


def addons_path(tree: OdooTree) -> list[Path]:
    """Folders of add-ons beside those in the Odoo package. Odoo refuses an empty one."""
    return [*tree.extra_addons, *([ADDONS] if our_addons() else [])]


def _admin_password() -> str:
    """The database manager's password: random, the same for the life of the checkout."""
    path = STATE / "admin_password"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8")
