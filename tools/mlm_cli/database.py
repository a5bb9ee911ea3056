"""Databases on a server: does it exist, create, copy, drop. Needs the virtual environment."""

import contextlib
from collections.abc import Iterator
from typing import Any

from .errors import UserError
from .language import _
from .postgres import Server


@contextlib.contextmanager
def cursor(server: Server, database: str = "postgres") -> Iterator[Any]:
    """An autocommit cursor.

    :raises UserError: the server refuses the connection
    """
    import psycopg2  # only inside the virtual environment

    try:
        connection = psycopg2.connect(
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password or None,
            dbname=database,
        )
    except psycopg2.OperationalError as error:
        raise UserError(
            _(
                "No connection to the database {name}: {reason}",
                name=database,
                reason=str(error).strip(),
            ),
            *([] if server.private else [_("check PGHOST, PGPORT, PGUSER and PGPASSWORD")]),
        ) from None
    connection.autocommit = True
    try:
        with connection.cursor() as opened:
            yield opened
    finally:
        connection.close()


def names(server: Server) -> list[str]:
    """Databases of the server that hold data of ours."""
    with cursor(server) as cr:
        cr.execute(
            "SELECT datname FROM pg_database"
            " WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY datname"
        )
        return [name for (name,) in cr.fetchall()]


def exists(server: Server, database: str) -> bool:
    return database in names(server)


def has_odoo(server: Server, database: str) -> bool:
    """Whether Odoo's tables stand in an existing database."""
    with cursor(server, database) as cr:
        cr.execute("SELECT to_regclass('ir_module_module') IS NOT NULL")
        return cr.fetchone()[0]


def create(server: Server, database: str, template: str = "template0") -> None:
    """Create a database as Odoo does (UTF-8, C collation), or as a copy of another."""
    with cursor(server) as cr:
        collation = " ENCODING 'UTF8' LC_COLLATE 'C'" if template == "template0" else ""
        cr.execute(f'CREATE DATABASE "{database}"{collation} TEMPLATE "{template}"')


def drop(server: Server, database: str) -> None:
    """Drop a database with its open connections; no error when there is none."""
    with cursor(server) as cr:
        cr.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def rename(server: Server, old: str, new: str) -> None:
    with cursor(server) as cr:
        cr.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')
