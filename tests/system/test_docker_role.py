"""The role that the database container makes for Odoo, on a real server."""

import json
import secrets
import subprocess
from pathlib import Path

import psycopg2
import pytest
from mlm_cli import pg_binaries
from mlm_cli.paths import ROOT
from mlm_cli.postgres import Cluster

SCRIPT = ROOT / "docker" / "postgres-role.sh"


@pytest.mark.parametrize("password", ["plain", 'it\'s "odd"; DROP ROLE postgres --', r"\q $HOME"])
def test_role_without_special_rights(odoo_runtime, password):
    if not odoo_runtime.server.private:
        pytest.skip("the server is not ours: its superuser is unknown")
    server = odoo_runtime.server
    values = json.loads(Cluster("test").description.read_text(encoding="utf-8"))
    program, env = pg_binaries.client("psql")
    admin = {
        "PGHOST": server.host,
        "PGPORT": str(server.port),
        "PGPASSWORD": values["admin_password"],
    }
    role = f"mlm {secrets.token_hex(4)}"

    def connect(user, secret):
        return psycopg2.connect(
            host=server.host, port=server.port, user=user, password=secret, dbname="postgres"
        )

    subprocess.run(
        [SCRIPT],
        env={
            **env,
            **admin,
            "PATH": f"{Path(program).parent}:/usr/bin:/bin",
            "POSTGRES_USER": "postgres",
            "MLM_DB_USER": role,
            "MLM_DB_PASSWORD": password,
        },
        check=True,
    )
    try:
        with connect(role, password) as connection, connection.cursor() as cr:
            cr.execute(
                "SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls, rolcreatedb"
                " FROM pg_roles WHERE rolname = current_user"
            )
            assert cr.fetchone() == (False, False, False, False, True)
        connection.close()
    finally:
        with connect("postgres", values["admin_password"]) as connection, connection.cursor() as cr:
            cr.execute(f'DROP ROLE "{role}"')
        connection.close()
