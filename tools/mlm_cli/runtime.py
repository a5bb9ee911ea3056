"""Bringing everything up: Odoo, the Python environment, the database server, the configuration."""

from . import config, odoo_source, postgres, python_env
from .config import Runtime
from .paths import STATE, private_folder


def enter_environment(arguments: list[str]) -> None:
    """Make the virtual environment if need be, and continue inside it.

    Returns only inside the environment; before, it replaces the process by one that runs
    `./mlm` with the same `arguments` there.
    """
    private_folder(STATE)
    if not python_env.is_current() or not (odoo_source.LINKS / "odoo").exists():
        odoo_source.ensure()
        python_env.ensure()
    python_env.reenter(arguments)


def ensure(name: str = "main") -> Runtime:
    """The runtime on the `main` or the `test` server, started if it was not running."""
    tree = odoo_source.ensure()
    return config.write(tree, postgres.ensure(name), name)


def split_server(arguments: list[str]) -> tuple[str, list[str]]:
    """Take a leading `--test-server` off: the server's name, and the other arguments."""
    if arguments[:1] == ["--test-server"]:
        return "test", arguments[1:]
    return "main", list(arguments)
